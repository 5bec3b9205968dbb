"""What makes the tests quick hides no difference between the databases of two tests."""

from pathlib import Path

from sqlalchemy import literal, select

from storage.engine.address import read_url
from storage.engine.sqlite import SQLiteDatabase
from storage.schema.columns import ZoneName

LOST = select(literal("Nowhere/At_All", ZoneName()))


async def zone_read(path: Path, zone: str) -> str:
    """What a database whose settings name `zone` gives for a zone that does not exist."""
    database = SQLiteDatabase(read_url(f"sqlite:///{path}"), zone=zone)
    try:
        return await database.read(lambda connection: str(connection.scalar(LOST)))
    finally:
        await database.close()


async def test_a_compiled_statement_serves_only_settings_of_the_same_zone(tmp_path: Path) -> None:
    """A statement that was compiled for another database gives the zone of the database that is asked."""
    zones = ["Europe/Berlin", "Europe/Berlin", "Asia/Tokyo", "Europe/Berlin"]
    assert [await zone_read(tmp_path / f"{at}.db", zone) for at, zone in enumerate(zones)] == zones
