"""What a network does with the needs that owners have sent."""
