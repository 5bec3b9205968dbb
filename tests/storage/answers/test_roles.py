"""How people know products: asked once, changed, taken back, and gone with the person or the product."""

import pytest

from storage.answers.roles import keep_role
from storage.records import AnswerKey, ConfirmedName, NewComment, Role, RoleSaid, Wave
from storage.store import Store
from tests.storage.scene import MONDAY, TEAM, a_pulse, a_rating, a_wave, answer, rows

ANN, BEN = "a1" * 32, "b2" * 32
SAID = RoleSaid(Role.USES)


async def written(store: Store, wave: Wave, who: str, said: RoleSaid | None) -> bool:
    """Somebody answers and sends the form of the comment, empty, with what they said of their role."""
    await answer(store, wave, [who])
    key = AnswerKey(team_id=TEAM, wave_id=wave.id, respondent=who)
    comment = NewComment(text="", may_quote=False, label=None, written_at=MONDAY)
    return await store.answers.comment(key, comment, said)


async def known(store: Store, who: str) -> dict[str, Role | None]:
    """What is kept of somebody's roles, by product."""
    return {each.product.name: each.role for each in await store.roles.of_person(TEAM, [who])}


@pytest.mark.parametrize("said", [SAID, RoleSaid(None)])
async def test_a_role_is_asked_once_a_product(store: Store, said: RoleSaid) -> None:
    """A first answer asks until a form was sent, with a choice or without; a closed form asks again."""
    wave, other = await a_wave(store), await a_wave(store)
    first = await store.answers.record([a_rating(wave, ANN)])
    assert first.ask_role
    assert (await store.answers.record([a_rating(other, ANN)])).ask_role  # the form was closed
    assert await written(store, wave, ANN, said)
    third = await a_wave(store)
    assert not (await store.answers.record([a_rating(third, ANN)])).ask_role
    beacon = await store.products.create(TEAM, ConfirmedName("Beacon"))
    elsewhere = await a_wave(store, await a_pulse(store, product=beacon))
    assert (await store.answers.record([a_rating(elsewhere, ANN)])).ask_role
    assert (await store.answers.record([a_rating(third, BEN)])).ask_role


async def test_with_a_name_no_role_is_asked_or_kept(store: Store) -> None:
    """A named question ties nothing to its people, whatever a form brings."""
    wave = await a_wave(store, await a_pulse(store, named=True))
    assert not (await store.answers.record([a_rating(wave, "U0ANN")])).ask_role
    assert await written(store, wave, "U0ANN", SAID)
    assert not (await rows(store))["role"]


async def test_an_empty_form_does_not_take_back_what_was_said(store: Store) -> None:
    """Of two forms the one with a choice holds, and a later choice replaces it."""
    one, two = await a_wave(store), await a_wave(store)
    for wave, said in ((one, SAID), (two, RoleSaid(None))):
        await written(store, wave, ANN, said)
    assert await known(store, ANN) == {"Atlas": Role.USES}
    await written(store, two, ANN, RoleSaid(Role.BUYS))
    assert await known(store, ANN) == {"Atlas": Role.BUYS}


async def test_a_role_is_changed_and_taken_back(store: Store) -> None:
    """A change holds for one person; who says nothing any more leaves only that they were asked."""
    wave = await a_wave(store)
    atlas = wave.pulse.product
    await written(store, wave, ANN, SAID)
    await written(store, wave, BEN, SAID)
    changed = await store.roles.change(TEAM, ANN, atlas.id, RoleSaid(Role.RUNS))
    assert changed is not None
    assert (changed.product, changed.role) == (atlas, Role.RUNS)
    assert await store.roles.change(TEAM, ANN, atlas.id, RoleSaid(None))
    assert await known(store, ANN) == {"Atlas": None}
    assert await known(store, BEN) == {"Atlas": Role.USES}
    assert not (await store.answers.record([a_rating(await a_wave(store), ANN)])).ask_role
    assert await store.roles.change(TEAM, ANN, "none", SAID) is None
    assert await store.roles.change("T2", ANN, atlas.id, SAID) is None


async def test_of_a_product_that_somebody_never_met_nothing_is_told_or_kept(store: Store) -> None:
    """Neither by the form nor by sending it; an answer about it is enough."""
    wave = await a_wave(store)
    atlas = wave.pulse.product
    await written(store, wave, BEN, SAID)
    assert await store.roles.find(TEAM, ANN, atlas.id) is None
    assert await store.roles.change(TEAM, ANN, atlas.id, SAID) is None
    assert await known(store, ANN) == {}
    await answer(store, wave, [ANN])
    found = await store.roles.find(TEAM, ANN, atlas.id)
    assert found is not None
    assert (found.product, found.role) == (atlas, None)
    assert await store.roles.change(TEAM, ANN, atlas.id, SAID)


async def test_forgetting_erases_roles(store: Store) -> None:
    """Everything goes, the mark of having been asked too, and only of the one who is forgotten."""
    wave = await a_wave(store)
    await written(store, wave, ANN, SAID)
    await written(store, wave, BEN, RoleSaid(None))
    assert (await store.erasure.forget(TEAM, [ANN, "U0ANN"])).roles == 1
    assert await known(store, ANN) == {}
    gone = await store.erasure.forget(TEAM, [BEN, "U0BEN"])
    assert (gone.roles, bool(gone)) == (0, True)
    assert not (await rows(store))["role"]


@pytest.mark.parametrize(
    "of_gone, of_kept, stays",
    [
        (Role.BUYS, Role.USES, Role.USES),
        (Role.BUYS, None, None),
        (None, Role.USES, Role.USES),
        (None, None, None),
    ],
)
async def test_a_merge_leaves_one_row(
    store: Store, of_gone: Role | None, of_kept: Role | None, stays: Role | None
) -> None:
    """What was said of the kept product stays, also that somebody would rather not say it."""
    gone, kept = [await store.products.create(TEAM, ConfirmedName(name)) for name in ("Altas", "Atlas")]
    for product, role in ((gone, of_gone), (kept, of_kept)):
        wave = await a_wave(store, await a_pulse(store, product=product, subject=product.name))
        await written(store, wave, ANN, RoleSaid(role))
    await store.product_changes.merge(gone, kept)
    assert await known(store, ANN) == {"Atlas": stays}
    assert len((await rows(store))["role"]) == 1


async def test_who_was_asked_of_a_merged_product_is_not_asked_again(store: Store) -> None:
    """A role moves to the product that is kept; one that is removed takes its roles along."""
    gone, kept = [await store.products.create(TEAM, ConfirmedName(name)) for name in ("Altas", "Atlas")]
    wave = await a_wave(store, await a_pulse(store, product=gone, subject="Altas"))
    await written(store, wave, ANN, SAID)
    await written(store, wave, BEN, RoleSaid(None))
    await store.product_changes.merge(gone, kept)
    assert (await known(store, ANN), await known(store, BEN)) == ({"Atlas": Role.USES}, {"Atlas": None})
    unused = await store.products.create(TEAM, ConfirmedName("Beacon"))
    said = RoleSaid(Role.RUNS)
    await store.database.write(lambda connection: keep_role(connection, TEAM, ANN, unused.id, said))
    assert len(await known(store, ANN)) == len((gone, kept))
    await store.product_changes.remove(unused)
    assert await known(store, ANN) == {"Atlas": Role.USES}
