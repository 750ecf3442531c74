"""A set of words, written as a line of text."""


def words(line: str) -> frozenset[str]:
    """The words of the line."""
    return frozenset(line.split())
