"""What somebody did, told at once to those it concerns: facts read at the moment of sending."""
