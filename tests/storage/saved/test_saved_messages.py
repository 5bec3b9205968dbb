"""Saved messages: each once, erased by whoever wrote it, forgotten with them, and following their product."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from storage.records import ConfirmedName, Lens, NewSaved, Origin, Product, Sentiment, Touchpoint, Uses
from storage.saved.saved_messages import TooMany
from storage.store import Store
from tests.storage.scene import TEAM, WORDS, a_label, rows

AUTHOR, SAVER, OTHER = "a" * 64, "b" * 64, "c" * 64
DAY = date(2026, 11, 16)


async def atlas(store: Store) -> Product:
    """The product."""
    return await store.products.create(TEAM, ConfirmedName("Atlas"))


def new(product: Product, **changes: Any) -> NewSaved:
    """A message from a public channel."""
    made = NewSaved(
        team_id=TEAM,
        product_id=product.id,
        mark="m1",
        author=AUTHOR,
        text=WORDS,
        lens=None,
        origin=Origin(channel_id="C1"),
        label=a_label(),
        saved_on=DAY,
    )
    return replace(made, **changes)


async def test_a_message_is_kept_once(store: Store) -> None:
    """The second time it is as it was; its topic says its side, unless one was chosen."""
    product = await atlas(store)
    first = await store.saved.keep(new(product))
    again = await store.saved.keep(new(product, text="other words", author=OTHER))
    assert (first.new, again.new, again.message) == (True, False, first.message)
    (kept,) = await store.saved.about(TEAM, product.id)
    assert (kept.text, kept.lens, kept.touchpoints[0]) == (WORDS, Lens.CX, Touchpoint.BILLING)
    await store.saved.keep(new(product, mark="m2", lens=Lens.UX))
    unlabelled = await store.saved.keep(new(product, mark="m3", label=None))
    assert unlabelled.message is not None
    assert [each.lens for each in await store.saved.unlabelled(9)] == [None]
    await store.saved.label_all([(unlabelled.message, a_label())])
    assert {each.lens for each in await store.saved.about(TEAM, product.id)} == {Lens.CX, Lens.UX}
    assert not await store.saved.unlabelled(9)
    assert await store.saved.outdated("v1") == []
    assert len(await store.saved.outdated("v2")) == len(await store.saved.about(TEAM, product.id))


async def test_only_its_author_removes_it_and_nothing_but_the_mark_stays(store: Store) -> None:
    """The mark keeps it from being saved again; of what was said not even that stays."""
    product = await atlas(store)
    private = Origin(place="p" * 64, saver=SAVER)
    kept = (await store.saved.keep(new(product, origin=private))).message
    assert kept is not None
    assert await store.saved.remove(TEAM, kept.id, [OTHER, SAVER]) is False
    assert await store.saved.remove(TEAM, kept.id, [AUTHOR, "U1"]) is True
    assert await store.saved.remove(TEAM, kept.id, [AUTHOR]) is None
    assert await store.saved.get(TEAM, kept.id) is None
    again = await store.saved.keep(new(product))
    assert (again.new, again.message) == (False, None)
    left = await rows(store)
    assert (list(left["saved"]), [tuple(row) for row in left["removed_message"]]) == ([], [(TEAM, "m1")])
    await store.product_changes.remove(product)
    product = await store.products.create(TEAM, ConfirmedName("Beacon"))
    again = await store.saved.keep(new(product))
    assert (again.new, again.message) == (False, None)  # the mark outlives its product
    said = (await store.saved.keep(new(product, mark="m2", said=True, origin=Origin()))).message
    assert said is not None
    assert await store.saved.remove(TEAM, said.id, [AUTHOR])
    assert await store.saved.with_mark(TEAM, "m2") is None


async def test_forget_erases_what_somebody_wrote_and_that_they_saved(store: Store) -> None:
    """A message of somebody else stays, without who saved it."""
    product = await atlas(store)
    private = Origin(place="p" * 64, saver=SAVER)
    await store.saved.keep(new(product))
    await store.saved.keep(new(product, mark="m2", author=OTHER, origin=private))
    assert (await store.saved.count_savings(TEAM, [SAVER]), len(await store.saved.by(TEAM, [AUTHOR]))) == (
        1,
        1,
    )
    assert (await store.erasure.forget(TEAM, [AUTHOR])).saved == 1
    assert (await store.erasure.forget(TEAM, [SAVER])).savings == 1
    (left,) = await store.saved.about(TEAM, product.id)
    assert left.origin == Origin(place="p" * 64)
    assert not await store.erasure.forget(TEAM, [SAVER])
    again = await store.saved.keep(new(product))
    assert (again.new, again.message) == (False, None)  # what was forgotten is not saved again


async def test_what_is_said_again_is_of_the_side_named_last(store: Store) -> None:
    """A side that is not named again stays; a saved message stays as it is; a hidden one stays hidden."""
    product = await atlas(store)
    said = new(product, said=True, origin=Origin(), lens=Lens.UX)
    await store.saved.keep(said)
    for lens, holds in ((Lens.CX, Lens.CX), (None, Lens.CX), (Lens.UX, Lens.UX)):
        again = await store.saved.keep(replace(said, lens=lens))
        assert again.message is not None
        assert (again.new, again.message.chosen, again.message.hidden) == (False, holds, False)
    (kept,) = await store.saved.about(TEAM, product.id)
    await store.saved.correct(TEAM, kept.id, hide=True)
    again = await store.saved.keep(replace(said, lens=Lens.CX))
    assert again.message is not None
    assert (again.message.chosen, again.message.hidden) == (Lens.CX, True)
    for lens in (Lens.UX, Lens.CX):
        saved = await store.saved.keep(new(product, mark="m2", lens=lens))
        assert saved.message is not None
        assert saved.message.chosen is Lens.UX


async def test_a_day_takes_so_much_of_one_person(store: Store) -> None:
    """What was saved of them does not count, nor what they said again, nor what they removed."""
    product = await atlas(store)
    await store.saved.keep(new(product, mark="saved"))
    said = new(product, said=True, origin=Origin())
    for number in range(2):
        await store.saved.keep(replace(said, mark=str(number)), most_in_a_day=2)
    assert not (await store.saved.keep(replace(said, mark="1"), most_in_a_day=2)).new
    with pytest.raises(TooMany):
        await store.saved.keep(replace(said, mark="2"), most_in_a_day=2)
    await store.saved.keep(replace(said, mark="2", author=OTHER), most_in_a_day=2)
    await store.saved.keep(replace(said, mark="3", saved_on=date(2026, 11, 17)), most_in_a_day=2)


async def test_a_message_follows_its_product(store: Store) -> None:
    """Renamed, merged; and a product about which something was saved is not removed."""
    product = await atlas(store)
    other = await store.products.create(TEAM, ConfirmedName("Beacon"))
    await store.saved.keep(new(product))
    assert await store.product_changes.uses(TEAM, product.id) == Uses(saved=1)
    renamed = await store.product_changes.rename(product, "Atlas Two")
    await store.product_changes.merge(renamed, other)
    (kept,) = await store.saved.about(TEAM, other.id)
    assert kept.product.name == "Beacon"


async def test_a_lead_corrects_the_tone_or_hides_it(store: Store) -> None:
    """The label stays beside the correction; a hidden one is in no list, but its author still finds it."""
    product = await atlas(store)
    kept = (await store.saved.keep(new(product))).message
    assert kept is not None
    assert await store.saved.correct(TEAM, kept.id, tone=Sentiment.POSITIVE)
    assert [each.sentiment for each in await store.saved.about(TEAM, product.id)] == [Sentiment.POSITIVE]
    await store.saved.label_all([(kept, a_label(wish=True))])
    for said, now in ((None, True), (False, False), (True, True)):
        assert await store.saved.correct(TEAM, kept.id, tone=Sentiment.POSITIVE, wish=said)
        assert [each.is_wish for each in await store.saved.about(TEAM, product.id)] == [now]
    assert await store.saved.correct(TEAM, kept.id, hide=True)
    assert not await store.saved.about(TEAM, product.id)
    assert await store.saved.by(TEAM, [AUTHOR])
    assert not await store.saved.correct(TEAM, "nothing", hide=True)


async def test_another_workspace_sees_none_of_it(store: Store) -> None:
    """The team comes first in every key."""
    product = await atlas(store)
    kept = (await store.saved.keep(new(product))).message
    assert kept is not None
    assert await store.saved.get("T2", kept.id) is None
    assert await store.saved.remove("T2", kept.id, [AUTHOR]) is None
    assert not await store.saved.about("T2", product.id)
