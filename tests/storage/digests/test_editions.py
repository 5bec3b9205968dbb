import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from storage.digests.editions import Editions
from storage.pulses.batches import keep_batch
from storage.records import Correction, Edition, NewBatch, OccasionState, Picture, PostKind, Quote, Wave
from storage.store import Store
from tests.storage.scene import (
    DAY,
    HASH,
    HOUR,
    MONDAY,
    TEAM,
    WORDS,
    a_comment,
    a_digest,
    a_pulse,
    a_rating,
    a_wave,
    an_edition,
    an_occasion,
    answer_key,
    comment_id,
    publish,
    rows,
)


async def test_an_edition_keeps_figures_and_quotes_as_posted(store: Store) -> None:
    """What was posted can be read again, quotes in their order."""
    assert isinstance(store.editions, Editions)
    digest = await a_digest(store)
    wave = await a_wave(store)
    for name in "ab":
        await store.answers.record([a_rating(wave, name)], comment=a_comment(f" {name} "))
    quoted = {name: await comment_id(store, wave, name) for name in "ba"}
    edition = an_edition(
        digest,
        quotes=tuple(Quote(comment_id=quoted[c], text=c, touchpoint=None, wish=c == "a") for c in "ba"),
    )
    await publish(store, digest, edition)
    assert await store.editions.get(TEAM, "e1") == edition
    assert await store.editions.get("T2", "e1") is None


async def forget(store: Store, wave: Wave, _comment: str) -> None:
    """The author has themselves forgotten."""
    await store.erasure.forget(wave.team_id, [HASH])


async def take_down(store: Store, wave: Wave, _comment: str) -> None:
    """The lead takes the question down."""
    await store.erasure.take_down(wave.team_id, wave.id, at=MONDAY + DAY)


async def take_back(store: Store, wave: Wave, _comment: str) -> None:
    """The author takes the answer back."""
    await store.answers.take_back(answer_key(wave), at=MONDAY + DAY)


async def hide(store: Store, wave: Wave, comment: str) -> None:
    """The lead hides the comment."""
    await store.comments.correct(wave.team_id, comment, Correction(hidden=True))


async def write_anew(store: Store, wave: Wave, _comment: str) -> None:
    """The author writes something else in its place, which keeps the comment's id."""
    await store.answers.comment(answer_key(wave), a_comment("Something else."))


async def withdraw_the_tick(store: Store, wave: Wave, _comment: str) -> None:
    """The author leaves the words and may no longer be quoted."""
    await store.answers.comment(answer_key(wave), a_comment(may_quote=False))


SECOND_THOUGHTS = [forget, take_down, take_back, hide, write_anew, withdraw_the_tick]


@pytest.mark.parametrize("think_again", SECOND_THOUGHTS)
async def test_words_that_went_before_the_write_are_not_quoted(
    store: Store, think_again: Callable[[Store, Wave, str], Awaitable[None]]
) -> None:
    """A comment is read, its author or lead thinks again, and the edition then written is without it."""
    wave, digest = await a_wave(store), await a_digest(store)
    await store.answers.record([a_rating(wave)], comment=a_comment())
    await store.answers.record([a_rating(wave, "b")], comment=a_comment("Stays."))
    gone, stays = await comment_id(store, wave), await comment_id(store, wave, "b")
    edition = an_edition(digest, gone)
    edition = replace(
        edition,
        quotes=(*edition.quotes, Quote(comment_id=stays, text="Stays.", touchpoint=None)),
    )
    await think_again(store, wave, gone)
    await publish(store, digest, edition)
    kept = await store.editions.get(TEAM, "e1")
    assert kept is not None
    left = [None, None] if think_again is take_down else [None, "Stays."]
    assert [quote.text for quote in kept.quotes] == left
    everything = await rows(store)
    assert WORDS not in repr([everything["edition"], everything["quote"], everything["post"]])


async def listed(store: Store) -> list[Wave]:
    """Two waves whose six comments are one batch; the first holds a comment of HASH."""
    pulse = await a_pulse(store)
    waves = [await a_wave(store, pulse), await a_wave(store, pulse)]
    for number, who in enumerate([HASH, *"bcdef"]):
        await store.answers.record([a_rating(waves[number % 2], who)], comment=a_comment())
    ids = frozenset([await comment_id(store, waves[n % 2], who) for n, who in enumerate([HASH, *"bcdef"])])
    made = NewBatch(comments=ids, need=5)
    question_id = waves[0].question_id
    await store.database.write(lambda c: keep_batch(c, TEAM, question_id, made, at=MONDAY))
    return waves


@pytest.mark.parametrize("gone, quotes", [("", 1), ("b", 1), ("bc", 0)])
async def test_a_batch_with_too_few_left_is_quoted_no_more(store: Store, gone: str, quotes: int) -> None:
    """Others in the batch had themselves forgotten after it was read: under its need nothing is quoted."""
    digest, (wave, _) = await a_digest(store), await listed(store)
    edition = an_edition(digest, await comment_id(store, wave))
    for who in gone:
        await store.erasure.forget(TEAM, [who])
    await publish(store, digest, edition)
    kept = await store.editions.get(TEAM, "e1")
    assert kept is not None
    assert len([quote for quote in kept.quotes if quote.text]) == quotes


async def test_a_withdrawn_batch_is_quoted_no_more(store: Store) -> None:
    """Another wave of the batch was taken down after it was read."""
    digest, (wave, other) = await a_digest(store), await listed(store)
    edition = an_edition(digest, await comment_id(store, wave))
    await store.erasure.take_down(TEAM, other.id, at=MONDAY + DAY)
    await publish(store, digest, edition)
    kept = await store.editions.get(TEAM, "e1")
    assert kept is not None
    assert [quote.text for quote in kept.quotes] == [None]


@pytest.mark.parametrize("think_again", SECOND_THOUGHTS)
async def test_words_that_go_after_the_write_leave_the_edition(
    store: Store, think_again: Callable[[Store, Wave, str], Awaitable[None]]
) -> None:
    """The quote of a posted edition loses its text, and each of the edition's messages is renewed once."""
    wave, digest = await a_wave(store), await a_digest(store)
    await store.answers.record([a_rating(wave)], comment=a_comment())
    which = await comment_id(store, wave)
    await publish(store, digest, an_edition(digest, which))
    for _ in range(2):
        await think_again(store, wave, which)
    everything = await rows(store)
    assert WORDS not in repr([everything["edition"], everything["quote"], everything["post"]])
    posts = [await store.outbox.get(TEAM, key) for key in ("edition/e1", "edition/e1/1")]
    assert [post and post.wanted for post in posts] == [2, 2]


@pytest.mark.parametrize("how", ["another wave is taken down", "too few are left"])
async def test_a_batch_that_is_listed_no_more_leaves_every_edition(store: Store, how: str) -> None:
    """Of an edition that was made before, the quote goes too, whether it is posted or only about to be."""
    digest, (wave, other) = await a_digest(store), await listed(store)
    await publish(store, digest, an_edition(digest, await comment_id(store, wave)))
    if how == "another wave is taken down":
        await store.erasure.take_down(TEAM, other.id, at=MONDAY + DAY)
    else:
        for respondent in "bc":
            await store.erasure.forget(TEAM, [respondent])
    kept = await store.editions.get(TEAM, "e1")
    assert kept is not None
    assert [quote.text for quote in kept.quotes] == [None]
    posts = [await store.outbox.get(TEAM, key) for key in ("edition/e1", "edition/e1/1")]
    assert [post and post.wanted for post in posts] == [2, 2]


async def test_an_edition_is_posted_in_parts(store: Store) -> None:
    """The message and its replies are in the outbox with the edition."""
    digest = await a_digest(store)
    await publish(store, digest, an_edition(digest), parts=3)
    parent = await store.outbox.post_for(TEAM, "e1")
    assert parent is not None
    assert (parent.key, parent.kind, parent.channel_id) == ("edition/e1", PostKind.EDITION, "C9")
    assert [await store.outbox.get(TEAM, f"edition/e1/{part}") is not None for part in (1, 2, 3)] == [
        True,
        True,
        False,
    ]


STRIPS, HISTORY = Picture(file="F1", words="Two scales."), Picture(file="F2", words="Two lines.")


async def held_back(store: Store, **changes: Any) -> Edition:
    """An edition that waits until a minute after Monday for its pictures."""
    digest = await a_digest(store)
    edition = an_edition(digest, **changes)
    until = MONDAY + timedelta(seconds=30)
    assert await store.editions.publish(
        digest=digest, edition=edition, parts=3, occasion=None, pictures_until=until
    )
    return edition


async def sent_at(store: Store, now: datetime) -> list[int]:
    """The parts that a sender gets at this moment."""
    return [post.part for post in await store.outbox.claim(now=now, lease=HOUR, limit=9)]


async def test_a_message_waits_for_its_pictures(store: Store) -> None:
    """Nothing of an edition is sent before its time, and its pictures are kept while it waits."""
    edition = await held_back(store)
    assert await sent_at(store, MONDAY) == []
    assert [one.id for one in await store.editions.without_pictures(MONDAY)] == ["e1"]
    await store.editions.keep_pictures(edition, strips=STRIPS, history=HISTORY)
    assert await store.editions.without_pictures(MONDAY) == []
    kept = await store.editions.get(TEAM, "e1")
    assert kept is not None
    assert (kept.strips, kept.history) == (STRIPS, HISTORY)
    assert await sent_at(store, MONDAY) == [0]


async def test_a_message_waits_no_longer_than_said(store: Store) -> None:
    """After its time it is sent without pictures, whoever has died; pictures that come later are not kept."""
    edition = await held_back(store)
    later = MONDAY + timedelta(seconds=30)
    assert await store.editions.without_pictures(later) == []
    assert await sent_at(store, later) == [0]
    await store.editions.keep_pictures(edition, strips=STRIPS, history=HISTORY)
    kept = await store.editions.get(TEAM, "e1")
    assert kept is not None
    assert (kept.strips, kept.history) == (None, None)


async def test_a_message_that_is_tried_again_waits_for_no_picture(store: Store) -> None:
    """What Slack has put off is not taken for a message that still waits for its pictures."""
    edition = await held_back(store)
    await store.editions.keep_pictures(edition, strips=None, history=None)
    (post,) = await store.outbox.claim(now=MONDAY, lease=HOUR, limit=9)
    await store.outbox.again(post, not_before=MONDAY + HOUR, error="ratelimited")
    assert await store.editions.without_pictures(MONDAY) == []
    await store.editions.keep_pictures(edition, strips=STRIPS, history=HISTORY)
    assert await sent_at(store, MONDAY) == []


async def test_an_occasion_is_published_once(store: Store) -> None:
    """A due time that is in the ledger publishes nothing and changes nothing."""
    digest = await a_digest(store, next_at=MONDAY)
    occasion = an_occasion(digest.id)
    skipped = an_occasion(
        digest.id, "2026-11-09T10:00", state=OccasionState.SKIPPED, reason="missed while down"
    )
    order: dict[str, Any] = {"digest": digest, "parts": 1, "occasion": occasion, "next_at": MONDAY + 7 * DAY}
    assert await store.editions.publish(**order, edition=an_edition(digest), skipped=[skipped])
    now = await store.digests.get(TEAM, digest.id)
    before = await rows(store)
    for seen in (digest, now):
        again = {**order, "digest": seen}
        assert not await store.editions.publish(**again, edition=an_edition(digest, id="e2"))
    assert await rows(store) == before
    found = await store.digests.get(TEAM, digest.id)
    assert found is not None
    assert found.next_at == MONDAY + 7 * DAY
    assert await store.ledger.occasions_of(TEAM, digest.id) == [skipped, occasion]


@pytest.mark.parametrize("changed", ["paused", "resumed", "removed"])
async def test_a_digest_that_was_changed_is_left_as_it_is(store: Store, changed: str) -> None:
    """A due time publishes and skips nothing when the digest was changed after it was read."""
    digest = await a_digest(store, next_at=MONDAY)
    if changed == "paused":
        await store.digests.pause(TEAM, digest.id, reason=None)
    elif changed == "resumed":
        await store.digests.resume(TEAM, digest.id, next_at=MONDAY + 4 * DAY)
    else:
        await store.digests.remove(TEAM, digest.id)
    before = await rows(store)
    occasion, later = an_occasion(digest.id), MONDAY + 7 * DAY
    assert not await store.editions.publish(
        digest=digest, edition=an_edition(digest), parts=1, occasion=occasion, next_at=later
    )
    assert not await store.ledger.skip(occasions=[occasion], owner="digest", seen=MONDAY, next_at=later)
    assert await rows(store) == before


async def test_a_removed_digest_is_not_published_on_request(store: Store) -> None:
    """An edition on request is kept while the digest is there, also a paused one, and not after it ended."""
    digest = await a_digest(store)
    await store.digests.pause(TEAM, digest.id, reason=None)
    order: dict[str, Any] = {"digest": digest, "parts": 1, "occasion": None}
    assert await store.editions.publish(**order, edition=an_edition(digest))
    await store.digests.remove(TEAM, digest.id)
    assert not await store.editions.publish(**order, edition=an_edition(digest, id="e2"))


async def test_two_processes_publish_one_edition(store: Store, other: Store) -> None:
    """When two stores race for a due time, one of them publishes (rule 3)."""
    digest = await a_digest(store)

    async def race(each: Store, name: str) -> bool:
        edition = an_edition(digest, id=name)
        return await each.editions.publish(
            digest=digest, edition=edition, parts=2, occasion=an_occasion(digest.id), next_at=MONDAY + DAY
        )

    published = await asyncio.gather(*(race((store, other)[n % 2], f"e{n}") for n in range(10)))
    assert published.count(True) == 1
    assert len(await store.outbox.claim(now=MONDAY, lease=HOUR, limit=100)) == 1


async def test_the_last_edition_is_the_newest_full_one(store: Store) -> None:
    """One-line editions are left out unless asked for."""
    digest = await a_digest(store)
    assert await store.editions.last(TEAM, digest.id) is None
    full = an_edition(digest)
    line = replace(an_edition(digest, id="e2", made_at=MONDAY + 7 * DAY), full=False)
    for edition in (line, full):
        await publish(store, digest, edition)
    assert await store.editions.last(TEAM, digest.id) == full
    assert await store.editions.last(TEAM, digest.id, full_only=False) == line


async def test_on_request_the_schedule_stays(store: Store) -> None:
    """An edition outside of the cadence enters no occasion and moves no next time."""
    digest = await a_digest(store, next_at=MONDAY)
    await publish(store, digest, an_edition(digest))
    assert await store.digests.due(MONDAY) == [replace(digest, unclicked=1)]
    assert await store.ledger.occasions_of(TEAM, digest.id) == []
