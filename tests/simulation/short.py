"""A short history in which all happens that the product has: for a test that is over in seconds."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from storage.records import Sentiment, Touchpoint
from tests.simulation.history import (
    START,
    Answers,
    Ask,
    Comment,
    Copy,
    Correct,
    Edition,
    End,
    Event,
    Forget,
    Given,
    History,
    Points,
    Pulse,
    Restore,
    Reword,
    SetSmallestGroup,
    SetWeeks,
    TakeDown,
    Tick,
)

PEOPLE = [f"p{number:02}" for number in range(14)]
DAY = timedelta(days=1)
PULSES = (
    Pulse("P0", "C1", "atlas", "nps", "it", promise=5, scheduled=True),
    Pulse("P1", "C1", "atlas", "seq", "atlas", promise=5, scheduled=False, named=True),
    Pulse("P2", "C1", "beacon", "csat", "beacon", promise=5, scheduled=True),
    Pulse("P3", "C1", "beacon", "nps", "beacon", promise=5, scheduled=False),
    Pulse("P4", "C1", "beacon", "csat", "it", promise=5, scheduled=False, named=True),
)


def short() -> History:
    """Names, a refused asking, forget, settings, a restored copy, another wording, an end, a takedown."""
    events: list[Event] = [
        *_wave("w0", 0, "P0", [(number % 11,) for number in range(12)], write=6),
        *_wave("w1", 1, "P1", [(number % 7 + 1,) for number in range(11)]),
        SetWeeks(_at(2), 2),
        Forget(_at(3), PEOPLE[3]),
        Correct(_at(3), "t00", Sentiment.NEUTRAL, Touchpoint.BRAND),
        Copy(_at(4)),
        *_wave("w2", 7, "P0", [(9,)] * 6),  # waits, and is lost
        SetSmallestGroup(_at(8), 6),
        Restore(_at(9)),
        *_wave("w3", 10, "P2", [(number % 5 + 1,) for number in range(12)]),  # waits since the restore
        *_wave("w4", 11, "P4", [(3,)] * 11),  # refused: the same people were asked without names
        Reword(_at(12), "P0"),
        *_wave("w5", 14, "P0", [(number % 11,) for number in range(13)]),
        Tick(_at(22)),
        *_wave("w6", 23, "P2", [(1,)] * 7),  # waits until its question ends
        *_wave("w7", 23, "P3", [(10,)] * 11, write=7),
        End(_at(25), "P2"),
        TakeDown(_at(26), "w1"),
        Edition(_at(26) + timedelta(hours=2), "atlas"),
    ]
    ordered = tuple(sorted(events, key=lambda event: event.at))
    return History("short", {"C1": frozenset(PEOPLE)}, {pulse.id: pulse for pulse in PULSES}, 4, ordered)


def _wave(wave: str, day: int, pulse: str, points: list[Points], *, write: int = 0) -> Iterator[Event]:
    """A wave of a day that the first people answer, a few of them in writing."""
    asked_at, number = START + day * DAY, int(wave[1:])
    yield Ask(asked_at, wave, number + 1, pulse, asked_at + DAY)
    given = [
        Given(person, chosen, _comment(number, place) if place < write else None)
        for place, (person, chosen) in enumerate(zip(PEOPLE, points, strict=False))
    ]
    yield Answers(asked_at + timedelta(hours=1), wave, tuple(given))


def _comment(number: int, place: int) -> Comment:
    return Comment(f"t{number}{place}", Sentiment.NEGATIVE, Touchpoint.BILLING, ticked=place == 0)


def _at(day: int) -> datetime:
    return START + day * DAY + timedelta(hours=5)
