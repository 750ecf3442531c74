"""The owner's conversations."""
