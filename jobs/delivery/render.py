"""A message of the outbox as it should look now, from what is stored."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Any, TypedDict, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy.exc import SQLAlchemyError

from jobs.contrast import Contrast, OpenQuestion, from_json
from jobs.contrast.outlook import outlook_from_json
from jobs.contrast.side import without_withdrawn
from jobs.delivery.tell_owner import notice
from jobs.delivery.where_results import results_of
from jobs.messages.edition.share_card import share_card, sides_of
from jobs.messages.layout.sentence import sentence
from jobs.messages.report import digest_post
from jobs.messages.report.quiet_post import quiet_post
from jobs.messages.report.small_print import late
from jobs.messages.report.thread import WITHDRAWN, thread
from jobs.messages.respondent import question
from jobs.messages.respondent.restore_words import AfterRestore
from jobs.privacy.look import CountSettings
from jobs.privacy.progress_rule import ClosedWait, closed_wait, ready_at
from jobs.privacy.repeat_rule import four_weeks_after
from jobs.scoring.counting_look import look_of
from jobs.slack.directory import Directory
from storage.records import Edition, Post, PostKind, Wave
from storage.store import Store

LOG = logging.getLogger(__name__)
REFUSED_BLOCKS = {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"}
Line = TypeVar("Line")


async def render(
    store: Store,
    post: Post,
    counting: CountSettings,
    *,
    now: datetime,
    directory: Directory | None = None,
) -> dict[str, Any] | None:
    """The message's `text` and `blocks` at this moment; None when what it shows is gone.

    Without a `directory` no channel is known to be public.
    """
    if post.kind is PostKind.NOTICE:
        return notice(post)
    if post.kind is PostKind.WAVE:
        found = await store.waves.to_show(post.team_id, post.ref)
        if found is None:
            return None
        wave, earlier = found
        if wave.closed_at:
            unseen = not wave.answered and not post.slack_ts  # nobody could have answered it
            return None if unseen else await _closed(store, directory, wave, counting, now)
        added = await _optional(_new_readers(store, wave, earlier), wave) if earlier else None
        restored = await _restored(store, wave, counting.weeks)
        return question.question(wave, answered=wave.answered, added=added or [], restored=restored)
    if post.kind is PostKind.SHARE:
        return await _share(store, post)
    edition = await store.editions.get(post.team_id, post.ref)
    digest = await store.digests.ever(post.team_id, edition.digest_id) if edition else None
    zone = digest.zone if digest else None
    return None if edition is None else await _edition(store, edition, post, now=now, zone=zone)


async def _share(store: Store, post: Post) -> dict[str, Any] | None:
    """The results of an edition as one of the channels that were asked sees them."""
    share = await store.shares.get(post.team_id, post.ref)
    edition = await store.editions.get(post.team_id, share.edition_id) if share else None
    if share is None or edition is None or share.removed_at:
        return None
    contrast = await told(store, edition)
    if not sides_of(contrast, share.channel_id):
        return sentence(WITHDRAWN) if post.slack_ts else None
    return share_card(
        contrast,
        channel_id=share.channel_id,
        share_id=share.id,
        name=share.name,
        next_step=share.next_step,
    )


async def _closed(
    store: Store, directory: Directory | None, wave: Wave, counting: CountSettings, now: datetime
) -> dict[str, Any]:
    if wave.taken_down:
        return question.closed(wave, answered=wave.answered, results=None)
    waits = await _waits(store, wave, counting, now) if wave.answered and wave.round_id is None else None
    results = None
    if wave.answered and not waits:
        results = await _optional(results_of(store, directory, wave, now=now), wave)
    return question.closed(wave, answered=wave.answered, results=results, waits=waits, weeks=counting.weeks)


async def _restored(store: Store, wave: Wave, weeks: int) -> AfterRestore | None:
    """What the first question that is asked in a channel after a restore says of it."""
    day = store.restores.restored_on
    if day is None or not await store.waves.is_first_since(wave, day):
        return None
    counts_from = four_weeks_after(day, weeks)
    is_over = counts_from <= wave.opened_at.astimezone(UTC).date()
    return AfterRestore(day, None if is_over else counts_from, store.restores.by_new_secret)


async def _waits(store: Store, wave: Wave, counting: CountSettings, now: datetime) -> ClosedWait | None:
    """What a closed question waits for, as the count itself would decide; None where it is counted."""
    at = max(now, ready_at(wave.closes_at))
    given = await store.rounds.waiting(wave.team_id, wave.question_id, at=at)
    return closed_wait(look_of(given, k=counting.k, weeks=counting.weeks)) if given else None


async def _optional(line: Awaitable[Line], wave: Wave) -> Line | None:
    """A line that the message can do without: None when a broken digest keeps it from being made.

    Raises SQLAlchemyError when the database fails, which passes: the message waits for it.
    """
    try:
        return await line
    except SQLAlchemyError:
        raise
    except Exception:  # a digest that is broken must not hold up a question
        LOG.exception("wave %s of team %s is shown without what its digests add", wave.id, wave.team_id)
        return None


async def _new_readers(store: Store, wave: Wave, earlier: datetime) -> list[str]:
    """The channels whose digests began to read this side after it was asked about `earlier` here."""
    return [
        digest.channel_id
        for digest in await store.digests.reading(wave.team_id, wave.pulse.channel_id)
        if digest.reads(wave.pulse.product.id, wave.pulse.lens)
        and earlier < digest.created_at <= wave.opened_at
    ]


async def told(store: Store, edition: Edition) -> Contrast:
    """What an edition shows, without what was withdrawn since, with its quotes as they may be shown now.

    Raises ValueError for figures of a shape that nobody knows.
    """
    rounds, blocks = (_ids(edition, name) for name in ("rounds", "blocks"))
    gone = await store.rounds.withdrawn(edition.team_id, rounds) if rounds else []
    cut_on = await store.listed_comments.withdrawn_sides(edition.team_id, blocks) if blocks else set()
    contrast = from_json(edition.figures, edition.quotes)
    return without_withdrawn(contrast, gone, cut_on) if gone or cut_on else contrast


def _ids(edition: Edition, name: str) -> list[str]:
    kept = edition.figures.get(name)
    return [str(one) for one in kept] if isinstance(kept, list) else []


async def _edition(
    store: Store, edition: Edition, post: Post, *, now: datetime, zone: str | None
) -> dict[str, Any] | None:
    if _is_old_line(edition):
        return line_of_older_version(edition, _notes_of(edition, zone))
    try:
        contrast = await told(store, edition)
    except ValueError:
        if post.part:  # its first message says so in the log
            return None
        raise
    if not post.part:
        return post_of(edition, contrast, now=now, zone=zone)
    replies = thread(contrast, history=edition.history, plain=post.error in REFUSED_BLOCKS)
    if post.part > len(replies):  # what it said was withdrawn
        return sentence(WITHDRAWN) if post.slack_ts else None
    return replies[post.part - 1]


def post_of(
    edition: Edition, contrast: Contrast, *, now: datetime, zone: str | None, pressable: bool = True
) -> dict[str, Any]:
    """The message of an edition that shows this contrast, without its thread.

    Unless it is `pressable`, without the buttons that need an edition that is kept.
    """
    notes = _notes_of(edition, zone)
    known: _Known = {"edition_id": edition.id, "link": _link(now), "zone": zone, "notes": notes}
    if not edition.full:
        return quiet_post(contrast, outlook_from_json(edition.figures["outlook"]), **known)
    asked = edition.figures.get("only_asked")
    only = str(asked) if asked else None
    buttons = digest_post.edition_buttons(contrast, edition_id=edition.id, asked=only) if pressable else ()
    return digest_post.edition(
        contrast, lost=_lost(edition), buttons=buttons, picture=edition.strips, **known
    )


def _notes_of(edition: Edition, zone: str | None) -> list[str]:
    return [*_notes(edition), *_late(edition, zone)]


def _is_old_line(edition: Edition) -> bool:
    return not edition.full and "outlook" not in edition.figures


def _lost(edition: Edition) -> list[str | None]:
    """The channels that the edition misses since the last one, None for one that its readers may not know."""
    kept = edition.figures.get("not_in_it")
    channels = kept if isinstance(kept, list) else []
    return [str(each["channel_id"]) if each["named"] else None for each in channels]


class _Known(TypedDict):
    """What every form of an edition is told."""

    edition_id: str
    link: Callable[[OpenQuestion], str | None]
    zone: str | None
    notes: list[str]


def line_of_older_version(edition: Edition, notes: Sequence[str] = ()) -> dict[str, Any]:
    """A line without news, as it was kept before it said what comes next."""
    on, link = edition.figures.get("figures_on"), edition.figures.get("link")
    zone = ZoneInfo(str(edition.figures.get("zone") or "UTC"))
    return digest_post.nothing_new(
        str(edition.figures["product"]),
        link=str(link) if link else None,
        figures_on=datetime.fromisoformat(str(on)).astimezone(zone).date() if on else None,
        notes=notes,
        withdrawn=bool(edition.figures.get("withdrawn")),
    )


def _late(edition: Edition, zone: str | None) -> list[str]:
    """That an edition was made late, where it was."""
    due_at = edition.figures.get("due_at")
    return [late(datetime.fromisoformat(str(due_at)), zone or "UTC")] if due_at else []


def _notes(edition: Edition) -> list[str]:
    """What the edition says of sources that it has not read."""
    notes = edition.figures.get("not_read")
    return [str(note) for note in notes] if isinstance(notes, list) else []


def _link(now: datetime) -> Callable[[OpenQuestion], str | None]:
    return lambda question: question.link if question.closes_at > now else None
