"""More happens in a history than is likely: names, other settings, a new wording, an end, a restored copy."""

from datetime import datetime, timedelta
from random import Random

from tests.simulation.history import (
    START,
    Copy,
    End,
    Enter,
    Event,
    History,
    Restore,
    Reword,
    SetGroup,
    SetSmallestGroup,
    SetWeeks,
)


def eventful(history: History) -> History:
    """The history with a few rare events in its first weeks, drawn by its name; many have two or three."""
    chance = Random(f"{history.name}, eventful")  # noqa: S311 - a draw, not a secret
    pulses, more = dict(history.pulses), list[Event]()

    def some(likely: float) -> bool:
        return chance.random() < likely

    if some(0.4):
        named = chance.choice(sorted(pulses))
        pulses[named] = pulses[named]._replace(named=True)
    scheduled = [pulse.id for pulse in pulses.values() if pulse.scheduled]
    if scheduled and some(0.5):
        change = chance.choice((End, Reword))
        more.append(change(_moment(chance, 8, 30), chance.choice(scheduled)))
    if some(0.3):
        more.append(SetSmallestGroup(_moment(chance, 4, 30), chance.choice((5, 6, 8))))
    if some(0.3):
        more.append(SetWeeks(_moment(chance, 4, 30), chance.choice((2, 3, 4))))
    if some(0.4):
        copied = _moment(chance, 4, 25)
        more += [Copy(copied), Restore(copied + timedelta(days=chance.randint(1, 12), hours=2))]
    channels = frozenset(history.channels)
    if len(channels) > 1 and some(0.5):
        more += [
            SetGroup(_moment(chance, 6, 20), "eu", of)
            for of in (channels, channels, frozenset())[: chance.randint(1, 3)]
        ]
        more.append(Enter(_moment(chance, 4, 30), "atlas", f"churn {chance.randint(1, 9)}%"))
    events = sorted([*history.events, *more], key=lambda event: event.at)
    return history._replace(pulses=pulses, events=tuple(events))


def _moment(chance: Random, first: int, last: int) -> datetime:
    return START + timedelta(days=chance.randint(first, last), hours=chance.choice((2, 7, 12)))
