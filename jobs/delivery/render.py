"""A message of the outbox as it should look now, from what is stored."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from jobs.contrast import Contrast, OpenQuestion, from_json
from jobs.messages.report import digest_post
from jobs.messages.report.thread import thread
from jobs.messages.respondent import question
from storage.records import Digest, Edition, Post, PostKind, Wave
from storage.store import Store

WEEK = timedelta(days=7)


async def render(store: Store, post: Post, *, now: datetime) -> dict[str, Any] | None:
    """The message's `text` and `blocks` at this moment; None when what it shows is gone."""
    if post.kind is PostKind.NOTICE:
        return {"text": post.text or ""}
    if post.kind is PostKind.WAVE:
        wave = await store.waves.get(post.team_id, post.ref)
        return None if wave is None else await _wave(store, wave)
    edition = await store.editions.get(post.team_id, post.ref)
    digest = await store.digests.get(post.team_id, edition.digest_id) if edition else None
    zone = digest.zone if digest else None
    return None if edition is None else _edition(edition, post, now=now, zone=zone)


async def _wave(store: Store, wave: Wave) -> dict[str, Any]:
    if wave.closed_at is None:
        return question.question(wave, answered=wave.answered, added=await _new_readers(store, wave))
    return question.closed(wave, answered=wave.answered, results=await _results(store, wave))


async def _new_readers(store: Store, wave: Wave) -> list[str]:
    """The channels whose digests began to read this pulse after its last question was asked."""
    earlier = await store.waves.opened_before(wave)
    if earlier is None:
        return []
    return [
        digest.channel_id
        for digest in await store.digests.reading(wave.team_id, wave.pulse.channel_id)
        if digest.product.id == wave.pulse.product.id and earlier < digest.created_at <= wave.opened_at
    ]


async def _results(store: Store, wave: Wave) -> str | None:
    """Where the results will be read: only in a digest of this very channel, and only if there is a group."""
    if wave.answered < wave.pulse.min_group or wave.closed_at is None:
        return None
    for digest in await store.digests.in_channel(wave.team_id, wave.pulse.channel_id):
        if digest.product.id == wave.pulse.product.id and not digest.paused and digest.next_at:
            return _name(digest, digest.next_at, since=wave.closed_at)
    return None


def _name(digest: Digest, at: datetime, *, since: datetime) -> str:
    local = at.astimezone(ZoneInfo(digest.zone))
    return f"{local:%A}'s digest" if at - since < WEEK else f"the digest of {local.day} {local:%b}"


def _edition(edition: Edition, post: Post, *, now: datetime, zone: str | None) -> dict[str, Any] | None:
    if not edition.full:
        return _nothing_new(edition)
    contrast = shown(edition)
    if post.part:
        replies = thread(contrast)
        return replies[post.part - 1] if post.part <= len(replies) else None
    return digest_post.edition(contrast, edition_id=edition.id, link=_link(now), zone=zone)


def _nothing_new(edition: Edition) -> dict[str, Any]:
    on, link = edition.figures.get("figures_on"), edition.figures.get("link")
    zone = ZoneInfo(str(edition.figures.get("zone") or "UTC"))
    return digest_post.nothing_new(
        str(edition.figures["product"]),
        link=str(link) if link else None,
        figures_on=datetime.fromisoformat(str(on)).astimezone(zone).date() if on else None,
    )


def shown(edition: Edition) -> Contrast:
    """The contrast of an edition, with the quotation as it may be shown now (an erased one is gone)."""
    return from_json(edition.figures, [quote for quote in edition.quotes if quote.text])


def _link(now: datetime) -> Callable[[OpenQuestion], str | None]:
    return lambda question: question.link if question.closes_at > now else None
