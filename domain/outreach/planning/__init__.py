"""Who is told what and when, and why: pure planning, and what puts it into the outbox."""
