"""Makes pulses and opens their waves, where asker and bot may."""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from jobs import cadence
from jobs.instruments import INSTRUMENTS
from jobs.messages.lead.ask_draft import AskDraft
from jobs.messages.wording import why_not
from jobs.permissions.known_names import confirmed_product, known_product
from jobs.permissions.may_post import may_post
from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from jobs.pulses.before_asking import cautions, meets_of, require_apart
from jobs.pulses.earlier_askings import plan
from jobs.pulses.meet_digest import Meeting
from jobs.pulses.open_waves import open_wave
from jobs.pulses.second_yes import StillOpen, require_countable, require_use, tires
from jobs.slack.directory import Directory
from storage.pulses.askings import AskedMeanwhile, LookedAt
from storage.records import Occasion, OccasionState, Pulse, Wave
from storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The pulse that was made, and the wave that was opened.

    `wave` is None for a schedule, and when the same request has opened it before. `notes` are sentences that
    were true before asking. `meets` is the edition that will have the results; None where no digest reads it,
    and for a schedule.
    """

    pulse: Pulse
    wave: Wave | None
    notes: list[str]
    meets: Meeting | None = None


async def ask(
    store: Store,
    directory: Directory,
    draft: AskDraft,
    requester: Requester,
    *,
    min_group: int,
    weeks: int,
    request_id: str,
    advise: Callable[[str], Awaitable[None]] | None = None,
) -> Asked:
    """Make the pulse of a draft; without a cadence its only wave opens at once.

    `request_id` is Slack's id of what was typed or sent: however often it comes, there is one pulse and one
    wave. `min_group` and `weeks` are the settings. `advise` tells a sentence of advice before anything is
    asked; without it the lead has read all notes before.

    Raises Refused where asker or bot may not post, where nothing could be shown, and where the same people
    were just asked with names what is asked here without, or the other way round; of these NewName for a
    product that is not known, StillOpen, and TooSoon for what could not be counted yet.
    """
    await may_post(directory, requester, draft.channel_id)
    pulse_id = _pulse_id(requester, request_id)
    checked = await _checked(
        store, directory, draft, requester, min_group=min_group, weeks=weeks, pulse_id=pulse_id
    )
    draft = checked or draft
    looked_at = await require_apart(store, directory, draft, requester, weeks=weeks)
    notes = []
    if advise:
        notes = await cautions(store, directory, draft, requester, min_group=min_group, weeks=weeks)
        advice = await tires(store, directory, draft, requester, asked=pulse_id) if checked else None
        if advice:
            await advise(advice)
    pulse = await _make(store, directory, draft, requester, min_group=min_group, pulse_id=pulse_id)
    if pulse.cadence:
        return Asked(pulse=pulse, wave=None, notes=notes)
    while True:
        try:
            wave = await open_wave(
                store,
                pulse,
                now=requester.now,
                until=draft.until,
                occasion=_only(pulse),
                looked_at=looked_at,
            )
        except AskedMeanwhile:  # by somebody else, at this very moment
            looked_at = await _look_again(store, directory, draft, requester, pulse, weeks=weeks)
        else:
            meets = None
            if wave:
                planned = await plan(store, draft, requester)
                closes = wave.closes_at
                meets = await meets_of(store, directory, requester, planned, closes=closes, weeks=weeks)
            return Asked(pulse=pulse, wave=wave, notes=notes, meets=meets)


async def _checked(
    store: Store,
    directory: Directory,
    draft: AskDraft,
    requester: Requester,
    *,
    min_group: int,
    weeks: int,
    pulse_id: str,
) -> AskDraft | None:
    """The draft with its product's name as the workspace writes it, once nothing speaks against it.

    None where this request has been asked already, perhaps by another button a moment ago.
    """
    if await store.pulses.find(requester.team_id, pulse_id):
        return None
    if not draft.new_name:
        known = await known_product(store, directory, requester, draft.product)
        draft = replace(draft, product=known.name)
    if draft.until is not None and draft.until <= requester.now:
        raise Refused(why_not.over_by_now(draft.until, draft.zone))
    try:
        await require_use(store, directory, draft, requester, min_group=min_group)
    except StillOpen as still:
        if still.wave.pulse.id == pulse_id:
            return None
        raise
    await require_countable(store, draft, requester, weeks=weeks)
    return draft


async def _look_again(
    store: Store, directory: Directory, draft: AskDraft, requester: Requester, pulse: Pulse, *, weeks: int
) -> LookedAt:
    """What `require_apart` gives now; where it refuses, the pulse that was made is none any more."""
    try:
        return await require_apart(store, directory, draft, requester, weeks=weeks)
    except Refused:
        await store.pulses.discard(pulse.team_id, pulse.id)
        raise


async def _make(
    store: Store,
    directory: Directory,
    draft: AskDraft,
    requester: Requester,
    *,
    min_group: int,
    pulse_id: str,
) -> Pulse:
    team_id, user_id, now = requester.team_id, requester.user_id, requester.now
    if there := await store.pulses.find(team_id, pulse_id):  # and no product is made of another button's name
        return there
    instrument = INSTRUMENTS[draft.instrument]
    rule = cadence.read(draft.cadence) if draft.cadence else None
    product = await store.products.find(team_id, draft.product)
    if product is None:  # its name was confirmed, or `_checked` has refused it
        product = await confirmed_product(store, requester.team_id, draft.product)
    return await store.pulses.create(
        team_id=team_id,
        product=product,
        instrument=instrument.key,
        lens=draft.lens or instrument.lens,
        subject=product.name if product.is_called(draft.words) else draft.subject,
        channel_id=draft.channel_id,
        named=draft.named,
        min_group=min_group,
        open_for=draft.open_for,
        cadence=str(rule) if rule else None,
        zone=draft.zone,
        next_at=cadence.next_after(rule, draft.zone, now).at if rule else None,
        leads=(user_id,),
        asked_by=(await directory.person(team_id, user_id)).name,
        created_at=now,
        pulse_id=pulse_id,
    )


def _pulse_id(requester: Requester, request_id: str) -> str:
    """The id of what one request makes, the same however often it comes."""
    words = f"{requester.team_id}/{requester.user_id}/{request_id}"
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def _only(pulse: Pulse) -> Occasion:
    """The one occasion of a pulse without a schedule, the same however often it is requested."""
    local = pulse.created_at.astimezone(ZoneInfo(pulse.zone)).strftime("%Y-%m-%dT%H:%M")
    return Occasion(
        team_id=pulse.team_id,
        owner_id=pulse.id,
        local=local,
        due_at=pulse.created_at,
        state=OccasionState.DONE,
    )
