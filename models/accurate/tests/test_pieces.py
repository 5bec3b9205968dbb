import os

import pytest

if os.environ.get("CI") != "true":  # there nothing is skipped
    pytest.importorskip("bifocal_accurate", reason="not installed: pip install -e models/accurate")

from bifocal_accurate.pieces import as_read, within


def test_it_reads_the_beginning_and_the_end() -> None:
    """A long text keeps its first 30 and last 18 pieces, and emoji are emoticons."""
    assert within(list(range(100))) == [*range(30), *range(82, 100)]
    assert within([1, 2]) == [1, 2]
    assert as_read("emojigood again emojibad") == ":) again :("
