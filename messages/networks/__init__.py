"""What a network's leader is shown, and what is said of the network's decisions."""
