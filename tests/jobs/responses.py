"""Valid responses, of which a test overrides what it is about."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from jobs.instruments import INSTRUMENTS
from storage.records import (
    Comment,
    Correction,
    Label,
    Period,
    Product,
    Pulse,
    Response,
    Sentiment,
    Touchpoint,
    Wave,
)

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
SIX_WEEKS = Period(MONDAY - timedelta(weeks=6), MONDAY)
ATLAS = Product(team_id="T1", id="atlas", name="Atlas")


def wave_of(key: str, *, wave_id: str = "w1", min_group: int = 5, named: bool = False) -> Wave:
    """A counted wave of an instrument."""
    pulse = Pulse(
        team_id="T1",
        id=f"p-{key}",
        number=1,
        product=ATLAS,
        instrument=key,
        lens=INSTRUMENTS[key].lens,
        subject="Atlas",
        channel_id="C1",
        named=named,
        min_group=min_group,
        open_for=timedelta(days=7),
        cadence=None,
        zone="Europe/Berlin",
        next_at=None,
        paused=False,
        pause_reason=None,
        leads=("U1",),
        asked_by="Priya Nair",
        created_at=MONDAY - timedelta(days=20),
    )
    return Wave(
        team_id="T1",
        id=wave_id,
        pulse=pulse,
        question="?",
        ui_version=1,
        opened_at=MONDAY - timedelta(days=9),
        closes_at=MONDAY - timedelta(days=2),
        closed_at=MONDAY - timedelta(days=2),
        settled_at=MONDAY - timedelta(days=2),
        counted_at=MONDAY - timedelta(days=2),
        taken_down=False,
        invited=61,
        question_id="q1",
        answered=28,
    )


def response(
    wave: Wave,
    who: str,
    points: int | Sequence[int] | Mapping[int, int],
    *,
    comment: Comment | None = None,
    days_ago: float = 5,
) -> Response:
    """One person's response: a point, the points in order, or points by item."""
    if isinstance(points, int):
        points = [points]
    if not isinstance(points, Mapping):
        points = dict(enumerate(points, start=1))
    return Response(
        wave=wave,
        respondent=who,
        points=points,
        answered_at=MONDAY - timedelta(days=days_ago),
        comment=comment,
    )


def responses(
    key: str,
    points: Iterable[int | Sequence[int]],
    *,
    who: str = "r",
    comments: Sequence[Comment | None] = (),
    wave: Wave | None = None,
) -> list[Response]:
    """One response a person, r1, r2 and so on; the first people wrote the comments."""
    given = wave or wave_of(key)
    of = dict(enumerate(comments))
    return [
        response(given, f"{who}{place}", point, comment=of.get(place)) for place, point in enumerate(points)
    ]


def comment(
    comment_id: str,
    tone: Sentiment | None = Sentiment.NEGATIVE,
    topic: Touchpoint | None = Touchpoint.BILLING,
    *,
    text: str = "I never know which invoice is which.",
    may_quote: bool = False,
    confidence: float = 0.8,
    hidden: bool = False,
) -> Comment:
    """A comment with its label; without a tone it is not read yet."""
    label = None
    if tone:
        topics = (topic,) if topic else ()
        label = Label(
            version="1", sentiment=tone, polarity=0.0, probabilities={tone: confidence}, touchpoints=topics
        )
    return Comment(
        team_id="T1",
        id=comment_id,
        wave_id="w1",
        text=text,
        may_quote=may_quote,
        label=label,
        correction=Correction(hidden=True) if hidden else None,
    )


def nps(favourable: int, middle: int, unfavourable: int) -> list[int]:
    """Points of so many promoters, passives and detractors."""
    return [9] * favourable + [7] * middle + [3] * unfavourable
