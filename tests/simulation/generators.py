"""Two makers of histories: ordinary ones, and ones that press where the rules are thin."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random

from jobs.instruments import INSTRUMENTS
from storage.records import Role, Sentiment, Touchpoint
from tests.simulation.history import (
    START,
    Answers,
    Ask,
    ChangeRole,
    Comment,
    Copy,
    Correct,
    Edition,
    End,
    Event,
    Forget,
    Given,
    Hide,
    History,
    Join,
    Label,
    Leave,
    Merge,
    Points,
    Pulse,
    Rename,
    Restore,
    Reword,
    SetSmallestGroup,
    TakeDown,
    Tick,
)

DAY, QUARTER = timedelta(days=1), timedelta(minutes=15)
TONES = (Sentiment.NEGATIVE, Sentiment.NEUTRAL, Sentiment.POSITIVE)
TOPICS = (Touchpoint.BILLING, Touchpoint.SUPPORT, Touchpoint.USABILITY, Touchpoint.PERFORMANCE, None)
ONCE = ("csat", "umux_lite", "seq", "nps")


class Maker:
    """A history in the making: what has been asked, who is where, what is written."""

    def __init__(self, name: str, *, fewest: int, most: int = 20) -> None:
        self.name, self.random, self.weeks = name, Random(name), 4  # noqa: S311 - people, not secrets
        self.people = [f"p{place:02}" for place in range(self.random.randint(fewest, most))]
        self.roles = roles_told(self.name, self.people)
        self.taste = {person: self.random.random() for person in self.people}
        self.channels: dict[str, frozenset[str]] = {}
        self.pulses: dict[str, Pulse] = {}
        self.events: list[Event] = []
        self.waves: list[str] = []
        self.texts: list[str] = []

    def pulse(self, channel: str, product: str, instrument: str, **others: object) -> Pulse:
        """A new question."""
        given = {"subject": product, "promise": 5, "scheduled": True} | others
        made = Pulse(f"P{len(self.pulses)}", channel, product, instrument, **given)  # type: ignore[arg-type]
        self.pulses[made.id] = made
        return made

    def wave(self, pulse: Pulse, at: datetime, answering: Iterable[str], *, open_for: timedelta) -> None:
        """A wave with its answers, on one day or two, and its count."""
        wave = f"w{len(self.waves)}"
        self.waves.append(wave)
        closes_at = at + open_for
        self.events.append(Ask(at, wave, len(self.waves), pulse.id, closes_at))
        given = [self._given(pulse, person) for person in answering]
        cut = self.random.randint(0, len(given))
        for part, later in ((given[:cut], timedelta(hours=1)), (given[cut:], open_for - timedelta(hours=1))):
            if part:
                self.events.append(Answers(at + later, wave, tuple(part)))
        self.events.append(Tick(closes_at + QUARTER))

    def some(self, chance: float) -> bool:
        """Whether something that is so likely happens."""
        return self.random.random() < chance

    def moment(self, days: int, first: int = 1) -> datetime:
        """Some moment from the first day on."""
        return (
            START
            + self.random.randint(first, days) * DAY
            + self.random.choice((0, 5, 11)) * timedelta(hours=1)
        )

    def made(self, days: int) -> History:
        """The history, its events in order, with a look every morning and a digest every week."""
        self.events += [Tick(START + day * DAY - timedelta(hours=8)) for day in range(days)]
        self.events += [
            Edition(START + day * DAY + timedelta(hours=6), product)
            for day in range(4, days, 7)
            for product in sorted({pulse.product for pulse in self.pulses.values()})
        ]
        events = tuple(sorted(self.events, key=lambda event: event.at))
        return History(self.name, self.channels, self.pulses, self.weeks, events)

    def _given(self, pulse: Pulse, person: str) -> Given:
        comment = self._comment() if self.some(0.45) else None
        points, role = self.points(pulse.instrument, person), self.roles[person]
        return Given(person, points, comment, labelled=self.some(0.9), role=role)

    def points(self, key: str, person: str) -> Points:
        """High or low by taste, with some chance."""
        instrument = INSTRUMENTS[key]
        low, high = instrument.scale.low, instrument.scale.high
        middle = low + (high - low) * self.taste[person]
        drawn = (round(self.random.gauss(middle, (high - low) / 4)) for _ in range(instrument.item_count))
        return tuple(min(max(point, low), high) for point in drawn)

    def _comment(self) -> Comment:
        text = f"t{self.random.getrandbits(40):010x}"
        self.texts.append(text)
        topic = self.random.choice(TOPICS if self.some(0.5) else TOPICS[:2])
        tone, ticked = self.random.choice(TONES), self.some(0.3)
        return Comment(text, tone, topic, ticked, wish=asks(text))


def asks(text: str) -> bool:
    """Whether a made-up comment is a wish: three in eight are."""
    return int(text[-1], 16) % 8 < 3


def roles_told(name: str, people: Iterable[str]) -> dict[str, Role | None]:
    """What people say when they are asked: mostly one of two roles; of some histories a part says nothing."""
    chance = Random(f"{name}, roles")  # noqa: S311 - people, not secrets
    some: list[Role | None] = list(chance.sample(list(Role), 2))
    some = chance.choice((some, some, [*some, None], [some[0], None]))
    told = {person: chance.choice(some) for person in people}
    if chance.random() < 0.2:
        told[chance.choice(list(told))] = chance.choice(list(Role))
    return told


def ordinary(seed: int) -> History:
    """The same people again and again, none to three absent, in two channels with people in common."""
    make = Maker(f"ordinary {seed}", fewest=8)
    random = make.random
    make.weeks = random.choice((2, 3, 4))
    split = random.randint(2, len(make.people) - 2)
    overlap = random.randint(1, 4)
    make.channels = {
        "C1": frozenset(make.people[: min(split + overlap, len(make.people))])
        if make.some(0.5)
        else frozenset(make.people),
        "C2": frozenset(make.people[max(split - overlap, 0) :]),
    }
    days = random.choice((40, 55, 70))
    twin = make.pulse("C2", "beacon" if make.some(0.3) else "atlas", "nps", subject="it")
    pulses = [make.pulse("C1", "atlas", "nps", subject="it"), twin]
    if make.some(0.3):
        pulses.append(make.pulse("C1", "atlas", "umux_lite"))
    for pulse in pulses:
        every = random.choice((7, 7, 14))
        for day in range(random.randint(0, 6), days, every):
            ordinary_wave(make, pulse, START + day * DAY)
    for _ in range(random.choice((0, 1, 3))):
        once = make.pulse(random.choice(("C1", "C2")), "atlas", random.choice(ONCE), scheduled=False)
        ordinary_wave(make, once, make.moment(days))
    if make.some(0.25):
        by_name = make.pulse(
            random.choice(("C1", "C2")), "atlas", "nps", subject="it", scheduled=False, named=True
        )
        for _ in range(random.randint(1, 3)):
            ordinary_wave(make, by_name, make.moment(days))
    if make.some(0.3):
        make.events.append(Merge(make.moment(days), "atlas", "beacon"))
    disturb(make, days, takedowns=random.choice((0, 0, 0, 1)))
    if make.some(0.1):
        for day in (380, 480):  # when who took part is known no more
            ordinary_wave(make, pulses[0], START + day * DAY)
    return make.made(days)


def directed(seed: int) -> History:
    """Waves of two to six people that join to rounds, promises of 5 and 11, takedowns inside rounds."""
    make = Maker(f"directed {seed}", fewest=10)
    random = make.random
    make.weeks = random.choice((2, 2, 3, 4))
    small = random.randint(5, 11)
    make.channels = {
        "C1": frozenset(make.people),
        "C2": frozenset(random.sample(make.people, min(small, len(make.people)))),
    }
    days = random.choice((45, 60, 75))
    once = make.some(0.3)
    pulses = [
        make.pulse("C1", "atlas", "nps", promise=random.choice((5, 5, 11)), scheduled=not once),
        make.pulse("C2", "atlas", random.choice(("nps", "csat")), promise=random.choice((5, 5, 11))),
    ]
    if make.some(0.3):
        pulses.append(make.pulse("C1", "atlas", "nps", scheduled=False, named=True))
    for pulse in pulses:
        day = random.randint(0, 5)
        while day < days:
            members = sorted(make.channels[pulse.channel])
            answering = random.sample(members, min(random.randint(2, 6), len(members)))
            make.wave(pulse, START + day * DAY, answering, open_for=random.choice((1, 2)) * DAY)
            day += random.choice((1, 2, 3, 5)) if pulse is pulses[0] else random.choice((4, 7, 9))
    disturb(make, days, takedowns=random.choice((1, 2, 4)))
    return make.made(days)


def by_role(seed: int) -> History:
    """So many people that rounds are kept by role; who comes and goes differs much, little or not at all."""
    make = Maker(f"by role {seed}", fewest=28, most=44)
    random = make.random
    make.weeks = random.choice((2, 2, 3))
    make.taste |= {
        person: (make.taste[person] + 0.25 * list(Role).index(role)) / 1.75
        for person, role in make.roles.items()
        if role
    }
    some = random.sample(make.people, random.randint(20, len(make.people)))
    make.channels = {"C1": frozenset(make.people), "C2": frozenset(some)}
    days = random.choice((24, 32, 40))
    promise = random.choice((5, 5, 5, 11))
    second = make.pulse(
        random.choice(("C1", "C2")),
        "atlas",
        random.choice(("nps", "csat", "seq", "umux_lite")),
        promise=promise,
    )
    first = make.pulse("C1", "atlas", "nps", subject="it", promise=promise)
    for pulse in (first, second):
        members = sorted(make.channels[pulse.channel])
        for day in range(random.randint(0, 6), days, random.choice((7, 14))):
            absent = random.choice((0, 2, 5, 8))
            answering = random.sample(members, len(members) - min(absent, len(members)))
            make.wave(pulse, START + day * DAY, sorted(answering), open_for=2 * DAY)
    if make.some(0.2):
        by_name = make.pulse("C1", "atlas", "nps", subject="it", scheduled=False, named=True)
        ordinary_wave(make, by_name, make.moment(days))
    make.events += [
        ChangeRole(
            make.moment(days), random.choice(make.people), "atlas", make.roles[random.choice(make.people)]
        )
        for _ in range(random.choice((0, 1, 4)))
    ]
    disturb(make, days, takedowns=random.choice((0, 1, 2)))
    return make.made(days)


def ordinary_wave(make: Maker, pulse: Pulse, at: datetime) -> None:
    """A wave that all of a channel answer, but none to three."""
    members = sorted(make.channels[pulse.channel])
    absent = make.random.sample(members, min(make.random.randint(0, 3), len(members)))
    make.wave(pulse, at, [one for one in members if one not in absent], open_for=2 * DAY)


def disturb(make: Maker, days: int, *, takedowns: int) -> None:
    """What people and leads do beside asking and answering."""
    random, events = make.random, make.events
    events += [
        Forget(make.moment(days), random.choice(make.people)) for _ in range(random.choice((0, 1, 1, 2)))
    ]
    events += [TakeDown(make.moment(days, 10), random.choice(make.waves)) for _ in range(takedowns)]
    if make.some(0.4):
        events += [
            random.choice((Join, Leave))(
                make.moment(days), random.choice(("C1", "C2")), random.choice(make.people)
            )
            for _ in range(3)
        ]
    if make.some(0.25):
        copied = make.moment(days - 20)
        events += [Copy(copied), Restore(copied + random.randint(0, 20) * DAY + timedelta(hours=2))]
    if make.some(0.1):
        events.append(random.choice((Reword, End))(make.moment(days), random.choice(sorted(make.pulses))))
    if make.some(0.15):
        events.append(SetSmallestGroup(make.moment(days), random.choice((5, 6, 8))))
    if make.some(0.1):
        events.append(Rename(make.moment(days), "atlas", "Atlas Two"))
    events += [Label(START + day * DAY) for day in range(3, days, 10)]
    if make.texts:
        events += [
            Correct(
                make.moment(days, 20),
                text := random.choice(make.texts),
                random.choice(TONES),
                Touchpoint.BRAND,
                not asks(text),
            )
            for _ in range(3)
        ]
        events.append(Hide(make.moment(days, 20), random.choice(make.texts)))
