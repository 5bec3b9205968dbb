"""A maker of histories of an organisation: its customers, and the users of its products."""

from tests.simulation.generators import DAY, Maker, disturb, ordinary_wave
from tests.simulation.history import START, History, Merge


def organised(seed: int) -> History:
    """Customers in one channel and users of two products in others, some of them small."""
    make = Maker(f"organised {seed}", fewest=12)
    random, people = make.random, make.people
    make.weeks = random.choice((2, 3, 4))
    make.channels = {
        "C1": frozenset(random.sample(people, random.randint(8, len(people)))),
        "C2": frozenset(people),
        "C3": frozenset(random.sample(people, random.randint(6, len(people)))),
    }
    days = random.choice((40, 55, 70))
    users = ("umux_lite", "seq")
    pulses = [
        make.pulse("C1", "northwind", "nps", subject="it"),
        make.pulse("C2", "atlas", random.choice(users)),
        make.pulse("C3", "beacon", random.choice(users), scheduled=make.some(0.6)),
    ]
    if make.some(0.3):
        pulses.append(make.pulse("C3", "northwind", "umux_lite", scheduled=False))
    if make.some(0.3):
        pulses.append(make.pulse("C2", "atlas", "nps"))
    for pulse in pulses:
        for day in range(random.randint(0, 6), days, random.choice((7, 14))):
            ordinary_wave(make, pulse, START + day * DAY)
    if make.some(0.2):
        make.events.append(Merge(make.moment(days), "atlas", "beacon"))
    disturb(make, days, takedowns=random.choice((0, 0, 1, 2)))
    return make.made(days)._replace(whole="northwind")
