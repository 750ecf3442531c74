"""What only a developer's own machine runs: a Teams-like client beside the bot."""
