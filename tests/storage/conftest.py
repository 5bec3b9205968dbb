"""A migrated SQLite file for each test, and a store on it."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.schema.migrate import upgrade
from storage.store import Store


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database with all migrations, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "empty.db"
    asyncio.run(upgrade(f"sqlite:///{path}"))
    return path


@pytest.fixture
def url(migrated: Path, tmp_path: Path) -> str:
    """A database of the test's own."""
    path = tmp_path / "bifocal.db"
    shutil.copy(migrated, path)
    return f"sqlite:///{path}"


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
