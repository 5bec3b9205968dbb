"""Results that are told back: once in a channel, not while their question is open, never if withdrawn."""

import asyncio
from typing import Any

import pytest

from storage.digests.shared_results import Withdrawn
from storage.records import ConfirmedName, Lens, PostKind, PostState, Share, Wave
from storage.store import Store
from tests.storage.scene import (
    DAY,
    MONDAY,
    TEAM,
    a_digest,
    a_wave,
    an_edition,
    answer,
    publish,
    rows,
    settle,
)

NPS = [("", Lens.CX, "nps")]
LATER = MONDAY + 7 * DAY


def a_share(**changes: Any) -> Share:
    """The results of the edition e1, told back to #C1 by its lead."""
    given = {
        "id": "s1",
        "edition_id": "e1",
        "channel_id": "C1",
        "shared_by": "U_LEAD",
        "name": "Priya Nair",
        "next_step": "We check every invoice.",
        "request_id": "V1",
        "shared_at": LATER,
        **changes,
    }
    return Share(team_id=TEAM, **given)


async def counted(store: Store) -> Wave:
    """A question that five people answered and that was counted."""
    wave = await a_wave(store)
    await answer(store, wave, "abcde")
    assert await settle(store, wave, at=MONDAY + 4 * DAY)
    found = await store.waves.get(TEAM, wave.id)
    assert found is not None
    return found


async def told(store: Store, share: Share, *rounds: str) -> Share | Wave | None:
    """What became of it."""
    product = await store.products.create(TEAM, ConfirmedName("Atlas"))
    return await store.shares.share(share, product_id=product.id, sides=NPS, rounds=rounds)


async def test_results_are_shared_once(store: Store, other: Store) -> None:
    """Of two at once, on two processes, one is kept and posted; the other is told which one stands."""
    await publish(store, await a_digest(store), an_edition(await a_digest(store)))
    both = await asyncio.gather(told(store, a_share()), told(other, a_share(id="s2", request_id="V2")))
    assert both[0] == both[1]
    posts = [row for row in (await rows(store))["post"] if PostKind.SHARE in row]
    assert len(posts) == 1
    assert len((await rows(store))["share"]) == 1
    assert await store.shares.of_edition(TEAM, "e1") == [both[0]]


async def test_nothing_is_shared_while_its_question_is_open(store: Store) -> None:
    """The open wave is given, and nothing is kept; another instrument or channel stands in nobody's way."""
    await publish(store, await a_digest(store), an_edition(await a_digest(store)))
    wave = await a_wave(store, opened_at=LATER - DAY, closes_at=LATER + DAY)
    found = await told(store, a_share())
    assert isinstance(found, Wave)
    assert found.id == wave.id
    assert not (await rows(store))["share"]
    assert await told(store, a_share(id="s2", channel_id="C2")) == a_share(id="s2", channel_id="C2")
    assert isinstance(await told(store, a_share(shared_at=LATER + DAY)), Share)  # its time is up


async def test_a_withdrawn_score_is_told_to_nobody(store: Store) -> None:
    """Once one of its questions is taken down, nothing of an edition is shared."""
    wave = await counted(store)
    await publish(store, await a_digest(store), an_edition(await a_digest(store)))
    assert wave.round_id is not None
    await store.erasure.take_down(TEAM, wave.id, at=MONDAY + 5 * DAY)
    with pytest.raises(Withdrawn):
        await told(store, a_share(), wave.round_id)
    assert not (await rows(store))["share"]


async def test_what_is_removed_is_deleted_and_may_be_shared_anew(store: Store) -> None:
    """Its message is wanted gone, once; then the same results may be shared again."""
    wave = await counted(store)
    edition = an_edition(await a_digest(store), figures={"rounds": [wave.round_id]})
    await publish(store, await a_digest(store), edition)
    assert await told(store, a_share())
    question = await store.outbox.post_for(TEAM, wave.id)
    assert await store.shares.remove(a_share(), at=LATER)
    assert not await store.shares.remove(a_share(), at=LATER)
    renewed = await store.outbox.post_for(TEAM, wave.id)
    assert question is not None
    assert renewed is not None
    assert renewed.wanted == question.wanted + 1
    post = await store.outbox.post_for(TEAM, "s1")
    assert post is not None
    assert (post.delete, post.state) == (True, PostState.PENDING)
    removed = await store.shares.get(TEAM, "s1")
    assert removed is not None
    assert removed.removed_at == LATER
    assert await told(store, a_share(id="s2")) == a_share(id="s2")


async def test_only_what_was_posted_is_said_to_stand(store: Store) -> None:
    """A share on its way to Slack is none that its question may point to."""
    await publish(store, await a_digest(store), an_edition(await a_digest(store)))
    await told(store, a_share())
    assert await store.shares.posted_in(TEAM, "C1") == []
    (post,) = [
        each
        for each in await store.outbox.claim(now=LATER, lease=DAY, limit=9)
        if each.kind is PostKind.SHARE
    ]
    await store.outbox.sent(post, version=1, slack_ts="1.1", not_before=LATER)
    assert await store.shares.posted_in(TEAM, "C1") == [a_share()]


async def test_results_of_an_edition_that_is_gone_are_not_shared(store: Store) -> None:
    """None is given, and nothing is kept."""
    assert await told(store, a_share()) is None
    assert not (await rows(store))["share"]
