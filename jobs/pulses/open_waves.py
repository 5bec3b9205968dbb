"""Opens the waves of pulses, each local time once."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from jobs.cadence import agenda, later
from jobs.delivery.tell_owner import tell_failing, tell_names_too_close
from jobs.instruments import INSTRUMENTS
from jobs.messages.respondent.question import UI_VERSION, question_text
from jobs.privacy.look import CountSettings
from jobs.pulses.earlier_askings import WEEKS, Planned, asked_otherwise, since
from jobs.pulses.meet_digest import close_of
from jobs.slack.directory import Directory
from jobs.slack.pacing import answer_begun
from jobs.steps import Item, StepRunner
from storage.pulses.askings import AskedMeanwhile, LookedAt
from storage.pulses.openings import BeforeOpening
from storage.records import SMALLEST_PROMISE, Occasion, OccasionState, Pulse, Wave
from storage.store import Store

PULSE_MAX_LATE = timedelta(hours=24)
AT_ONCE = 50  # waves that open in one transaction, or whose channels Slack is asked about
NAMES_TOO_CLOSE = "the same people were asked with and without names within four weeks"
UNREADABLE = (LookupError, ValueError)  # what a row raises that a newer or a broken version wrote


class WaveOpener:
    """Opens a wave for every pulse that is due; one that fails does not hold up the others.

    Each promises the smallest group of the settings, or what its pulse promised if that is more. `opened` is
    called when some have opened, so that their posts do not wait for all; `late` is told of each by how many
    seconds it was.
    """

    def __init__(
        self,
        store: Store,
        directory: Directory,
        runner: StepRunner,
        counting: CountSettings,
        *,
        opened: Callable[[], None] = lambda: None,
        late: Callable[[float], None] = lambda _: None,
    ) -> None:
        self._store = store
        self._directory = directory
        self._runner = runner
        self._counting = counting
        self._opened, self._late = opened, late
        self._wait: dict[str, Pulse] = {}  # by name: Slack has to be asked about their channels

    async def open_due(self, now: datetime) -> None:
        """Open all for which Slack need not be asked, so that one that hangs holds up none of them."""
        due = [
            pulse for pulse in await self._store.pulses.due(now) if not self._runner.rests(_name(pulse), now)
        ]
        self._wait.clear()
        for pulses in _batches(due):
            items = []
            for pulse, before in zip(pulses, await self._before(pulses, now), strict=True):
                if before and before.others:
                    self._wait[_name(pulse)] = pulse
                else:
                    items.append(self._item(pulse, now, before))
            await self._runner.run_all(items, now=now, at_once=AT_ONCE)
            self._opened()

    async def open_after_look(self, now: datetime) -> None:
        """Open those for which Slack has to say who is in their channels; each waits for that so long."""
        waiting = list(self._wait.values())
        self._wait.clear()
        items = [self._item(pulse, now, None) for pulse in waiting]
        await self._runner.run_all(items, now=now, at_once=AT_ONCE)

    async def _before(self, pulses: Sequence[Pulse], now: datetime) -> Sequence[BeforeOpening | None]:
        """What there is of each; of none where a row cannot be read, so that each is looked at alone."""
        try:
            return await self._store.openings.before(pulses, since=since(now, self._counting.weeks))
        except UNREADABLE:
            return [None] * len(pulses)

    def _item(self, pulse: Pulse, now: datetime, before: BeforeOpening | None) -> Item:
        async def run() -> None:
            k, weeks = self._counting
            late = await open_one(
                self._store, self._directory, pulse, now=now, min_group=k, weeks=weeks, before=before
            )
            if late is not None:
                self._late(late.total_seconds())

        return Item(
            name=_name(pulse),
            run=run,
            tell=partial(
                tell_failing,
                self._store,
                pulse,
                key=f"ask/{pulse.id}/{pulse.next_at:%Y-%m-%dT%H:%M}",
                what="could not be asked",
            ),
        )


def _batches(pulses: Sequence[Pulse]) -> Iterator[Sequence[Pulse]]:
    for begin in range(0, len(pulses), AT_ONCE):
        yield pulses[begin : begin + AT_ONCE]


def _name(pulse: Pulse) -> str:
    return f"asking pulse {pulse.id} of team {pulse.team_id}"


async def open_one(
    store: Store,
    directory: Directory,
    pulse: Pulse,
    *,
    now: datetime,
    min_group: int = SMALLEST_PROMISE,
    weeks: int = WEEKS,
    before: BeforeOpening | None = None,
) -> timedelta | None:
    """Open the wave of a scheduled pulse that is due, and close an older one that is still open.

    Gives how late it was opened; None where none was.

    Where the same people were just asked with names what is asked here without, or the other way round,
    nothing is asked this time, and its lead is told why. Only then is Slack asked who is in the channels.
    `before` is what was read of the pulse a moment ago.
    """
    if pulse.cadence is None or pulse.next_at is None:
        return None
    plan = agenda(
        pulse.id,
        pulse.team_id,
        pulse.cadence,
        pulse.zone,
        next_at=pulse.next_at,
        now=now,
        max_late=PULSE_MAX_LATE,
    )
    if plan.due is None:
        await _skip(store, pulse, plan.skipped, plan.next_at)
        return None
    if before is None:
        (before,) = await store.openings.before([pulse], since=since(now, weeks))
    looked_at = LookedAt(since(now, weeks), frozenset())
    if before.others:
        planned = Planned.of_pulse(pulse, day=now.astimezone(UTC).date())
        with answer_begun():  # a Slack that hangs holds up the questions that come after only so long
            first, looked_at = await asked_otherwise(store, directory, planned, now=now, weeks=weeks)
        if first:
            missed = replace(plan.due, state=OccasionState.SKIPPED, reason=NAMES_TOO_CLOSE)
            await _skip(store, pulse, (*plan.skipped, missed), plan.next_at)
            await tell_names_too_close(store, pulse, key=f"{pulse.id}/{plan.due.local}", first=first)
            return None
    for wave in before.still_open:
        if wave.opened_at < plan.due.due_at:  # not what a replica has just opened
            await store.waves.close(wave.team_id, wave.id, at=now)
    try:
        opened = await open_wave(
            store,
            pulse,
            now=now,
            occasion=plan.due,
            skipped=plan.skipped,
            next_at=plan.next_at,
            min_group=min_group,
            looked_at=looked_at,
            asked=before.question_ids,
        )
    except AskedMeanwhile:  # by somebody else, at this very moment: the next tick looks again
        return None
    if opened is None:  # this local time was kept before: on to the next, unless the pulse was changed
        await _skip(store, pulse, (*plan.skipped, plan.due), plan.next_at)
        return None
    return now - plan.due.due_at


async def _skip(store: Store, pulse: Pulse, occasions: Sequence[Occasion], next_at: datetime | None) -> None:
    await store.ledger.skip(occasions=occasions, owner="pulse", seen=pulse.next_at, next_at=next_at)


async def open_wave(
    store: Store,
    pulse: Pulse,
    *,
    now: datetime,
    until: datetime | None = None,
    occasion: Occasion | None = None,
    skipped: Sequence[Occasion] = (),
    next_at: datetime | None = None,
    min_group: int = SMALLEST_PROMISE,
    looked_at: LookedAt | None = None,
    asked: Collection[str] = (),
) -> Wave | None:
    """Open a wave, its post in the outbox; None when another replica has this occasion.

    None also when a scheduled pulse was changed or paused since it was read. It closes at `until`, else as
    its pulse says. Where the pulse asks another question than those that it has `asked`, by their ids, since
    it was re-worded, they end. Raises AskedMeanwhile as `Waves.open` does.

    Slack is asked nothing: how many people it reaches is found out later, by `count_invited`.
    """
    instrument = INSTRUMENTS[pulse.instrument]
    pulse = replace(pulse, subject=pulse.about)
    wave = await store.waves.open(
        pulse=pulse,
        question=question_text(instrument, pulse.subject),
        ui_version=UI_VERSION,
        opened_at=now,
        closes_at=until or await _closes(store, pulse, now, next_at),
        occasion=occasion,
        skipped=skipped,
        next_at=next_at,
        min_group=min_group,
        looked_at=looked_at,
    )
    if wave is not None and set(asked) - {wave.question_id}:
        await store.ended_questions.end_reworded(wave.team_id, pulse.id, question_id=wave.question_id, at=now)
    return wave


async def _closes(store: Store, pulse: Pulse, now: datetime, next_at: datetime | None) -> datetime:
    """Until when a wave is open: at most until it is asked again; where nobody said it, before that."""
    if pulse.open_for:
        said = later(now, pulse.open_for, pulse.zone)
        return min(said, next_at) if next_at else said
    return await close_of(
        store,
        team_id=pulse.team_id,
        channel_id=pulse.channel_id,
        product_id=pulse.product.id,
        lens=pulse.lens,
        zone=pulse.zone,
        now=now,
        next_at=next_at,
    )
