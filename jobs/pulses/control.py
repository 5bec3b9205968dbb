"""What runs in a channel, and what a lead does with it: pause, resume, change, end, close, take down."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from jobs import cadence
from jobs.messages.lead.ask_draft import AskDraft
from jobs.messages.wording import why_not
from jobs.permissions.leads import is_lead
from jobs.permissions.may_post import require_full_member
from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from jobs.privacy.progress_rule import ready_at
from jobs.privacy.repeat_rule import four_weeks_after
from jobs.pulses.earlier_askings import Planned
from jobs.slack.directory import Directory
from storage.pulses.waiting_answers import day_of
from storage.records import Digest, Pulse, Round, Wave
from storage.records.name_folding import fold
from storage.store import Store


async def running_in_channel(
    store: Store, requester: Requester, *, weeks: int
) -> tuple[list[tuple[Pulse, Wave | None]], list[Digest], dict[str, tuple[date, date]]]:
    """The pulses of this channel, each with its open wave (None without one), and its digests.

    Of pulses that go on, by their ids: when their question was counted and from when on new answers are,
    where that is not at once. `weeks` is the setting for the time between two counts.
    """
    pulses = await store.pulses.in_channel(requester.team_id, requester.channel_id, now=requester.now)
    digests = await store.digests.in_channel(requester.team_id, requester.channel_id)
    since = day_of(requester.now - timedelta(weeks=weeks))
    rounds = await store.askings.counted_in(requester.team_id, requester.channel_id, since=since)
    counted = {}
    for pulse, wave in pulses:
        day = day_of(ready_at(wave.closes_at) if wave else requester.now)
        last = rounds.get(Planned.of_pulse(pulse, day=day).question)
        if last and day < (again := four_weeks_after(last, weeks)):
            counted[pulse.id] = last, again
    return pulses, digests, counted


async def pause(
    store: Store, directory: Directory, requester: Requester, *, number: int
) -> tuple[Pulse, Wave | None]:
    """Ask no more until it is resumed; gives the wave that is open and stays open.

    Raises Refused for somebody who does not lead it, and for a pulse without a schedule.
    """
    pulse = await _led(store, directory, requester, number, "pause")
    if pulse.cadence is None:
        raise Refused(why_not.not_scheduled(pulse))
    await store.pulses.pause(pulse.team_id, pulse.id, reason=None)
    return pulse, await _open_wave(store, requester, pulse)


async def resume(
    store: Store, directory: Directory, requester: Requester, *, number: int
) -> tuple[Pulse, datetime]:
    """Ask again from the next time of its schedule on, which is given; raises Refused as `pause` does."""
    pulse = await _led(store, directory, requester, number, "resume")
    if pulse.cadence is None:
        raise Refused(why_not.not_scheduled(pulse))
    due = cadence.next_after(cadence.read(pulse.cadence), pulse.zone, requester.now)
    await store.pulses.resume(pulse.team_id, pulse.id, next_at=due.at)
    return pulse, due.at


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleChange:
    """A pulse as its lead changes it, and what to know: its open wave, and whether its words are others.

    It is asked `after` a moment, which is the end of today where it was asked today already. `waiting` is how
    many people's answers go with the former question.
    """

    pulse: Pulse
    after: datetime
    open_wave: Wave | None
    reworded: bool
    waiting: int


async def led_schedule(store: Store, directory: Directory, requester: Requester, *, number: int) -> Pulse:
    """The pulse whose schedule a lead would change; raises Refused as `pause` does."""
    pulse = await _led(store, directory, requester, number, "change")
    if pulse.cadence is None:
        raise Refused(why_not.not_scheduled(pulse))
    return pulse


async def look_at_change(
    store: Store, directory: Directory, requester: Requester, draft: AskDraft
) -> ScheduleChange:
    """What a draft would change; raises Refused as `pause` does, and for other words while it is open."""
    before = await led_schedule(store, directory, requester, number=draft.changes)
    subject = before.product.name if before.product.is_called(draft.words) else draft.words
    is_open = await _open_wave(store, requester, before)
    reworded = fold(subject) not in {fold(before.subject), fold(before.about)}  # a new name is no new words
    if is_open and reworded:
        raise Refused(why_not.reworded_while_open(before, is_open.closes_at))
    after = await _not_twice_a_day(store, before, draft.zone, requester.now)
    rule = cadence.read(draft.cadence or "")
    pulse = replace(
        before,
        subject=subject if reworded else before.subject,
        cadence=str(rule),
        zone=draft.zone,
        open_for=draft.open_for,
        next_at=cadence.next_after(rule, draft.zone, after).at,
    )
    waiting = await store.ended_questions.waiting(pulse.team_id, pulse.id) if reworded else 0
    return ScheduleChange(pulse=pulse, after=after, open_wave=is_open, reworded=reworded, waiting=waiting)


async def change(store: Store, directory: Directory, requester: Requester, draft: AskDraft) -> ScheduleChange:
    """Ask from now on as a draft says; what is open stays as it is. Raises Refused as `look_at_change`."""
    changed = await look_at_change(store, directory, requester, draft)
    await store.pulses.change_schedule(changed.pulse)
    return changed


async def _not_twice_a_day(store: Store, pulse: Pulse, zone: str, now: datetime) -> datetime:
    """The moment after which a pulse is asked again: now, or the end of the day on which it was asked."""
    newest = await store.waves.newest(pulse.team_id, pulse.id)
    today = now.astimezone(ZoneInfo(zone)).date()
    if newest is None or newest.opened_at.astimezone(ZoneInfo(zone)).date() != today:
        return now
    return cadence.moment(datetime.combine(today, time(23, 59, 59)), zone)


async def is_scheduled(store: Store, requester: Requester, *, number: int) -> bool:
    """Whether a pulse of this channel is asked again and again."""
    pulse = await store.pulses.numbered(requester.team_id, number)
    return pulse is not None and pulse.channel_id == requester.channel_id and pulse.cadence is not None


async def before_end(
    store: Store, directory: Directory, requester: Requester, *, number: int
) -> tuple[Pulse, int]:
    """The pulse whose schedule a lead would end, and how many people's waiting answers would be erased.

    Raises Refused as `pause` does.
    """
    pulse = await _led(store, directory, requester, number, "end")
    if pulse.cadence is None:
        raise Refused(why_not.not_scheduled(pulse))
    return pulse, await store.ended_questions.waiting(pulse.team_id, pulse.id)


async def end(store: Store, directory: Directory, requester: Requester, *, number: int) -> tuple[Pulse, int]:
    """Ask a pulse no more and erase the answers that wait; gives what `before_end` gives.

    Closing and pausing erase nothing. Raises Refused as `pause` does.
    """
    pulse, waiting = await before_end(store, directory, requester, number=number)
    await store.ended_questions.end_schedule(pulse.team_id, pulse.id, at=requester.now)
    return pulse, waiting


async def close(store: Store, directory: Directory, requester: Requester, *, number: int) -> Wave:
    """End the open wave now; raises Refused where none is open, and for somebody who does not lead it."""
    pulse = await _led(store, directory, requester, number, "close")
    wave = await _open_wave(store, requester, pulse)
    if wave is None:
        raise Refused(why_not.nothing_open(pulse))
    await store.waves.close(wave.team_id, wave.id, at=requester.now)
    return wave


async def before_take_down(
    store: Store, directory: Directory, requester: Requester, *, number: int
) -> tuple[Wave, Round | None]:
    """The wave that a lead would take down, and the round that would be withdrawn with it.

    Raises Refused where there is no wave left, and for somebody who does not lead it.
    """
    pulse = await _led(store, directory, requester, number, "take down")
    wave = await store.waves.newest(pulse.team_id, pulse.id)
    if wave is None:
        raise Refused(why_not.nothing_open(pulse))
    return wave, await _standing_round(store, wave)


async def take_down(
    store: Store, directory: Directory, requester: Requester, *, wave_id: str
) -> tuple[Wave, Round | None] | None:
    """Remove a question and its answers, counted or not, and withdraw the round in which they are.

    Gives both; None when the question is gone already. Raises Refused for somebody who does not lead it.
    """
    await require_full_member(directory, requester.team_id, requester.user_id)
    wave = await store.waves.get(requester.team_id, wave_id)
    if wave is None or wave.taken_down:
        return None
    if not await is_lead(directory, wave.pulse, requester.user_id):
        raise Refused(why_not.not_a_lead(wave.pulse, "take down"))
    await store.erasure.take_down(wave.team_id, wave.id, at=requester.now)
    gone = await store.waves.get(wave.team_id, wave.id) or wave  # it may have been counted meanwhile
    return wave, await _round_of(store, gone)


async def _standing_round(store: Store, wave: Wave) -> Round | None:
    """The round in which a wave is counted, unless it was withdrawn before."""
    made = await _round_of(store, wave)
    return None if made and made.withdrawn else made


async def _round_of(store: Store, wave: Wave) -> Round | None:
    return await store.rounds.find(wave.team_id, wave.round_id) if wave.round_id else None


async def _led(store: Store, directory: Directory, requester: Requester, number: int, verb: str) -> Pulse:
    """The pulse with this number in this channel, if the person leads it."""
    await require_full_member(directory, requester.team_id, requester.user_id)
    pulse = await store.pulses.numbered(requester.team_id, number)
    if pulse is None or pulse.channel_id != requester.channel_id:
        raise Refused(why_not.no_such_pulse(number))
    if not await is_lead(directory, pulse, requester.user_id):
        raise Refused(why_not.not_a_lead(pulse, verb))
    return pulse


async def _open_wave(store: Store, requester: Requester, pulse: Pulse) -> Wave | None:
    """The newest wave of a pulse that can be answered now."""
    waves = await store.waves.open_of(pulse.team_id, pulse.id)
    return next((wave for wave in waves if wave.open_at(requester.now)), None)
