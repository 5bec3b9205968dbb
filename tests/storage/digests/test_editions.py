import asyncio
from dataclasses import replace
from typing import Any

from storage.digests.editions import Editions
from storage.records import OccasionState, PostKind, Quote
from storage.store import Store
from tests.storage.scene import DAY, HOUR, MONDAY, TEAM, a_digest, an_edition, an_occasion, publish, rows


async def test_an_edition_keeps_figures_and_quotes_as_posted(store: Store) -> None:
    """What was posted can be read again, quotes in their order."""
    assert isinstance(store.editions, Editions)
    digest = await a_digest(store)
    edition = an_edition(digest, quotes=tuple(Quote(comment_id=c, text=c, touchpoint=None) for c in "ba"))
    await publish(store, digest, edition)
    assert await store.editions.get(TEAM, "e1") == edition
    assert await store.editions.get("T2", "e1") is None


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


async def test_an_occasion_is_published_once(store: Store) -> None:
    """A due time that is in the ledger publishes nothing and changes nothing."""
    digest = await a_digest(store, next_at=MONDAY)
    occasion = an_occasion(digest.id)
    skipped = an_occasion(
        digest.id, "2026-11-09T10:00", state=OccasionState.SKIPPED, reason="missed while down"
    )
    order: dict[str, Any] = {"digest": digest, "parts": 1, "occasion": occasion, "next_at": MONDAY + 7 * DAY}
    assert await store.editions.publish(**order, edition=an_edition(digest), skipped=[skipped])
    before = await rows(store)
    assert not await store.editions.publish(**order, edition=an_edition(digest, id="e2"))
    assert await rows(store) == before
    found = await store.digests.get(TEAM, digest.id)
    assert found is not None
    assert found.next_at == MONDAY + 7 * DAY
    assert await store.ledger.occasions_of(TEAM, digest.id) == [skipped, occasion]


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
    assert await store.digests.due(MONDAY) == [digest]
    assert await store.ledger.occasions_of(TEAM, digest.id) == []
