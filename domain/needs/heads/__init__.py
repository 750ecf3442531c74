"""What a head does: write a need, copy, rank, attach, ask the staff."""
