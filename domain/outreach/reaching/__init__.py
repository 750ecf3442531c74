"""Who cannot be written to, and what they get when they can."""
