"""Histories as the product can play them: only acts that it has, and waves as long as its form offers."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from jobs.cadence import CadenceError, read, shortest_gap, upcoming
from tests.simulation.history import (
    START,
    Answers,
    Ask,
    ChangeRole,
    Copy,
    Correct,
    Edition,
    End,
    Enter,
    Event,
    Forget,
    Hide,
    History,
    Join,
    Leave,
    Pulse,
    Restore,
    Reword,
    SetGroup,
    SetSmallestGroup,
    SetWeeks,
    TakeDown,
    Tick,
)

DAYS = (1, 3, 7, 14)  # for how long a form lets a question be open
GRACE = timedelta(minutes=15)
MOST_TIMES = 60  # of a schedule in a history
BETWEEN = timedelta(hours=1)  # two waves of a schedule, at least
ACTS = (
    Ask,
    Answers,
    Tick,
    Edition,
    Forget,
    TakeDown,
    ChangeRole,
    Join,
    Leave,
    Correct,
    Hide,
    SetGroup,
    Enter,
)
CHANGES = (End, Reword, SetSmallestGroup, SetWeeks, Copy, Restore)


def playable(history: History, *, until: datetime) -> History:
    """The history up to a moment, without what the product has no command for yet: merging and renaming.

    A wave of two days stays open for three. Nobody leaves who reads along or would be in no channel any more.
    The largest promise is the setting from the start. Every comment is labelled at once. A question whose
    waves overlap, or of which a wave is taken down, is asked each time by an order of its own. Orders are
    numbered as the product numbers them, by when they were given: of waves that close together it tells which
    was the last.
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
    played = played._replace(events=tuple(_reworded(played)))
    return played._replace(events=tuple(_numbered(played)))


def reader_of(history: History) -> str:
    """Somebody in every channel, who asks for the lead and for the attacker."""
    everywhere = frozenset.intersection(*history.channels.values())
    return min(everywhere)


def _as_scheduled(history: History, pulse: Pulse) -> Pulse:
    """The pulse, asked anew each time unless one schedule can ask all of its waves; its promise is ours."""
    asked = asked_by(history, pulse.id)
    length = _as_offered(_longest(history, pulse.id)) if asked else timedelta()
    gone = {event.wave for event in history.events if isinstance(event, TakeDown)}
    steady = (
        pulse.scheduled
        and not gone & {ask.wave for ask in asked}
        and len({ask.at.time() for ask in asked}) == 1
        and _asks_apart(rule_of(asked), asked, length + BETWEEN)
    )
    return pulse._replace(promise=5, anew=not steady)


def rule_of(asked: Sequence[Ask]) -> str:
    """A schedule that asks at these times, as it is typed: every few weeks where it can be, else by dates."""
    first, weeks = asked[0].at, [(ask.at - asked[0].at).days / 7 for ask in asked]
    if len(asked) > 1 and all(week.is_integer() for week in weeks):
        every = next(n for n in (4, 3, 2, 1) if not any(week % n for week in weeks))
        how_often = "weekly" if every == 1 else f"every {every} weeks"
        since = "" if every == 1 else f" from {first:%Y-%m-%d}"
        return f"{how_often} {first:%a %H:%M}{since}".lower()
    days, months = ({getattr(ask.at, part) for ask in asked} for part in ("day", "month"))
    listed = (",".join(map(str, sorted(part))) for part in (days, months))
    return f"cron {first.minute} {first.hour} {' '.join(listed)} *"


def _asks_apart(rule: str, asked: Sequence[Ask], apart: timedelta) -> bool:
    """Whether the rule asks at each of these times, and never sooner again than `apart`."""
    try:
        cadence = read(rule)
    except CadenceError:
        return False
    times = {due.at for due in upcoming(cadence, "UTC", asked[0].at - BETWEEN, MOST_TIMES)}
    return {ask.at for ask in asked} <= times and shortest_gap(cadence) >= apart


def asked_by(history: History, pulse: str) -> list[Ask]:
    """When a pulse asks."""
    return [event for event in history.events if isinstance(event, Ask) and event.pulse == pulse]


def _longest(history: History, pulse: str) -> Ask:
    return max(asked_by(history, pulse), key=lambda ask: ask.closes_at - ask.at)


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


def _numbered(history: History) -> Iterator[Event]:
    """The events with every wave numbered after its order, and the waves of one order as they were asked."""
    orders: dict[str, list[str]] = {}
    for event in history.events:
        if isinstance(event, Ask):
            anew = history.pulses[event.pulse].anew
            orders.setdefault(event.wave if anew else event.pulse, []).append(event.wave)
    waves = [wave for order in orders.values() for wave in order]
    numbers = {wave: number for number, wave in enumerate(waves, start=1)}
    for event in history.events:
        yield event._replace(number=numbers[event.wave]) if isinstance(event, Ask) else event


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
