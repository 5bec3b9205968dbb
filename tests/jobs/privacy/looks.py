"""Valid looks, waves and marks, of which a test overrides what it is about."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from jobs.privacy.look import ClosedWave, Look
from storage.records import Lens
from storage.records.round_records import Mark, Question, RoundKind

FRIDAY = date(2026, 11, 20)
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


def people(count: int, start: int = 0) -> frozenset[str]:
    """So many people, always the same."""
    return frozenset(f"p{place:02}" for place in range(start, start + count))


def wave(
    respondents: Iterable[str] = (),
    *,
    number: int = 1,
    days_ago: float = 0,
    scheduled: bool = True,
    members: int | None = 31,
    promise: int = 5,
) -> ClosedWave:
    """A wave of a question with a schedule in a channel of 31, closed on that Friday or days before."""
    closes_at = datetime(2026, 11, 20, 9, tzinfo=UTC) - timedelta(days=days_ago)
    return ClosedWave(
        id=f"w{number}",
        number=number,
        opened_at=closes_at - timedelta(days=2),
        closes_at=closes_at,
        promise=promise,
        scheduled=scheduled,
        members=members,
        respondents=frozenset(respondents),
    )


def mark(respondent: str, day: date = FRIDAY, **others: object) -> Mark:
    """That somebody was counted in an NPS about Atlas."""
    made = Mark(
        round_id="r1",
        respondent=respondent,
        instrument="nps",
        product_key="atlas",
        subject_key="atlas",
        day=day,
        kind=RoundKind.NUMBER,
        named=False,
    )
    return replace(made, **others)  # type: ignore[arg-type]


def look(*waves: ClosedWave, **others: object) -> Look:
    """A look at waves on that Friday."""
    made = Look(
        question=QUESTION,
        waves=waves,
        today=FRIDAY,
        last_round_on=None,
        product_keys=frozenset({"atlas"}),
        marks=(),
    )
    return replace(made, **others)  # type: ignore[arg-type]
