"""Which digest a question meets: until when it is open by itself, and which edition will have it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from jobs.cadence import later, next_after, read
from jobs.cadence.default_close import COUNTED_AFTER, Rhythm, closes_at, closes_before, first_edition
from jobs.messages.lead.ask_draft import AskDraft
from jobs.permissions.requester import Requester
from jobs.pulses.earlier_askings import Planned
from jobs.slack.directory import Directory, SlackUnavailable
from storage.records import Digest, Lens
from storage.store import Store

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """The edition that will have the results of a question.

    `channel_id` is None where the asker may not know the channel; `on` is the day on the digest's clock.
    """

    channel_id: str | None
    on: date


async def close_of(
    store: Store,
    *,
    team_id: str,
    channel_id: str,
    product_id: str,
    lens: Lens | None,
    zone: str,
    now: datetime,
    next_at: datetime | None = None,
) -> datetime:
    """Until when a question that is asked now is open, where nobody has said it; `zone` is the asker's.

    That is always before it is asked again, at `next_at`. `lens` is None where its side is not known yet.
    """
    digests = await _reading(store, team_id, channel_id, product_id, lens)
    found = closes_at([_rhythm(digest) for digest in digests], now=now, zone=zone)
    if next_at and found + COUNTED_AFTER > next_at:
        return closes_before(next_at, now=now, zone=zone)
    return found


async def foreseen_close(
    store: Store, requester: Requester, channel_id: str, product: str | None, *, rule: str | None, zone: str
) -> tuple[datetime, bool]:
    """Until when a question of this channel would be open that is asked now, or first by a `rule`.

    That is where nobody says it; and whether a digest reads it, as far as the product is known.
    """
    first, next_at = requester.now, None
    if rule:
        found = read(rule, start=first.astimezone(ZoneInfo(zone)).date())
        first = next_after(found, zone, first).at
        next_at = next_after(found, zone, first).at
    known = await store.products.find(requester.team_id, product) if product else None
    product_id = known.id if known else ""
    close = await close_of(
        store,
        team_id=requester.team_id,
        channel_id=channel_id,
        product_id=product_id,
        lens=None,
        zone=zone,
        now=first,
        next_at=next_at,
    )
    return close, bool(await _reading(store, requester.team_id, channel_id, product_id))


async def closes_of(store: Store, draft: AskDraft, planned: Planned, first: datetime) -> datetime:
    """Until when a question is open that is asked at `first`."""
    if draft.until:
        return draft.until
    next_at = next_after(read(draft.cadence), draft.zone, first).at if draft.cadence else None
    if draft.open_for:
        said = later(first, draft.open_for, draft.zone)
        return min(said, next_at) if next_at else said
    return await close_of(
        store,
        team_id=planned.team_id,
        channel_id=planned.channel_id,
        product_id=planned.product_id,
        lens=planned.lens,
        zone=draft.zone,
        now=first,
        next_at=next_at,
    )


async def meeting(
    store: Store,
    directory: Directory,
    requester: Requester,
    *,
    channel_id: str,
    product_id: str,
    lens: Lens,
    closes: datetime,
    counts_from: date | None = None,
) -> Meeting | None:
    """The first edition that has a question which closes then; None where no digest reads it.

    `counts_from` is the first day (UTC) on which its answers may be counted, None where that is at once.
    """
    digests = await _reading(store, requester.team_id, channel_id, product_id, lens)
    counted = closes + COUNTED_AFTER
    if counts_from:
        counted = max(counted, datetime.combine(counts_from, time(), UTC) + MINUTE)
    found = first_edition([_rhythm(digest) for digest in digests], counted)
    if found is None:
        return None
    place, at = found
    digest = digests[place]
    known = await _may_know(directory, requester, digest.channel_id)
    return Meeting(
        channel_id=digest.channel_id if known else None, on=at.astimezone(ZoneInfo(digest.zone)).date()
    )


async def _reading(
    store: Store, team_id: str, channel_id: str, product_id: str, lens: Lens | None = None
) -> list[Digest]:
    """The running digests that read a channel and a product."""
    found = await store.digests.reading(team_id, channel_id)
    return [digest for digest in found if digest.reads(product_id, lens)]


def _rhythm(digest: Digest) -> Rhythm:
    return Rhythm(digest.cadence, digest.zone)


async def _may_know(directory: Directory, requester: Requester, channel_id: str) -> bool:
    """Whether the asker may be told of a channel: a public one, or one that they are in."""
    try:
        channel = await directory.channel(requester.team_id, channel_id)
        if channel is not None and not channel.private:
            return True
        return requester.user_id in await directory.members(requester.team_id, channel_id)
    except SlackUnavailable:
        return False
