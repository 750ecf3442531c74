"""The conversations of a network's leader, and of those who read there."""
