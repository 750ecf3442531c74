"""How things stand, to those who carry a round: facts read at the moment of sending."""
