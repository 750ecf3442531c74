"""The latest entries are remembered, and no more than so many."""

from __future__ import annotations

from bot.turns.memory import Memory


def test_the_oldest_goes_when_there_are_too_many() -> None:
    memory: Memory[str, int] = Memory(most=3)
    for number, key in enumerate("abcd"):
        memory.keep(key, number)
    assert "a" not in memory
    assert [memory.get(key) for key in "abcd"] == [None, 1, 2, 3]
    assert len(memory) == 3


def test_what_is_kept_again_is_the_newest() -> None:
    memory: Memory[str, int] = Memory(most=2)
    memory.keep("a", 1)
    memory.keep("b", 2)
    memory.keep("a", 3)
    memory.keep("c", 4)
    assert [memory.get(key) for key in "abc"] == [3, None, 4]
