"""What an owner is shown."""
