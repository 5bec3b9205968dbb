"""A database as it is after many years of a large workspace, written row by row; and one with half a year.

What stands in the channel of the digest is the same in both, as far as it is of the last half year.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import Engine, Table, create_engine

from jobs.instruments import INSTRUMENTS
from storage.records import ClassCounts, Lens, Question, Round, RoundKind, Sentiment, Touchpoint
from storage.schema.batch_tables import BATCH, BATCH_WAVE, BLOCK
from storage.schema.question_tables import COMMENT, LABEL, PRODUCT, PULSE, RATING, WAVE
from storage.schema.round_rows import row_of_round
from storage.schema.round_tables import OVERLAP, PARTICIPATION, QUESTION, ROUND

TEAM, PRODUCT_ID, OWN = "T0SANDBOX", "atlas", "C0ATLAS"
NOW = datetime(2026, 11, 30, 8, tzinfo=UTC)  # a Monday, 09:00 in Berlin
NEWEST = NOW - timedelta(days=3)
EVERY = timedelta(days=28)
PEOPLE, WRITERS, WAVES_OF_ROUND = 30, 10, 5
SHARED_FOR = 14  # earlier rounds of a question, 400 days of them
OPEN_WAVES, RATINGS_OF_WAVE = 1000, 50
AT_ONCE = 5000  # rows
CLASSES = ((14, 9, 7), (13, 8, 9), (15, 9, 6))
MEANS = ({50.0: 6, 75.0: 14, 100.0: 10}, {50.0: 8, 75.0: 12, 100.0: 10})


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much a database holds: rounds of each side in the channel, and other channels with their rounds."""

    rounds_of_side: int
    other_channels: int = 0
    rounds_of_channel: int = 0


LONG = Size(rounds_of_side=400, other_channels=480, rounds_of_channel=40)
HALF_YEAR = Size(rounds_of_side=7)
"""20,000 rounds of 100,000 waves with 200,000 comments and 50,000 open ratings; and the last half year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question of the made-up workspace, and how many rounds it has had."""

    channel: str
    instrument: str
    rounds: int

    @property
    def id(self) -> str:
        """The id of question and pulse alike."""
        return f"{self.channel}-{self.instrument}"

    @property
    def lens(self) -> Lens:
        """The side that it is asked for."""
        return INSTRUMENTS[self.instrument].lens


def write_history(url: str, size: Size) -> dict[str, int]:
    """Fills a database that has its tables; how many rows each got."""
    engine = create_engine(url)
    asked = [Asked(channel=OWN, instrument=key, rounds=size.rounds_of_side) for key in ("nps", "umux_lite")]
    asked += [
        Asked(channel=f"C{number:06d}", instrument="nps", rounds=size.rounds_of_channel)
        for number in range(size.other_channels)
    ]
    written = {PRODUCT.name: _write(engine, PRODUCT, [_product()])}
    written |= {
        PULSE.name: _write(engine, PULSE, (_pulse(number, one) for number, one in enumerate(asked, 1)))
    }
    written |= {QUESTION.name: _write(engine, QUESTION, map(question_row, asked))}
    tables = (ROUND, OVERLAP, PARTICIPATION, WAVE, BLOCK, BATCH, BATCH_WAVE, COMMENT, LABEL)
    for into in tables:
        rows = (row for one in asked for place in range(one.rounds) for row in _rows(into, one, place))
        written[into.name] = _write(engine, into, rows)
    others = [one for one in asked if one.channel != OWN]
    open_waves = [
        _open_wave(others[number % len(others)], number) for number in range(OPEN_WAVES if others else 0)
    ]
    written[WAVE.name] += _write(engine, WAVE, open_waves)
    written[RATING.name] = _write(engine, RATING, (row for wave in open_waves for row in _ratings(wave)))
    engine.dispose()
    return written


def _write(engine: Engine, into: Table, rows: Iterable[dict[str, Any]]) -> int:
    count = 0
    with engine.begin() as connection:
        for some in _batched(rows):
            connection.execute(into.insert(), some)
            count += len(some)
    return count


def _batched(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Rows in lists of some thousand."""
    held: list[dict[str, Any]] = []
    for row in rows:
        held.append(row)
        if len(held) == AT_ONCE:
            yield held
            held = []
    if held:
        yield held


def _counted_at(place: int) -> datetime:
    """When the round was counted that so many came after."""
    return NEWEST - place * EVERY


def _rows(into: Table, asked: Asked, place: int) -> Iterator[dict[str, Any]]:
    """What one round of a question leaves in a table; places are counted from the newest round back."""
    round_id = f"{asked.id}-{place:03d}"
    at = _counted_at(place)
    key = {"team_id": TEAM}
    waves = [f"{round_id}-{number}" for number in range(WAVES_OF_ROUND)]
    block_id = f"{asked.id}-b{place // 2:03d}"  # two rounds of comments make a block
    match into.name:
        case "round":
            yield row_of_round(a_round(asked, place, round_id), asked.id)
        case "round_overlap":
            earlier = range(place + 1, min(place + 1 + SHARED_FOR, asked.rounds))
            yield from (
                key | {"round_id": round_id, "earlier_id": f"{asked.id}-{one:03d}", "shared": 25}
                for one in earlier
            )
        case "participation" if place < SHARED_FOR:
            yield from (
                key
                | {"round_id": round_id, "respondent": f"{asked.channel}/{person}", "counted_on": at.date()}
                for person in range(PEOPLE)
            )
        case "wave":
            yield from (_wave(asked, wave, at, round_id=round_id) for wave in waves)
        case "block" if place % 2 == 0 and place + 1 < asked.rounds:
            yield _block(asked, block_id)
        case "batch":
            cut = place - place % 2 + 1 < asked.rounds
            yield key | {
                "id": round_id,
                "question_id": asked.id,
                "listed_at": at,
                "need": 5,
                "block_id": block_id if cut else None,
            }
        case "batch_wave":
            yield from (key | {"wave_id": wave, "batch_id": round_id} for wave in waves)
        case "comment":
            yield from (_comment(waves[number % WAVES_OF_ROUND], number, at) for number in range(WRITERS))
        case "label":
            yield from (_label(waves[number % WAVES_OF_ROUND], number) for number in range(WRITERS))


def _product() -> dict[str, Any]:
    return {"team_id": TEAM, "id": PRODUCT_ID, "name": "Atlas", "folded": "atlas"}


def _pulse(number: int, asked: Asked) -> dict[str, Any]:
    return {
        "team_id": TEAM,
        "id": asked.id,
        "number": number,
        "product_id": PRODUCT_ID,
        "instrument": asked.instrument,
        "lens": asked.lens,
        "subject": "Atlas",
        "channel_id": asked.channel,
        "named": False,
        "min_group": 5,
        "open_for": timedelta(days=3),
        "cadence": None,
        "zone": "Europe/Berlin",
        "next_at": None,
        "leads": ["U0LEAD"],
        "asked_by": "Priya Nair",
        "created_at": NOW - 500 * EVERY,
    }


def _question(asked: Asked) -> Question:
    return Question(
        team_id=TEAM,
        channel_id=asked.channel,
        product_id=PRODUCT_ID,
        subject_key="",
        lens=asked.lens,
        instrument=asked.instrument,
        wording="1",
        named=False,
    )


def question_row(asked: Asked) -> dict[str, Any]:
    """The row of a question."""
    question = _question(asked)
    return {name: getattr(question, name) for name in Question.__slots__} | {"id": asked.id}


def a_round(asked: Asked, place: int, round_id: str) -> Round:
    """A round of thirty people, the newest one at place 0."""
    at = _counted_at(place)
    favourable, middle, unfavourable = CLASSES[place % len(CLASSES)]
    is_nps = asked.instrument == "nps"
    counts = ClassCounts(favourable=favourable, middle=middle, unfavourable=unfavourable)
    return Round(
        id=round_id,
        question=_question(asked),
        kind=RoundKind.NUMBER,
        counted_at=at,
        n=PEOPLE,
        invited=PEOPLE + 10,
        first_day=(at - timedelta(days=3)).date(),
        last_day=at.date(),
        askings=WAVES_OF_ROUND,
        histogram={100: favourable, 0: middle, -100: unfavourable} if is_nps else MEANS[place % len(MEANS)],
        classes=counts if is_nps else None,
        items=() if is_nps else ({5: 15, 6: 15}, {5: 12, 6: 18}),
    )


def _wave(asked: Asked, wave_id: str, at: datetime, *, round_id: str | None) -> dict[str, Any]:
    return {
        "team_id": TEAM,
        "id": wave_id,
        "pulse_id": asked.id,
        "question_id": asked.id,
        "channel_id": asked.channel,
        "product_id": PRODUCT_ID,
        "question": "How likely?",
        "ui_version": 1,
        "opened_at": at - timedelta(days=3),
        "closes_at": at,
        "closed_at": at if round_id else None,
        "settled_at": at if round_id else None,
        "counted_at": at if round_id else None,
        "taken_down": False,
        "invited": PEOPLE + 10,
        "people": PEOPLE if round_id else None,
        "promise": 5,
        "round_id": round_id,
    }


def _open_wave(asked: Asked, number: int) -> dict[str, Any]:
    return _wave(asked, f"open-{number:05d}", NOW + timedelta(days=2), round_id=None)


def _ratings(wave: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for person in range(RATINGS_OF_WAVE):
        respondent = f"{wave['channel_id']}/{person}"
        yield {
            "team_id": TEAM,
            "wave_id": wave["id"],
            "respondent": respondent,
            "item": 1,
            "point": person % 11,
            "clicked_at": wave["opened_at"],
            "external": False,
        }


def _block(asked: Asked, block_id: str) -> dict[str, Any]:
    return {
        "team_id": TEAM,
        "id": block_id,
        "question_id": asked.id,
        "comments": 2 * WRITERS,
        "need": 5,
        "tones": {Sentiment.NEGATIVE: 12, Sentiment.POSITIVE: 8},
        "topics": {Touchpoint.BILLING: 9, Touchpoint.SUPPORT: 11},
        "across_comments": 2 * WRITERS,
        "across_about_other": None,
    }


def _comment(wave_id: str, number: int, at: datetime) -> dict[str, Any]:
    return {
        "team_id": TEAM,
        "id": f"{wave_id}-{number}",
        "wave_id": wave_id,
        "respondent": f"{wave_id}/{number}",
        "text": "I never know which of the two invoices is the one to pay.",
        "may_quote": number % 4 == 0,
        "written_at": at - timedelta(days=2),
        "label_version": "2",
    }


def _label(wave_id: str, number: int) -> dict[str, Any]:
    luck = Random(number)  # noqa: S311
    return {
        "team_id": TEAM,
        "comment_id": f"{wave_id}-{number}",
        "version": "2",
        "sentiment": Sentiment.NEGATIVE if number % 2 else Sentiment.POSITIVE,
        "polarity": luck.uniform(-1, 1),
        "probabilities": {Sentiment.NEGATIVE: 0.5, Sentiment.NEUTRAL: 0.25, Sentiment.POSITIVE: 0.25},
        "touchpoints": [Touchpoint.BILLING],
        "reasons": ["invoice"],
    }
