"""A column that was added is in every database, new or old, and in the record that is read from it."""

import asyncio
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from storage.records import ConfirmedName
from storage.schema.migrate import TABLES, upgrade
from storage.store import Store


async def main(folder: Path) -> None:
    """Migrate a new database, see that it has what the tables say, and read a product."""
    url = f"sqlite:///{folder / 'bifocal.db'}"
    await upgrade(url)
    engine = create_engine(url)
    with engine.connect() as connection:
        assert not compare_metadata(MigrationContext.configure(connection), TABLES)
    engine.dispose()
    store = await Store.open(url)
    assert asdict(await store.products.create("T1", ConfirmedName("Atlas")))["note"] is None
    await store.close()


with TemporaryDirectory() as temporary:
    asyncio.run(main(Path(temporary)))
