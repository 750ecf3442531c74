"""What a head is shown."""
