import asyncio
from dataclasses import replace

import pytest

from storage.pulses.product_changes import ProductChanged
from storage.records import ConfirmedName
from storage.records.name_folding import fold
from storage.store import Store
from tests.storage.scene import MONDAY, TEAM, a_pulse


async def test_names_are_one_without_regard_to_case(store: Store) -> None:
    """Atlas, ATLAS and " atlas " are one product, written as it was first."""
    atlas = await store.products.create(TEAM, ConfirmedName("Atlas"))
    assert await store.products.create(TEAM, ConfirmedName(" ATLAS ")) == atlas
    assert await store.products.find(TEAM, "atlas") == atlas
    assert atlas.name == "Atlas"


async def test_each_workspace_has_its_own(store: Store) -> None:
    """The same name in another workspace is another product."""
    atlas = await store.products.create(TEAM, ConfirmedName("Atlas"))
    assert (await store.products.create("T2", ConfirmedName("Atlas"))).id != atlas.id


async def test_looking_for_a_product_makes_none(store: Store) -> None:
    """Only `named` makes a product."""
    assert await store.products.find(TEAM, "Atlas") is None


async def test_two_processes_make_one(store: Store, other: Store) -> None:
    """When two name the same new product at once, both get the same one."""
    made = await asyncio.gather(
        *(
            each.products.create(TEAM, ConfirmedName(name))
            for each, name in [(store, "Atlas"), (other, "atlas")] * 5
        )
    )
    assert len({product.id for product in made}) == 1


async def test_products_of_channels_are_those_that_are_asked_about(store: Store) -> None:
    """A product belongs to the channels in which a pulse asks about it; each is named once, by name."""
    for name, channel in [("Zeus", "C1"), ("atlas", "C1"), ("Zeus", "C2"), ("Hidden", "C3")]:
        await a_pulse(
            store, product=await store.products.create(TEAM, ConfirmedName(name)), channel_id=channel
        )
    found = await store.products.in_channels(TEAM, ["C1", "C2"])
    assert [product.name for product in found] == ["atlas", "Zeus"]
    assert await store.products.in_channels(TEAM, []) == []
    assert await store.products.in_channels("T2", ["C1"]) == []


async def test_the_channels_of_a_product_are_those_that_ask_about_it(store: Store) -> None:
    """Each channel in which a pulse asks about a product is named once."""
    atlas, zeus = [await store.products.create(TEAM, ConfirmedName(name)) for name in ("Atlas", "Zeus")]
    for product, channel in [(atlas, "C1"), (atlas, "C2"), (atlas, "C1"), (zeus, "C3")]:
        await a_pulse(store, product=product, channel_id=channel)
    assert sorted(await store.products.channels(TEAM, product_id=atlas.id)) == ["C1", "C2"]


def test_a_folded_name_knows_no_case_and_no_width() -> None:
    """Case, full-width letters and outer spaces make no difference; inner ones do."""
    assert fold(" STRASSE ") == fold("straße")
    assert fold("Ａｔｌａｓ") == fold("atlas")
    assert fold("at las") != fold("atlas")


async def test_one_product_stands_for_the_whole(store: Store, other: Store) -> None:
    """The mark goes with the id; a second one in the workspace is refused, also at the same moment."""
    atlas, beacon, other_team = [
        await store.products.create(team, ConfirmedName(name))
        for team, name in ((TEAM, "Atlas"), (TEAM, "Beacon"), ("T2", "Atlas"))
    ]
    made = await asyncio.gather(
        *(each.products.mark(one, whole=True, at=MONDAY) for each, one in ((store, atlas), (other, beacon))),
        return_exceptions=True,
    )
    assert [type(each) for each in made if each is not None] == [ProductChanged]
    await store.products.mark(other_team, whole=True, at=MONDAY)
    whole = await store.products.whole(TEAM)
    assert whole in (replace(atlas, whole=True), replace(beacon, whole=True))
    for wrong in (replace(whole, name="Altas"), replace(whole, id="nowhere")):
        with pytest.raises(ProductChanged):
            await store.products.mark(wrong, whole=False, at=MONDAY)
    await store.product_changes.rename(whole, "Northwind")
    assert (await store.products.get(TEAM, whole.id)) == await store.products.whole(TEAM)
    await store.products.mark(replace(whole, name="Northwind"), whole=False, at=MONDAY)
    assert await store.products.whole(TEAM) is None
    with pytest.raises(ProductChanged):  # it is so already
        await store.products.mark(replace(whole, name="Northwind"), whole=False, at=MONDAY)


async def test_a_merge_keeps_the_mark(store: Store) -> None:
    """What stood for the whole goes on doing so under the kept name."""
    atlas, beacon = [await store.products.create(TEAM, ConfirmedName(name)) for name in ("Atlas", "Beacon")]
    await store.products.mark(atlas, whole=True, at=MONDAY)
    await store.product_changes.merge(atlas, beacon)
    whole = await store.products.whole(TEAM)
    assert whole is not None
    assert whole.id == beacon.id
