"""Figures from elsewhere: one of a kind, side and day; the newest of each; gone with their product."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from storage.digests.outcomes import Change, ProductGone
from storage.records import ConfirmedName, Lens, Outcome, OutcomeFigure, Product, Unit
from storage.store import Store
from tests.storage.scene import MONDAY, TEAM

CHURN = OutcomeFigure(
    metric="Churn",
    value="2.1",
    unit=Unit.PERCENT,
    lens=Lens.CX,
    day=date(2026, 10, 31),
    source="Stripe",
    name="Priya Nair",
)


def entered(product: Product, **changes: Any) -> Outcome:
    """Churn of October about a product, entered by U_LEAD on Monday; `changes` are of the figure."""
    return Outcome(
        team_id=TEAM,
        id=changes.pop("id", "o1"),
        product_id=product.id,
        figure=replace(CHURN, **changes),
        entered_by="U_LEAD",
        entered_at=MONDAY,
    )


@pytest.fixture
async def atlas(store: Store) -> Product:
    """The product."""
    return await store.products.create(TEAM, ConfirmedName("Atlas"))


async def test_one_of_a_kind_side_and_day_is_kept(store: Store, atlas: Product) -> None:
    """Entered again it is the same, with another value corrected; another side or day is another one."""
    (first,) = await store.outcomes.keep([entered(atlas)])
    (again,) = await store.outcomes.keep([entered(atlas, id="o2", metric="CHURN", name="Sam Okoro")])
    (other,) = await store.outcomes.keep([entered(atlas, id="o3", value="2.3")])
    assert (first.change, again.change, other.change) == (Change.NEW, Change.SAME, Change.CORRECTED)
    assert again.outcome == first.outcome
    assert other.before == CHURN
    changes: list[dict[str, Any]] = [{"lens": Lens.UX}, {"day": date(2026, 9, 30)}, {"whole_month": True}]
    others = [entered(atlas, id=f"p{at}", **each) for at, each in enumerate(changes)]
    assert {each.change for each in await store.outcomes.keep(others)} == {Change.NEW}
    kept = await store.outcomes.about(TEAM, atlas.id, most=9)
    assert {each.id for each in kept} == {"o1", "p0", "p1", "p2"}
    assert await store.outcomes.get(TEAM, "o1") == other.outcome


async def test_the_newest_of_each_kind_and_side_stands_beside_the_sides(store: Store, atlas: Product) -> None:
    """Customers come first, then names; of two days the later one; of other products nothing."""
    other = await store.products.create(TEAM, ConfirmedName("Borea"))
    rating = {"metric": "app rating", "value": "4.4", "unit": Unit.NUMBER, "lens": Lens.UX}
    await store.outcomes.keep(
        [
            entered(atlas, id="o1", **rating),
            entered(atlas, id="o2", day=date(2026, 9, 30), value="1"),
            entered(atlas, id="o3"),
            entered(atlas, id="o4", metric="bounce", lens=Lens.CX),
            entered(other, id="o5", value="9"),
        ]
    )
    beside = await store.digests.outcomes_beside(TEAM, atlas.id)
    assert [(each.metric, each.value) for each in beside] == [
        ("bounce", "2.1"),
        ("Churn", "2.1"),
        ("app rating", "4.4"),
    ]
    assert not await store.digests.outcomes_beside("T2", atlas.id)


async def test_a_figure_is_changed_in_the_place_of_another_and_removed(store: Store, atlas: Product) -> None:
    """A change to another day leaves nothing behind; what is gone is not removed twice."""
    await store.outcomes.keep([entered(atlas)])
    moved = entered(atlas, id="o1", day=date(2026, 11, 1))
    assert (await store.outcomes.keep([moved], instead_of="o1"))[0].change is Change.NEW
    assert await store.outcomes.about(TEAM, atlas.id, most=9) == [moved]
    assert await store.outcomes.remove(TEAM, "o1")
    assert not await store.outcomes.remove(TEAM, "o1")
    assert not await store.outcomes.about(TEAM, atlas.id, most=9)


async def test_figures_go_with_a_removed_product_and_move_with_a_merged_one(store: Store) -> None:
    """Of two of one kind and day the kept product's stays; a product that is gone takes no figure."""
    atlas, altas, borea = [
        await store.products.create(TEAM, ConfirmedName(name)) for name in ("Atlas", "Altas", "Borea")
    ]
    await store.outcomes.keep(
        [
            entered(atlas, id="o1"),
            entered(altas, id="o2", value="7"),
            entered(altas, id="o3", day=date(2026, 9, 30)),
            entered(borea, id="o4"),
        ]
    )
    await store.product_changes.merge(altas, atlas)
    assert [each.id for each in await store.outcomes.about(TEAM, atlas.id, most=9)] == ["o1", "o3"]
    await store.product_changes.remove(borea)
    assert await store.outcomes.get(TEAM, "o4") is None
    with pytest.raises(ProductGone):
        await store.outcomes.keep([entered(borea)])
