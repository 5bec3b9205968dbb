import asyncio
from typing import Any

from storage.digests.digests import Digests
from storage.records import ConfirmedName, Digest, DigestSettings
from storage.store import Store
from tests.storage.scene import DAY, MONDAY, TEAM, a_digest, an_edition, publish


async def test_a_digest_keeps_what_it_was_made_with(store: Store) -> None:
    """All that was ordered comes back."""
    assert isinstance(store.digests, Digests)
    digest = await a_digest(store)
    assert await store.digests.get(TEAM, digest.id) == digest
    assert (digest.product.name, digest.sources) == ("Atlas", ("C1", "C2"))
    assert (digest.cadence, digest.zone, digest.next_at) == (
        "weekly mon 09:00",
        "Europe/Berlin",
        MONDAY + 7 * DAY,
    )
    assert (digest.cx_metric, digest.ux_metric, digest.leads) == ("nps", None, ("U_LEAD",))


async def test_a_channel_has_one_digest_of_a_product(store: Store) -> None:
    """Ordering again changes the order: same id, running again; reading more than before dates from now."""
    digest = await a_digest(store)
    await store.digests.pause(TEAM, digest.id, reason="archived")
    changed = await a_digest(store, sources=("C3",), now=MONDAY + DAY)
    assert (changed.id, changed.created_at) == (digest.id, MONDAY + DAY)
    again = await a_digest(store, sources=("C3",), now=MONDAY + 2 * DAY)
    assert again == changed
    assert (changed.sources, changed.paused, changed.pause_reason) == (("C3",), False, None)
    other = await a_digest(store, product=await store.products.create(TEAM, ConfirmedName("Zeus")))
    assert await store.digests.in_channel(TEAM, "C9") == [changed, other]
    assert await store.digests.in_channel(TEAM, "C1") == []


async def test_who_reads_a_channel(store: Store) -> None:
    """A channel's readers are the running digests that name it a source."""
    here, there = await a_digest(store), await a_digest(store, channel_id="C8", sources=("C2",))
    assert await store.digests.reading(TEAM, "C1") == [here]
    assert await store.digests.reading(TEAM, "C2") == [there, here]
    await store.digests.pause(TEAM, here.id, reason=None)
    assert await store.digests.reading(TEAM, "C1") == []
    assert await store.digests.reading("T2", "C2") == []


async def test_all_digests_of_all_workspaces(store: Store) -> None:
    """An operator can list every digest that is set, whoever set it."""
    made = [await a_digest(store), await a_digest(store, team_id="T2")]
    gone = await a_digest(store, channel_id="C8")
    await store.digests.remove(TEAM, gone.id)
    assert sorted(digest.id for digest in await store.digests.everywhere()) == sorted(
        each.id for each in made
    )


async def test_due_is_whose_time_has_come_and_who_is_not_paused(store: Store) -> None:
    """Every workspace's digests are due at their next time, the longest waiting first, unless paused."""
    late = await a_digest(store, next_at=MONDAY)
    later = await a_digest(store, next_at=MONDAY - DAY, channel_id="C8")
    paused = await a_digest(store, next_at=MONDAY, channel_id="C7")
    await a_digest(store, next_at=None, channel_id="C6")
    await store.digests.pause(TEAM, paused.id, reason="revoked")
    assert await store.digests.due(MONDAY) == [later, late]


async def test_a_removed_digest_is_gone_until_it_is_ordered_again(store: Store) -> None:
    """Off means off: no list, no due time. Its editions stay, and a new order takes them up."""
    digest = await a_digest(store, next_at=MONDAY)
    edition = an_edition(digest)
    await publish(store, digest, edition)
    await store.digests.remove(TEAM, digest.id)
    assert await store.digests.get(TEAM, digest.id) is None
    assert await store.digests.in_channel(TEAM, "C9") == []
    assert await store.digests.reading(TEAM, "C1") == []
    assert await store.digests.due(MONDAY) == []
    assert await store.editions.get(TEAM, edition.id) == edition
    again = await a_digest(store)
    assert await store.editions.last(TEAM, again.id) == edition


async def test_metrics_are_set_by_themselves(store: Store) -> None:
    """Which instrument speaks for a side is set once, later than the order, and changes nothing else."""
    digest = await a_digest(store, cx_metric="nps")
    await store.digests.set_metrics(TEAM, digest.id, cx_metric="csat", ux_metric=None)
    await store.digests.set_metrics(TEAM, digest.id, cx_metric=None, ux_metric="sus")
    found = await store.digests.get(TEAM, digest.id)
    assert found is not None
    assert (found.cx_metric, found.ux_metric, found.sources) == ("nps", "sus", digest.sources)


async def change(store: Store, digest: Digest, lead: str, **changes: Any) -> Digest:
    """One change of an order, as a command makes it."""
    return await store.digests.configure(
        team_id=TEAM,
        product=digest.product,
        channel_id=digest.channel_id,
        lead=lead,
        as_admin=True,
        begin=DigestSettings(sources=("C9",), cadence="weekly fri 17:00", zone="UTC"),
        **{"min_group": 5, **changes},
        next_at=lambda rule, zone: MONDAY + DAY if (rule, zone) == ("monthly 1 09:00", "UTC") else MONDAY,
        now=MONDAY + DAY,
    )


async def test_a_change_undoes_no_other_change(store: Store, other: Store) -> None:
    """Each says only what it changes: all changes of an order hold, by whichever process, in any order."""
    digest = await a_digest(store)
    await asyncio.gather(
        change(store, digest, "U2", cadence="monthly 1 09:00"),
        change(other, digest, "U3", zone="UTC"),
        change(store, digest, "U4", sources=("C2", "C3")),
        change(other, digest, "U_LEAD", min_group=7),
    )
    kept = await change(store, digest, "U_LEAD")
    assert (kept.cadence, kept.zone, kept.sources) == ("monthly 1 09:00", "UTC", ("C2", "C3"))
    assert (kept.next_at, kept.created_at) == (MONDAY + DAY, MONDAY + DAY)
    assert (set(kept.leads), kept.leads[0]) == ({"U_LEAD", "U2", "U3", "U4"}, "U_LEAD")
    assert (kept.cx_metric, kept.min_group) == ("nps", 7)


async def test_a_digest_of_others_is_given_back_as_it_is(store: Store, other: Store) -> None:
    """Who asks for a digest that others lead changes nothing and does not become its lead."""
    digest = await a_digest(store)
    answered = [
        await a_digest(each, lead="U2", sources=("C9",), cadence="monthly 1 09:00", zone="UTC", min_group=9)
        for each in (store, other)
    ]
    assert answered == [digest, digest]
    assert await store.digests.get(TEAM, digest.id) == digest


async def test_a_removed_digest_begins_anew(store: Store) -> None:
    """What was set before the end is not taken up again, but the id is, for the editions."""
    digest = await a_digest(store)
    await store.digests.remove(TEAM, digest.id)
    again = await change(store, digest, "U2", zone="Europe/Paris")
    assert (again.id, again.sources, again.cadence) == (digest.id, ("C9",), "weekly fri 17:00")
    assert (again.zone, again.leads, again.cx_metric) == ("Europe/Paris", ("U2",), None)
