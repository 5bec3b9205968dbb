"""A round keeps what may be shown, and nothing else."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from storage.records import Lens
from storage.records.round_records import ClassCounts, Lean, Question, Round, RoundKind

QUESTION = Question(
    team_id="T1",
    channel_id="C1",
    product_id="atlas",
    subject_key="atlas",
    lens=Lens.CX,
    instrument="nps",
    wording="1",
    named=False,
)
NUMBER, WORD = RoundKind.NUMBER, RoundKind.WORD


def made(**others: Any) -> Round:
    """A round of ten."""
    given: dict[str, Any] = {
        "id": "r1",
        "question": QUESTION,
        "kind": NUMBER,
        "counted_at": datetime(2026, 11, 20, 9, 15, tzinfo=UTC),
        "n": 10,
        "invited": 31,
        "first_day": date(2026, 11, 18),
        "last_day": date(2026, 11, 20),
        "askings": 1,
    }
    return Round(**given | others)


def test_the_day_of_a_count_is_that_of_utc() -> None:
    """Four weeks are reckoned from the day in UTC, wherever the clock stood."""
    late = datetime(2026, 11, 20, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    assert made(clipped=100, counted_at=late).counted_on == date(2026, 11, 21)


@pytest.mark.parametrize(
    "fields",
    [
        {"clipped": 100, "histogram": {100: 10}},
        {"clipped": 100, "classes": ClassCounts(favourable=10, middle=0, unfavourable=0)},
        {"clipped": 100, "items": ({7: 10}, {7: 10})},
        {"clipped": 100, "straight_lined": 0},
        {"kind": WORD, "lean": Lean.GOOD, "histogram": {100: 10}},
        {"kind": WORD, "lean": Lean.GOOD, "clipped": 100},
        {"kind": WORD, "lean": Lean.GOOD, "shared": {"r0": 5}},
        {"kind": WORD},
        {"lean": Lean.GOOD},
        {},
        {"histogram": {100: 9}},
        {"clipped": 100, "counted_at": datetime(2026, 11, 20)},  # noqa: DTZ001 (that is the point)
    ],
)
def test_more_than_may_be_shown_is_refused(fields: dict[str, Any]) -> None:
    """No round has counts where only a word or a clip may be shown, or counts that are not its people's."""
    with pytest.raises(ValueError, match=r"\w"):
        made(**fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"histogram": {100: 6, 0: 4}},
        {"clipped": 100, "shared": {"r0": 10}},
        {"kind": WORD, "lean": Lean.NEITHER, "n": 5},
    ],
)
def test_the_three_kinds(fields: dict[str, Any]) -> None:
    """Counts, a clipped round, and a word."""
    assert made(**fields).n
