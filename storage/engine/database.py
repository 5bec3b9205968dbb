"""What every database offers, and which one an address opens."""

from typing import Protocol

from storage.engine.repository import Transact
from storage.engine.sqlite import SQLiteDatabase, is_in_memory, read_url
from storage.engine.writer import Work


class Database(Transact, Protocol):
    """An open database: the parts of the store read and write through it."""

    async def close(self) -> None:
        """Commits what has been handed in, and takes nothing more."""


async def open_database(url: str, *, make: Work[None], zone: str = "UTC") -> Database:
    """The database of an address (`sqlite:///bifocal.db`).

    `zone` stands for zones that do not exist any more. One in memory (`sqlite://`) gets its tables at once by
    `make`, as no migration could reach it before. Raises ValueError for a database that is not supported and
    sqlalchemy.exc.ArgumentError for no address.
    """
    address = read_url(url)
    database = SQLiteDatabase(address, zone=zone)
    if is_in_memory(address):
        await database.write(make)
    return database
