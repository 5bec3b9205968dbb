"""Histories as the product can play them: only acts that it has, and waves as long as its form offers."""

from datetime import datetime, timedelta

from tests.simulation.history import (
    START,
    Answers,
    Ask,
    Correct,
    Edition,
    Event,
    Forget,
    Hide,
    History,
    Join,
    Leave,
    SetSmallestGroup,
    TakeDown,
    Tick,
)

DAYS = (1, 3, 7, 14)  # for how long a form lets a question be open
GRACE = timedelta(minutes=15)
ACTS = (Ask, Answers, Tick, Edition, Forget, TakeDown, Join, Leave, Correct, Hide)


def playable(history: History, *, until: datetime, named: bool = True) -> History:
    """The history up to a moment, without what the product has no command for yet.

    A wave of two days stays open for three. Nobody leaves who reads along or would be in no channel any more.
    The largest promise is the setting from the start, and so the promise of all. Every comment is labelled at
    once.
    """
    k = max(pulse.promise for pulse in history.pulses.values())
    pulses = {
        key: pulse._replace(promise=k) for key, pulse in history.pulses.items() if named or not pulse.named
    }
    waves = {event.wave for event in history.events if isinstance(event, Ask) and event.pulse in pulses}
    events: list[Event] = [SetSmallestGroup(START, k)]
    for event in history.events:
        if event.at > until or not isinstance(event, ACTS):
            continue
        if isinstance(event, Ask | Answers | TakeDown) and event.wave not in waves:
            continue
        if isinstance(event, Leave) and event.person == reader_of(history):
            continue
        if isinstance(event, Answers):
            given = tuple(one._replace(labelled=True) for one in event.given)
            events.append(event._replace(given=given))
            continue
        if not isinstance(event, Ask):
            events.append(event)
            continue
        asked = event._replace(closes_at=_as_offered(event.at, event.closes_at))
        events += [asked, Tick(asked.closes_at + GRACE)]
    ordered = sorted(events, key=lambda event: event.at)
    return history._replace(pulses=pulses, events=tuple(_staying(history, ordered)))


def reader_of(history: History) -> str:
    """Somebody in every channel, who asks for the lead and for the attacker."""
    everywhere = frozenset.intersection(*history.channels.values())
    return min(everywhere)


def _as_offered(opened_at: datetime, closes_at: datetime) -> datetime:
    days = (closes_at - opened_at).days
    return opened_at + timedelta(days=next(each for each in DAYS if each >= days))


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
