"""What an owner does: handle needs, hold them in common, send them to the network."""
