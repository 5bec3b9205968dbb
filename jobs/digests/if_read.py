"""What a lead answers who was asked whether a digest is read: it goes on, comes monthly, or stops."""

from datetime import datetime, time
from enum import StrEnum
from functools import partial
from zoneinfo import ZoneInfo

from jobs import cadence
from jobs.digests.find_digest import name_sources
from jobs.messages.layout.blocks import Message
from jobs.messages.layout.sentence import sentence
from jobs.messages.lead import digest_status, owner_notices
from jobs.messages.wording import why_not
from jobs.permissions.leads import is_lead
from jobs.permissions.may_post import require_full_member
from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from jobs.slack.directory import Directory
from storage.records import Digest, DigestSettings
from storage.store import Store

EVERY = 4  # weeks


class Wish(StrEnum):
    """What shall become of a digest."""

    YES = "yes"
    MONTHLY = "monthly"
    STOP = "stop"


async def obey(
    store: Store, directory: Directory, requester: Requester, digest_id: str, wish: Wish
) -> Message:
    """Do what its lead wants with a digest, and say so; raises Refused for others, and where it has ended."""
    digest = await store.digests.get(requester.team_id, digest_id)
    if digest is None:
        raise Refused(why_not.no_digest())
    await require_full_member(directory, requester.team_id, requester.user_id)
    if not await is_lead(directory, digest, requester.user_id):
        raise Refused(why_not.not_a_lead_of_digest(digest, "change"))
    if wish is Wish.STOP:
        await store.digests.remove(digest.team_id, digest.id)
        names = await name_sources(directory, requester, digest)
        return digest_status.ended(digest, names)
    await store.digests.clicked(digest.team_id, digest.id)
    if wish is Wish.MONTHLY and not _is_rare(digest):
        digest = await _monthly(store, requester, digest)
    return sentence(owner_notices.goes_on(digest))


async def _monthly(store: Store, requester: Requester, digest: Digest) -> Digest:
    return await store.digests.configure(
        team_id=digest.team_id,
        product=digest.product,
        channel_id=digest.channel_id,
        lead=requester.user_id,
        as_admin=True,
        begin=DigestSettings(sources=digest.sources, cadence=digest.cadence, zone=digest.zone),
        cadence=str(_once_a_month(digest, requester.now)),
        min_group=digest.min_group,
        next_at=partial(_next, now=requester.now),
        now=requester.now,
    )


def _is_rare(digest: Digest) -> bool:
    """Whether a digest is posted once a month by now, or less: a second press moves nothing."""
    rule = cadence.read(digest.cadence)
    if isinstance(rule, cadence.EveryFewWeeks):
        return rule.weeks >= EVERY
    return isinstance(rule, cadence.Monthly | cadence.Quarterly)


def _once_a_month(digest: Digest, now: datetime) -> cadence.Cadence:
    """A rule of weeks every fourth week from its next time on, any other on the first of the month."""
    rule = cadence.read(digest.cadence)
    if isinstance(rule, cadence.Weekly | cadence.EveryFewWeeks):
        start = cadence.next_after(rule, digest.zone, now).at.astimezone(ZoneInfo(digest.zone)).date()
        return cadence.EveryFewWeeks(rule.weekday, rule.at, start, weeks=EVERY)
    return cadence.Monthly(1, time(9))


def _next(rule: str, zone: str, *, now: datetime) -> datetime:
    return cadence.next_after(cadence.read(rule), zone, now).at
