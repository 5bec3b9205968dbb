"""What a lead should know before asking."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from jobs.messages.lead import asking_notes
from jobs.messages.lead.ask_draft import AskDraft
from jobs.messages.wording import why_not
from jobs.permissions.may_post import may_post
from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from jobs.pulses.earlier_askings import (
    WEEKS,
    Planned,
    asked_otherwise,
    counted_until,
    first_time,
    how_many_asked,
    plan,
)
from jobs.pulses.meet_digest import Meeting, closes_of, meeting
from jobs.pulses.second_yes import open_here, require_use, small_channel, soon, tires
from jobs.slack.directory import Directory, SlackUnavailable
from storage.pulses.askings import LookedAt
from storage.store import Store

SMALL_CHANNEL = 15  # people


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeAsking:
    """What Slack and the store know of a question before it is asked.

    `asked_by` is the lead's name, `people` is how many can see it, None when Slack does not tell; `shared`
    says that other companies are in the channel; `first` is how many it had when what waits of this question
    was asked first, None where none does; `notes` are sentences of caution, `small` is that of a small
    channel. `closes` is until when it is open, the first time, and `meets` the edition that will have the
    results.
    """

    asked_by: str
    people: int | None
    first: int | None
    shared: bool
    notes: list[str]
    closes: datetime
    meets: Meeting | None
    small: str = ""


async def look_ahead(
    store: Store,
    directory: Directory,
    draft: AskDraft,
    requester: Requester,
    *,
    min_group: int,
    weeks: int = WEEKS,
) -> BeforeAsking:
    """What a lead should see before asking; raises Refused where it cannot be asked.

    `min_group` and `weeks` are the settings: the smallest group, and the weeks between two counts.
    """
    await may_post(directory, requester, draft.channel_id)
    await require_use(store, directory, draft, requester, min_group=min_group)
    await require_apart(store, directory, draft, requester, weeks=weeks)
    team_id, channel_id = requester.team_id, draft.channel_id
    channel = await directory.channel(team_id, channel_id)
    planned, first = await plan(store, draft, requester), first_time(draft, requester)
    closes = await closes_of(store, draft, planned, first)
    notes = await cautions(store, directory, draft, requester, min_group=min_group, weeks=weeks)
    people = await directory.people(team_id, channel_id)
    had = await store.askings.first_size(planned.question)
    small = ""
    if people is not None and people < SMALL_CHANNEL:
        small = small_channel(draft, people, first=had, min_group=min_group)
    notes = [note for note in notes if note != small]
    return BeforeAsking(
        asked_by=(await directory.person(team_id, requester.user_id)).name,
        people=people,
        small=small,
        first=had,
        shared=bool(channel and channel.shared),
        notes=[*filter(None, [await tires(store, directory, draft, requester)]), *notes],
        closes=closes,
        meets=await meets_of(store, directory, requester, planned, closes=closes, weeks=weeks),
    )


async def meets_of(
    store: Store,
    directory: Directory,
    requester: Requester,
    planned: Planned,
    *,
    closes: datetime,
    weeks: int,
) -> Meeting | None:
    """The edition that will have the results of a question, by its close and by when it may be counted."""
    counted = await counted_until(store, replace(planned, day=closes.astimezone(UTC).date()), weeks=weeks)
    return await meeting(
        store,
        directory,
        requester,
        channel_id=planned.channel_id,
        product_id=planned.product_id,
        lens=planned.lens,
        closes=closes,
        counts_from=counted[1] if counted else None,
    )


async def require_apart(
    store: Store, directory: Directory, draft: AskDraft, requester: Requester, *, weeks: int = WEEKS
) -> LookedAt:
    """Raise Refused where the same people were just asked about the same product and side otherwise.

    Otherwise means with names where this question has none, and the other way round. Gives what was looked
    at, for the write that asks to see whether there is more by then.
    """
    planned = await plan(store, draft, requester)
    first, looked_at = await asked_otherwise(store, directory, planned, now=requester.now, weeks=weeks)
    if first:
        raise Refused(why_not.names_too_close(draft.product, first, named=draft.named))
    return looked_at


async def cautions(
    store: Store,
    directory: Directory,
    draft: AskDraft,
    requester: Requester,
    *,
    min_group: int,
    weeks: int = WEEKS,
) -> list[str]:
    """What is said before asking and not refused.

    That it is still open here, for a schedule; that the channel is small; and whose answers would not count
    at once.
    """
    said = [asking_notes.still_open(wave) for wave in (await open_here(store, draft, requester))[:1]]
    people = await soon(directory.people(requester.team_id, draft.channel_id))
    if people is not None and people < SMALL_CHANNEL:
        first = await store.askings.first_size((await plan(store, draft, requester)).question)
        said.append(small_channel(draft, people, first=first, min_group=min_group))
    return said if draft.named else [*said, *await _counted(store, directory, draft, requester, weeks)]


async def _counted(
    store: Store, directory: Directory, draft: AskDraft, requester: Requester, weeks: int
) -> list[str]:
    """Whose answers would not count at once: everybody's, those of so many, perhaps some others'."""
    said = []
    planned = await plan(store, draft, requester)
    if days := await counted_until(store, planned, weeks=weeks):
        said.append(asking_notes.counted_lately(*days))
    asked = await soon(_how_many(store, directory, planned, requester, weeks))
    if asked:
        said.append(asking_notes.asked_the_same(asked[0], weeks))
    return [*said, asking_notes.asked_elsewhere()]


async def _how_many(
    store: Store, directory: Directory, planned: Planned, requester: Requester, weeks: int
) -> tuple[int | None] | None:
    """How many were asked the same; None where nobody was, or Slack does not tell who is where."""
    try:
        found = await how_many_asked(
            store, directory, planned, asker_id=requester.user_id, now=requester.now, weeks=weeks
        )
    except SlackUnavailable:
        return None
    return None if found == 0 else (found,)
