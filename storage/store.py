"""The only door to what is remembered: opens the database and gives its parts."""

from sqlalchemy import Connection, select
from sqlalchemy.exc import SQLAlchemyError

from storage.answers.answers import Answers
from storage.delivery.ledger import Ledger
from storage.delivery.outbox import Outbox
from storage.digests.digests import Digests
from storage.engine.repository import add
from storage.engine.sqlite import Database, is_in_memory, read_url
from storage.engine.writer import T, Work, Writer
from storage.people import People
from storage.pulses.products import Products
from storage.pulses.pulses import Pulses
from storage.pulses.waves import Waves
from storage.schema.delivery_tables import EVERY_TEAM, FINGERPRINT
from storage.schema.migrate import at_head, make


class Store:
    """Records in, records out; moments are aware, and UTC coming out.

    A verb that is given a naive moment, or text with a NUL or half a surrogate pair, raises ValueError. One
    that finds the database locked for two seconds, or its disk full, raises sqlalchemy.exc.OperationalError.
    Nothing is kept of a write that raised.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._writer = Writer(database.commit)
        self.products = Products(self.read, self.write)
        self.pulses = Pulses(self.read, self.write)
        self.waves = Waves(self.read, self.write)
        self.answers = Answers(self.read, self.write)
        self.people = People(self.read, self.write)
        self.digests = Digests(self.read, self.write)
        self.ledger = Ledger(self.read, self.write)
        self.outbox = Outbox(self.read, self.write)

    @classmethod
    async def open(cls, url: str) -> "Store":
        """The store in a SQLite database (`sqlite:///bifocal.db`), made by `schema.migrate.upgrade`.

        One in memory (`sqlite://`) is made at once, as nothing could make it before.
        """
        address = read_url(url)
        store = cls(Database(address))
        if is_in_memory(address):
            await store.write(make)
        return store

    async def read(self, work: Work[T]) -> T:
        """What `work` reads, from one snapshot."""
        return await self._database.read(work)

    async def write(self, work: Work[T]) -> T:
        """What `work` gives, once it is committed. Every write passes here.

        `work` runs in one transaction, perhaps twice (see `storage.writer`).
        """
        return await self._writer.write(work)

    async def close(self) -> None:
        """Commits what has been handed in and closes the database."""
        await self._writer.close()
        await self._database.close()

    async def reachable(self) -> bool:
        """Whether the database answers and has all migrations."""
        try:
            return await self.read(at_head)
        except SQLAlchemyError:
            return False

    async def keep_fingerprint(self, text: str) -> bool:
        """Keeps the first fingerprint it is given; True as long as it is the same."""

        def work(connection: Connection) -> bool:
            add(connection, FINGERPRINT, {"team_id": EVERY_TEAM, "text": text})
            kept = select(FINGERPRINT.c.text).where(FINGERPRINT.c.team_id == EVERY_TEAM)
            return bool(connection.execute(kept).scalar_one() == text)

        return await self.write(work)
