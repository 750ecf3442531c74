"""The domain's repositories over SQL: one module each, all over the session of one unit of work."""
