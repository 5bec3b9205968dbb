"""Histories with groups of channels, files of answers, figures from elsewhere and comments that expire."""

from datetime import UTC, datetime, timedelta

from tests.simulation.generators import DAY, Maker, disturb, ordinary_wave
from tests.simulation.history import START, Enter, Expire, History, ImportFile, Row, SetGroup, UndoImport

_MONTHS = ((2025, 8), (2025, 9), (2025, 10), (2025, 11))


def grouped(seed: int) -> History:
    """Three channels with people in common, groups of them that change, and files of the year before.

    A file is imported, sometimes taken back and imported without one of its rows.
    """
    make = Maker(f"grouped {seed}", fewest=14)
    random = make.random
    make.weeks = random.choice((2, 3, 4))
    people = make.people
    channels = {
        "C1": frozenset(people),
        "C2": frozenset(random.sample(people, random.randint(8, len(people)))),
        "C3": frozenset(random.sample(people, random.randint(8, len(people)))),
    }
    make.channels = channels
    days = random.choice((26, 33))
    for channel in channels:
        pulse = make.pulse(channel, "atlas", random.choice(("nps", "nps", "csat")), subject="it")
        for day in range(random.randint(0, 6), days, 14):
            ordinary_wave(make, pulse, START + day * DAY)
    groups = [frozenset({"C1", "C2"}), frozenset({"C2", "C3"}), frozenset(channels)]
    make.events += [SetGroup(make.moment(5), "eu", groups[0]), SetGroup(make.moment(5), "us", groups[1])]
    make.events += [
        SetGroup(make.moment(days), "eu", random.choice([*groups, frozenset()])) for _ in range(3)
    ]
    _files(make)
    make.events += [Enter(make.moment(days), "atlas", f"churn {place}%") for place in range(2)]
    make.events += [Expire(make.moment(days, 15), random.choice((7, 14)))]
    disturb(make, days, takedowns=random.choice((0, 1, 1)))
    return make.made(days)


def _files(make: Maker) -> None:
    """A file of some months; another with the same rows but one, in any channel, about any product."""
    random = make.random
    pulse = make.pulse("C1", "atlas", "nps", subject="it", scheduled=False)
    rows = []
    for year, month in _MONTHS[random.randint(0, 1) :]:
        for person in random.sample(make.people, random.randint(8, len(make.people))):
            at = datetime(year, month, random.randint(1, 28), 12, tzinfo=UTC)
            points = make.points(pulse.instrument, person)
            rows.append(Row(f"f{year}-{month}", person, at, points))
    first = make.moment(10)
    make.events.append(ImportFile(first, "file", pulse.id, tuple(rows)))
    if make.some(0.6):
        make.events.append(UndoImport(first + 3 * DAY, "file"))
    missing = random.choice(rows)
    less = tuple(row for row in rows if row != missing)
    product = random.choice(("atlas", "beacon"))
    elsewhere = make.pulse(random.choice(("C1", "C2")), product, "nps", subject="it", scheduled=False)
    at = first + random.randint(4, 9) * DAY + timedelta(hours=1)
    make.events.append(ImportFile(at, "again", elsewhere.id, less))
