"""Telling the owner of a pulse or digest what went wrong and what to do, once, in private."""

import asyncio
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from jobs.messages.edition import share_view
from jobs.messages.layout import ids
from jobs.messages.layout.blocks import actions, button, message, section
from jobs.messages.lead import owner_notices
from jobs.messages.wording import why_not
from jobs.messages.wording.voice import spoken
from jobs.slack.call_outcome import CallOutcome, FailedCall
from storage.records import ADMINS, Digest, Post, PostKind, Pulse, Share, Wave
from storage.store import Store

Owned = Pulse | Digest
DELETED = "message_not_found"
"""Slack's word for a message that somebody has deleted; its others say that it may not be changed."""

MOST_IN_ID = 255  # characters of a block_id
UNREAD_AFTER = 6  # editions without a click on any of their buttons
UNREAD = "unread"
"""How the key begins of the question whether a digest is of use."""

Awaited = dict[tuple[str, str], asyncio.Event]
"""The messages that somebody in this process waits for, by team and key; each is set after a try."""

HELD = timedelta(seconds=5)
"""How long their notices are held back: whoever waits tells it first."""

NO_DIGEST = "no_digest"
"""How the key begins of what is said in place of a digest about which nothing was ever asked."""


async def tell_unread(store: Store, digest: Digest) -> None:
    """Ask its lead, once, whether a digest is of use."""
    text = owner_notices.unread(digest, UNREAD_AFTER)
    await _tell(store, digest, key=f"{UNREAD}/{digest.id}", text=text)


def notice(post: Post) -> dict[str, Any]:
    """A notice as a message, with the buttons that its kind has."""
    text, (kind, _, which) = post.text or "", post.key.partition("/")
    buttons = {
        NO_DIGEST: {"Ask a channel": ids.ASK},
        UNREAD: dict(zip(("Yes", "Monthly", "Stop"), ids.WISHES, strict=True)),
    }.get(kind)
    if not buttons:
        return {"text": text}
    said = f"{'Button' if len(buttons) == 1 else 'Buttons'}: {', '.join(buttons)}."
    row = [button(label, action_id, value=which) for label, action_id in buttons.items()]
    return message(f"{spoken(text)} {said}", section(text), actions(post.key[:MOST_IN_ID], *row))


async def owner_of(store: Store, post: Post) -> Owned | None:
    """The pulse or digest that a message belongs to; None for a notice."""
    if post.kind is PostKind.WAVE:
        wave = await store.waves.get(post.team_id, post.ref)
        return wave.pulse if wave else None
    if post.kind is PostKind.EDITION:
        edition = await store.editions.get(post.team_id, post.ref)
        return await store.digests.get(post.team_id, edition.digest_id) if edition else None
    return None


def told_at(awaited: Awaited, post: Post, now: datetime) -> datetime | None:
    """When the owner of a message is told of it; None, which is at once, where nobody waits for it."""
    return now + HELD if (post.team_id, post.key) in awaited else None


def notice_keys(post: Post) -> list[str]:
    """The keys that a notice has which says why a message is not there, or perhaps not."""
    return [f"failed/{post.key}", f"unknown/{post.key}", f"share/{post.key}"]


async def tell_unknown(store: Store, post: Post, *, not_before: datetime | None = None) -> None:
    """Say that Slack's answer was lost: the message may or may not be there, and is not sent again."""
    if post.kind is PostKind.SHARE:
        await _tell_sharer(store, post, owner_notices.share_uncertain, not_before)
        return
    owned = await owner_of(store, post)
    if owned and not post.part:
        text = owner_notices.uncertain(owned)
        await _tell(store, owned, key=f"unknown/{post.key}", text=text, urgent=True, not_before=not_before)


async def held_back(store: Store, post: Post, *, now: datetime, not_before: datetime | None = None) -> bool:
    """Whether a message that nobody has seen is not sent: shared results of a question that is open again.

    A result would lead those who still answer. Whoever shared them reads so; they can be shared again.
    """
    share = await store.shares.get(post.team_id, post.ref) if post.kind is PostKind.SHARE else None
    wave = await store.shares.still_open(share, at=now) if share else None
    if wave is None:
        return False
    await store.shares.give_up(post.team_id, post.ref, at=now)
    await _tell_sharer(store, post, lambda _: share_view.still_open(wave), not_before)
    return True


async def stop_and_tell(
    store: Store, post: Post, failed: FailedCall, *, now: datetime, not_before: datetime | None = None
) -> None:
    """Pause what Slack refuses until a person does something, and say what that is, not before a moment.

    A question that nobody has seen is taken down. Of a digest that stands without its replies, only that is
    said, once. Shared results that nobody has seen can be shared again.
    """
    if post.kind is PostKind.SHARE:
        if post.slack_ts is None:
            await store.shares.give_up(post.team_id, post.ref, at=now)
        say = partial(owner_notices.share_refused, error=failed.error)
        await _tell_sharer(store, post, say, not_before)
        return
    owned = await owner_of(store, post)
    if owned is None:
        return
    posted = post.slack_ts is not None or post.part > 0
    if not posted and post.kind is PostKind.WAVE:
        await store.erasure.take_down(post.team_id, post.ref, at=now)
    if failed.outcome is CallOutcome.REFUSED and not posted:
        if isinstance(owned, Pulse):
            await store.pulses.pause(owned.team_id, owned.id, reason=failed.error)
        else:
            await store.digests.pause(owned.team_id, owned.id, reason=failed.error)
    key = f"failed/{post.ref}/thread" if post.part else f"failed/{post.key}"
    if failed.outcome is CallOutcome.OURS:
        text = owner_notices.broken(owned, posted=posted)
    else:
        text = owner_notices.refused(owned, failed.error, posted=posted)
    await _tell(store, owned, key=key, text=text, urgent=True, not_before=not_before)


async def let_go(store: Store, post: Post, failed: FailedCall, *, now: datetime) -> None:
    """Renew a message no more that is not there any more.

    A question that somebody has deleted in Slack is closed, since nobody can answer it, and its lead reads
    so, once. Its answers count as those of any closed question.
    """
    wave = await store.waves.get(post.team_id, post.ref) if post.kind is PostKind.WAVE else None
    by_hand = failed.error == DELETED and not post.delete
    if by_hand and wave and not wave.taken_down and wave.round_id is None:
        await store.waves.close(wave.team_id, wave.id, at=now)
        text = owner_notices.deleted_by_hand(wave.pulse)
        await _tell(store, wave.pulse, key=f"deleted/{wave.id}", text=text)
    await store.outbox.deleted(post)


async def tell_waiting(
    store: Store, pulse: Pulse, *, wave_id: str, answers: int, waves: int, need: int
) -> None:
    """Say that a pulse has waited for a group of `need`, with the count and what would help."""
    again = pulse.next_at.astimezone(ZoneInfo(pulse.zone)).date() if pulse.next_at else None
    await _tell(
        store,
        pulse,
        key=f"waiting/{wave_id}",
        text=owner_notices.waiting(pulse, answers=answers, waves=waves, need=need, again=again),
    )


async def tell_names_too_close(store: Store, pulse: Pulse, *, key: str, first: date) -> None:
    """Say that a schedule has skipped a question, since its people were just asked with or without names."""
    text = owner_notices.names_too_close(pulse, first)
    await _tell(store, pulse, key=f"names/{key}", text=text)


async def tell_expired(store: Store, wave: Wave, *, weeks: int) -> None:
    """Say, once for this wave, that its answers have waited too long and are erased."""
    await _tell(store, wave.pulse, key=f"expired/{wave.id}", text=owner_notices.expired(wave, weeks))


async def tell_nothing_asked(store: Store, digest: Digest) -> None:
    """Say, once for a digest as it was set up, that nothing was ever asked about it, so nothing is posted."""
    key = f"{NO_DIGEST}/{digest.id}/{digest.created_at:%Y-%m-%dT%H:%M}"
    await _tell(store, digest, key=key, text=owner_notices.nothing_asked(digest))


async def tell_sources_unreadable(store: Store, digest: Digest) -> None:
    """Say, once, that nobody knows any more which channels a digest reads, and what to do."""
    text = why_not.sources_unreadable(digest)
    await _tell(store, digest, key=f"sources/{digest.id}", text=text, urgent=True)


async def tell_lost_zones(store: Store) -> None:
    """Say, once for each schedule, that its zone does not exist any more and by which one it goes."""
    lost: list[tuple[Pulse, str] | tuple[Digest, str]] = [*await store.pulses.in_lost_zones()]
    for owned, zone in [*lost, *await store.digests.in_lost_zones()]:
        text = owner_notices.zone_lost(owned, zone)
        await _tell(store, owned, key=f"zone/{owned.id}/{zone}"[:MOST_IN_ID], text=text)


async def tell_lost(
    store: Store, digest: Digest, *, channel_id: str, edition_id: str, removed: bool = True
) -> None:
    """Say that a digest misses a channel, as this edition says: Bifocal was removed, or no lead is there."""
    say = owner_notices.channel_lost if removed else owner_notices.channel_left
    text = say(digest, channel_id)
    await _tell(store, digest, key=f"lost/{edition_id}/{channel_id}", text=text, urgent=True)


async def tell_failing(store: Store, owned: Owned, *, key: str, what: str) -> None:
    """Say, once for this `key`, that something about a pulse or digest fails and is tried again."""
    text = owner_notices.failing(owned, what)
    await _tell(store, owned, key=f"failing/{key}", text=text, urgent=True)


async def tell_unlabelled(store: Store, wave: Wave) -> None:
    """Say, once for this wave, that comments on it cannot be classified."""
    await _tell(store, wave.pulse, key=f"failing/label/{wave.id}", text=owner_notices.unlabelled(wave.pulse))


async def _tell_sharer(
    store: Store, post: Post, say: Callable[[Share], str], not_before: datetime | None
) -> None:
    share = await store.shares.get(post.team_id, post.ref)
    if share is not None:
        await store.outbox.notice(
            team_id=share.team_id,
            key=f"share/{post.key}",
            user_id=share.shared_by,
            text=say(share),
            not_before=not_before,
        )


async def _tell(
    store: Store,
    owned: Owned,
    *,
    key: str,
    text: str,
    urgent: bool = False,
    not_before: datetime | None = None,
) -> None:
    """Tell its leads, one after the other until one is reached; what is `urgent`, then an admin."""
    readers = [*owned.leads, *([ADMINS] if urgent else [])]
    if readers:
        first, *others = readers
        await store.outbox.notice(
            team_id=owned.team_id, key=key, user_id=first, text=text, others=others, not_before=not_before
        )
