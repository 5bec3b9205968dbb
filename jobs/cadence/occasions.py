"""The occasions of a rule in a zone, and what a schedule has to do now."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache, partial
from itertools import islice, pairwise, takewhile
from zoneinfo import ZoneInfo

from jobs.cadence.clock import CadenceError, moment
from jobs.cadence.reading import read
from jobs.cadence.rules import Cadence
from storage.records import Digest, Occasion, OccasionState, Pulse, aware

# A zone may skip a whole day (Samoa did), and that day's occasion runs on the next.
_LOOK_BACK = timedelta(days=2)
_SOME_DAY, _LOOKED_AT = date(2026, 1, 1), 40  # occasions; a rule repeats itself sooner


@dataclass(frozen=True, slots=True)
class Due:
    """One occasion: `local` is the ledger's key (`2027-03-29T00:15`), `at` the moment in UTC."""

    local: str
    at: datetime


def _dues(cadence: Cadence, zone: str, after: datetime) -> Iterator[Due]:
    """The occasions later than `after`, ascending, without end."""
    here = aware(after).astimezone(ZoneInfo(zone)).date()
    for local in cadence.from_date(here - _LOOK_BACK):
        at = moment(local, zone)
        if at > after:
            yield Due(f"{local:%Y-%m-%dT%H:%M}", at.astimezone(UTC))


def occasions(cadence: Cadence, zone: str, after: datetime, until: datetime) -> list[Due]:
    """The occasions later than `after` and no later than `until`, ascending; both moments aware.

    Raises ValueError for a moment without a zone, and ZoneInfoNotFoundError for an unknown zone.
    """
    aware(until)
    return list(takewhile(lambda due: due.at <= until, _dues(cadence, zone, after)))


def upcoming(cadence: Cadence, zone: str, after: datetime, count: int = 3) -> list[Due]:
    """The next `count` occasions later than `after`."""
    return list(islice(_dues(cadence, zone, after), count))


def next_after(cadence: Cadence, zone: str, after: datetime) -> Due:
    """The first occasion later than `after`."""
    return next(_dues(cadence, zone, after))


def shortest_gap(cadence: Cadence) -> timedelta:
    """The least time between two occasions of a rule, by the wall clock."""
    times = islice(cadence.from_date(_SOME_DAY), _LOOKED_AT)
    return min((later - earlier for earlier, later in pairwise(times)), default=timedelta.max)


def first_from(rule: str, zone: str, moment: datetime) -> Due:
    """The first occasion of a rule, as text, at a moment or later."""
    return next_after(read(rule), zone, moment - timedelta(microseconds=1))


def asked_next(owned: Pulse | Digest, now: datetime) -> datetime | None:
    """The next time of a pulse or a digest that a sentence may name; None where none will come by itself.

    Where its time has passed and nothing came of it (it fails, or the bot was down), that is the first time
    of its rule from now on.
    """
    if owned.paused or owned.cadence is None or owned.next_at is None:
        return None
    if owned.next_at >= now:
        return owned.next_at
    try:
        return first_from(owned.cadence, owned.zone, now).at
    except CadenceError:  # its rule can be read no more, of which its lead is told elsewhere
        return None


def still_to_come(pulses: Iterable[Pulse], now: datetime) -> list[Pulse]:
    """The pulses that will be asked by themselves, soonest first, each with the time that may be named."""
    found = [replace(pulse, next_at=asked_next(pulse, now)) for pulse in pulses]
    return sorted((pulse for pulse in found if pulse.next_at), key=lambda pulse: aware(pulse.next_at or now))


def catch_up(dues: Sequence[Due], now: datetime, max_late: timedelta) -> tuple[Due | None, list[Due]]:
    """The one occasion to keep of those that are due, and those to skip, in order of time.

    The latest one is kept if it is at most `max_late` ago; all others are skipped. Occasions after `now`
    are in neither.
    """
    past = sorted((due for due in dues if due.at <= now), key=lambda due: due.at)
    if past and now - past[-1].at <= max_late:
        return past[-1], past[:-1]
    return None, past


@lru_cache(maxsize=1024)
def _kept(rule: str) -> Cadence:
    """A rule as it is kept; a thousand pulses may have a few rules between them, on the same minute."""
    return read(rule)


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a schedule has to do now: the occasion to keep (or None), those missed, and the next time."""

    due: Occasion | None
    skipped: tuple[Occasion, ...]
    next_at: datetime


def agenda(
    owner_id: str,
    team_id: str,
    rule: str,
    zone: str,
    *,
    next_at: datetime,
    now: datetime,
    max_late: timedelta,
) -> Agenda:
    """The latest occasion from `next_at` to `now`, if at most `max_late` old; the others are skipped.

    Every occasion gets a row with its reason, so that "why was nothing asked?" has an answer. Where the
    rules of the zone have changed, `next_at` may be no occasion any more: then it is skipped, and the
    right one is kept.
    """
    dues, following = list[Due](), _dues(_kept(rule), zone, next_at - timedelta(microseconds=1))
    while (coming := next(following)).at <= now:
        dues.append(coming)
    latest, missed = catch_up(dues, now, max_late)
    reason = "missed while down; a later one was kept" if latest else "missed while down, too late"
    if not dues:
        local = next_at.astimezone(ZoneInfo(zone))
        missed, reason = (
            [Due(f"{local:%Y-%m-%dT%H:%M}", next_at)],
            "the clock of the zone has changed",
        )
    occasion = partial(Occasion, team_id=team_id, owner_id=owner_id)
    return Agenda(
        occasion(local=latest.local, due_at=latest.at, state=OccasionState.DONE) if latest else None,
        tuple(
            occasion(local=each.local, due_at=each.at, state=OccasionState.SKIPPED, reason=reason)
            for each in missed
        ),
        coming.at,
    )
