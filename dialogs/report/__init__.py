"""The head's conversation about a need."""
