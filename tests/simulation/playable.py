"""Histories as the product can play them: only acts that it has, and waves as long as its form offers."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise

from tests.simulation.history import (
    START,
    Answers,
    Ask,
    Copy,
    Correct,
    Edition,
    End,
    Event,
    Forget,
    Hide,
    History,
    Join,
    Leave,
    Pulse,
    Restore,
    Reword,
    SetSmallestGroup,
    SetWeeks,
    TakeDown,
    Tick,
)

DAYS = (1, 3, 7, 14)  # for how long a form lets a question be open
GRACE = timedelta(minutes=15)
BETWEEN = timedelta(hours=1)  # two waves of a schedule, at least
ACTS = (Ask, Answers, Tick, Edition, Forget, TakeDown, Join, Leave, Correct, Hide)
CHANGES = (End, Reword, SetSmallestGroup, SetWeeks, Copy, Restore)


def playable(history: History, *, until: datetime) -> History:
    """The history up to a moment, without what the product has no command for yet: merging and renaming.

    A wave of two days stays open for three. Nobody leaves who reads along or would be in no channel any more.
    The largest promise is the setting from the start. Every comment is labelled at once. A question whose
    waves overlap, or of which a wave is taken down, is asked each time by an order of its own.
    """
    k = max(pulse.promise for pulse in history.pulses.values())
    pulses = {key: _as_scheduled(history, pulse) for key, pulse in history.pulses.items()}
    events: list[Event] = [SetSmallestGroup(START, k)]
    for event in history.events:
        if event.at > until or not isinstance(event, ACTS + CHANGES):
            continue
        if isinstance(event, Leave) and event.person == reader_of(history):
            continue
        if isinstance(event, End) and not pulses[event.pulse].scheduled:
            continue
        if isinstance(event, Answers):
            given = tuple(one._replace(labelled=True) for one in event.given)
            events.append(event._replace(given=given))
        elif isinstance(event, Ask):
            longest = _longest(history, event.pulse) if not pulses[event.pulse].anew else event
            asked = event._replace(closes_at=event.at + _as_offered(longest))
            events += [asked, Tick(asked.closes_at + GRACE)]
        else:
            events.append(event)
    ordered = sorted(events, key=lambda event: event.at)
    played = history._replace(pulses=pulses, events=tuple(_staying(history, ordered)))
    return played._replace(events=tuple(_reworded(played)))


def reader_of(history: History) -> str:
    """Somebody in every channel, who asks for the lead and for the attacker."""
    everywhere = frozenset.intersection(*history.channels.values())
    return min(everywhere)


def _as_scheduled(history: History, pulse: Pulse) -> Pulse:
    """The pulse, asked anew each time unless one schedule can ask all of its waves; its promise is ours."""
    asked = _asked(history, pulse.id)
    length = _as_offered(_longest(history, pulse.id)) if asked else timedelta()
    gone = {event.wave for event in history.events if isinstance(event, TakeDown)}
    steady = (
        pulse.scheduled
        and not gone & {ask.wave for ask in asked}
        and len({ask.at.time() for ask in asked}) == 1
        and all(after.at - before.at >= length + BETWEEN for before, after in pairwise(asked))
    )
    return pulse._replace(promise=5, anew=not steady)


def _asked(history: History, pulse: str) -> list[Ask]:
    return [event for event in history.events if isinstance(event, Ask) and event.pulse == pulse]


def _longest(history: History, pulse: str) -> Ask:
    return max(_asked(history, pulse), key=lambda ask: ask.closes_at - ask.at)


def _as_offered(ask: Ask) -> timedelta:
    days = (ask.closes_at - ask.at).days
    return timedelta(days=next(each for each in DAYS if each >= days))


def _reworded(history: History) -> Iterator[Event]:
    """Each question gets its new wording when it is next asked; none, where one is always asked anew.

    An order that is given anew leaves the former one standing, and so the former question.
    """
    anew = any(pulse.anew and pulse.scheduled for pulse in history.pulses.values())
    waiting = Counter[str]()
    for event in history.events:
        if isinstance(event, Reword):
            waiting.update(() if anew else list(history.pulses))
            continue
        if isinstance(event, Ask):
            yield from [Reword(event.at, event.pulse)] * waiting.pop(event.pulse, 0)
        yield event


def _staying(history: History, events: list[Event]) -> list[Event]:
    """The events without those in which somebody leaves their last channel, or one that they are not in."""
    channels, kept = dict(history.channels), []
    for event in events:
        if isinstance(event, Leave):
            places = [name for name, people in channels.items() if event.person in people]
            if event.channel not in places or len(places) == 1:
                continue
            channels[event.channel] -= {event.person}
        elif isinstance(event, Join):
            channels[event.channel] |= {event.person}
        kept.append(event)
    return kept
