"""What becomes of the rows that older versions wrote."""

import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from storage.records import ConfirmedName
from storage.records.name_folding import comparison_key
from storage.schema.migrate import upgrade
from storage.store import Store
from tests.storage.scene import rows
from tests.storage.schema.old import DIGEST, PRODUCT, PULSE, WAVE, old_database

pytestmark = pytest.mark.sqlite("older versions had SQLite only")


async def test_groups_that_were_promised_too_small_become_five(tmp_path: Path) -> None:
    """A promise of 3 or 4 becomes 5, a larger one stays, and nothing that belongs to a pulse is lost."""
    groups = {"u1": 3, "u2": 4, "u3": 5, "u4": 10}
    pulses = [
        ("pulse", {**PULSE, "id": id_, "number": number, "min_group": group})
        for number, (id_, group) in enumerate(groups.items(), start=1)
    ]
    url = old_database(
        tmp_path / "old.db",
        "0004",
        ("product", PRODUCT),
        *pulses,
        ("wave", WAVE),
        ("digest", {**DIGEST, "min_group": 3}),
    )
    await upgrade(url)
    store = await Store.open(url)
    kept = await store.pulses.in_channel("T1", "C1", now=datetime(2026, 11, 3, tzinfo=UTC))
    assert {pulse.id: pulse.min_group for pulse, _ in kept} == {"u1": 5, "u2": 5, "u3": 5, "u4": 10}
    assert kept[0][1] is not None
    assert kept[0][1].id == "w1"
    assert [digest.min_group for digest in await store.digests.in_channel("T1", "C1")] == [5]
    await store.close()


def products(*names: str) -> list[tuple[str, dict[str, Any]]]:
    """Products as the version before wrote them, each with a pulse, the first name the youngest."""
    rows: list[tuple[str, dict[str, Any]]] = []
    for number, name in enumerate(names, start=1):
        old = unicodedata.normalize("NFKC", name).casefold().strip()
        rows.append(("product", {**PRODUCT, "id": f"p{number}", "name": name, "folded": old}))
        rows.append(
            (
                "pulse",
                {
                    **PULSE,
                    "id": f"u{number}",
                    "number": number,
                    "product_id": f"p{number}",
                    "subject": name,
                    "channel_id": f"C{number}",
                    "created_at": f"2026-11-{20 - number:02d} 09:00:00.000000",
                },
            )
        )
    return rows


async def migrated_names(url: str) -> dict[str, str]:
    """The name of every product of a database by its id, after all migrations; each is found by its name."""
    await upgrade(url)
    store = await Store.open(url)
    kept = {}
    for number in range(1, 10):
        for product in await store.products.in_channels("T1", [f"C{number}"]):
            assert await store.products.find("T1", product.name) == product
            assert await store.products.create("T1", ConfirmedName(product.name.upper())) == product
            kept[product.id] = product.name
    await store.close()
    return kept


async def test_names_are_folded_anew(tmp_path: Path) -> None:
    """A product that the version before kept under another key is found by every spelling, and unchanged."""
    url = old_database(tmp_path / "old.db", "0005", *products("At\u200blas", "«Zeus»", "Hermes"))
    assert await migrated_names(url) == {"p1": "At\u200blas", "p2": "«Zeus»", "p3": "Hermes"}
    store = await Store.open(url)
    assert (await store.products.create("T1", ConfirmedName("atlas"))).id == "p1"
    assert (await store.products.create("T1", ConfirmedName("ZEUS."))).id == "p2"
    await store.close()


async def test_products_that_now_have_one_name_stay_apart(tmp_path: Path) -> None:
    """The one that was asked about first keeps its name; later ones get a number, and all that is theirs."""
    names = ("“Atlas”", "Atlas.", "Atlas", "Atlas!", "Atlas (2)")
    url = old_database(tmp_path / "old.db", "0005", *products(*names))
    assert await migrated_names(url) == {
        "p1": "“Atlas” (5)",
        "p2": "Atlas. (4)",
        "p3": "Atlas (3)",
        "p4": "Atlas!",
        "p5": "Atlas (2)",
    }
    store = await Store.open(url)
    for number, name in enumerate(names, start=1):
        ((pulse, _),) = await store.pulses.in_channel(
            "T1", f"C{number}", now=datetime(2026, 11, 3, tzinfo=UTC)
        )
        assert (pulse.product.id, pulse.subject) == (f"p{number}", name)
        assert comparison_key(pulse.product.name) == "atlas"
    await store.close()


async def test_digests_of_products_with_one_name_keep_their_leads(tmp_path: Path) -> None:
    """Nobody takes a digest over because its name folds like another; a name stays within its length."""
    long, later = "x" * 60, "2026-11-20 09:00:00.000000"
    rows = [
        *products(f"{long[:-1]}.", long[:-1]),
        ("digest", {**DIGEST, "id": "d1", "product_id": "p1", "created_at": later, "leads": '["U1"]'}),
        ("digest", {**DIGEST, "id": "d2", "product_id": "p2", "created_at": later, "leads": '["U2"]'}),
    ]
    url = old_database(tmp_path / "old.db", "0005", *rows)
    await upgrade(url)
    store = await Store.open(url)
    led = {digest.product.name: digest.leads for digest in await store.digests.in_channel("T1", "C1")}
    assert led == {f"{long[:56]} (2)": ("U1",), long[:-1]: ("U2",)}
    await store.close()


async def test_keys_may_change_places(tmp_path: Path) -> None:
    """A key that another product gives up is free for the one that it fits; teams are apart."""
    rows = [
        ("product", {**PRODUCT, "id": "p1", "name": "Atlas.", "folded": "atlas."}),
        ("product", {**PRODUCT, "id": "p2", "name": "Zeus", "folded": "atlas"}),
        ("product", {**PRODUCT, "team_id": "T2", "id": "p3", "name": "atlas,", "folded": "atlas,"}),
    ]
    url = old_database(tmp_path / "old.db", "0005", *rows)
    await upgrade(url)
    store = await Store.open(url)
    for team, name, id_ in [("T1", "Atlas", "p1"), ("T1", "zeus", "p2"), ("T2", "Atlas", "p3")]:
        found = await store.products.find(team, name)
        assert found is not None
        assert found.id == id_
    await store.close()


async def test_marks_of_removed_messages_outlive_their_product(tmp_path: Path) -> None:
    """What was removed before is no row of a product any more, and is not saved again; the rest stays."""
    row: dict[str, Any] = {"team_id": "T1", "product_id": "p1", "saved_on": "2026-11-02", "said": 0}
    row |= {"touchpoints": "[]", "hidden": 0}
    product = {**PRODUCT, "former_keys": "[]"}
    url = old_database(
        tmp_path / "old.db",
        "0030",
        ("product", product),
        ("saved", {**row, "id": "s1", "mark": "gone", "author": None, "text": None}),
        ("saved", {**row, "id": "s2", "mark": "kept", "author": "a" * 64, "text": "It is slow"}),
    )
    await upgrade(url)
    store = await Store.open(url)
    there = await rows(store)
    assert [each[1:3] for each in there["saved"]] == [("s2", "kept")]
    assert there["removed_message"] == [("T1", "gone")]
    await store.close()
