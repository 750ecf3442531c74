"""Digests: how everything stands, to each of those who carry a part of it. One module per recipient."""
