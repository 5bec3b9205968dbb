"""Figures of a file are kept all or none, and once however often the file comes."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from jobs.outcomes.import_outcomes import import_outcomes
from storage.digests.outcomes import Change
from storage.records import ConfirmedName
from storage.store import Store
from tests.migrated import new_database

NOW = datetime(2026, 11, 16, 23, 30, tzinfo=UTC)
HEAD = "metric,value,date,product,side,source\n"
CHURN = "churn,2.1%,2026-10,Atlas,,Stripe\nchurn,2.4%,2026-09,ATLAS,,Stripe\n"
GOOD = f"{HEAD}{CHURN}bounce,40%,2026-10,Atlas,cx,\n"


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """A store with a product."""
    opened = await Store.open(new_database(tmp_path / "bifocal.db"))
    await opened.products.create("T1", ConfirmedName("Atlas"))
    yield opened
    await opened.close()


async def imported(store: Store, text: str, zone: str = "UTC") -> tuple[dict[Change, int], list[str]]:
    """What became of a file with this text."""
    done = await import_outcomes(store, text.encode(), now=NOW, zone=zone)
    return dict(done.changes), [f"{line}: {why}" for line, why in done.refused]


async def test_a_file_is_kept_once_and_corrects(store: Store) -> None:
    """The second time nothing is added; a changed line corrects its figure."""
    assert await imported(store, GOOD) == ({Change.NEW: 3}, [])
    assert await imported(store, GOOD) == ({Change.SAME: 3}, [])
    assert await imported(store, GOOD.replace("2.4%", "2.5%")) == ({Change.SAME: 2, Change.CORRECTED: 1}, [])
    product = await store.products.find("T1", "Atlas")
    assert product is not None
    kept = await store.outcomes.about("T1", product.id, most=9)
    assert [(each.figure.value, each.figure.name, each.entered_by) for each in kept] == [
        ("40", "", None),
        ("2.1", "", None),
        ("2.5", "", None),
    ]


async def test_one_wrong_line_keeps_the_whole_file_out(store: Store) -> None:
    """An unknown product, a product of two workspaces, a day that has not come by the clock of the zone."""
    await store.products.create("T1", ConfirmedName("Borea"))
    await store.products.create("T2", ConfirmedName("Borea"))
    wrong = f"{GOOD}churn,1%,2026-10,Altas,,\nchurn,1%,2026-10,Borea,,\nchurn,1%,2026-11-17,Atlas,,\n"
    assert await imported(store, wrong) == (
        {},
        [
            "5: There is no product Altas. `/pulse products` lists those that there are.",
            "6: Several workspaces have a product Borea.",
            "7: 2026-11-17 has not come yet.",
        ],
    )
    assert await imported(store, GOOD) == ({Change.NEW: 3}, [])
    tomorrow = f"{HEAD}churn,1%,2026-11-17,Atlas,,\n"
    assert await imported(store, tomorrow, "Europe/Berlin") == ({Change.NEW: 1}, [])
