"""A migrated SQLite file for each test, and a store on it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.store import Store
from tests.migrated import new_database


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A database of the test's own."""
    return new_database(tmp_path / "bifocal.db")


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    """The store on that database."""
    opened = await Store.open(url)
    yield opened
    await opened.close()


@pytest.fixture
async def other(url: str, store: Store) -> AsyncIterator[Store]:  # noqa: ARG001 - a second one of the same
    """A second store on the same database, as another process would have."""
    opened = await Store.open(url)
    yield opened
    await opened.close()
