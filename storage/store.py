"""The only door to what is remembered: opens the database and names its parts."""

from datetime import datetime

from sqlalchemy import Connection, select
from sqlalchemy.exc import SQLAlchemyError

from storage.answers.answers import Answers
from storage.answers.comments import Comments
from storage.answers.ended_questions import EndedQuestions
from storage.answers.erasure import Erasure
from storage.answers.listed_comments import ListedComments
from storage.answers.named_answers import NamedAnswers
from storage.answers.old_waves import OldWaves
from storage.answers.personal_data import PersonalData
from storage.answers.responses import Responses
from storage.answers.retention import Retention
from storage.answers.roles import Roles
from storage.delivery.doubts import Doubts
from storage.delivery.ledger import Ledger
from storage.delivery.outbox import Outbox
from storage.delivery.renewals import Renewals
from storage.digests.channel_groups import ChannelGroups
from storage.digests.digests import Digests
from storage.digests.editions import Editions
from storage.digests.outcomes import Outcomes
from storage.digests.shared_results import SharedResults
from storage.engine.database import Database, open_database, server_time
from storage.engine.repository import add
from storage.engine.trouble import Trouble, trouble_of
from storage.imports.imported_rounds import ImportedRounds
from storage.pulses.asked_questions import Questions
from storage.pulses.askings import Askings
from storage.pulses.openings import Openings
from storage.pulses.own_questions import OwnQuestions
from storage.pulses.product_changes import ProductChanges
from storage.pulses.products import Products
from storage.pulses.pulses import Pulses
from storage.pulses.rounds import Rounds
from storage.pulses.waves import Waves
from storage.reminders.claims import Reminders
from storage.reminders.pauses import Pauses
from storage.restores.restores import Restores
from storage.saved.saved_messages import SavedMessages
from storage.schema.delivery_tables import EVERY_TEAM, FINGERPRINT
from storage.schema.migrate import at_head, make
from storage.watch.outbox_review import OutboxReview
from storage.watch.overdue import Overdue
from storage.watch.schedules import Schedules
from storage.watch.trial_write import try_to_write


class Store:
    """Records in, records out; moments are aware, and UTC coming out.

    A verb that is given a naive moment, or text with a NUL or half a surrogate pair, raises ValueError. One
    that finds the database away, locked for two seconds, or its disk full, raises sqlalchemy.exc.DBAPIError.
    Nothing is kept of a write that raised.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self.restores = Restores(database)
        self.products = Products(database)
        self.product_changes = ProductChanges(database)
        self.pulses = Pulses(database, self.restores.numbers)
        self.waves = Waves(database)
        self.openings = Openings(database)
        self.questions = Questions(database)
        self.own_questions = OwnQuestions(database)
        self.rounds = Rounds(database)
        self.imported = ImportedRounds(database, self.restores.numbers)
        self.askings = Askings(database)
        self.renewals = Renewals(database)
        self.answers = Answers(database, self.renewals.changed.add)
        self.responses = Responses(database)
        self.named_answers = NamedAnswers(database)
        self.personal_data = PersonalData(database)
        self.roles = Roles(database, self.restores.note)
        self.comments = Comments(database)
        self.listed_comments = ListedComments(database)
        self.ended_questions = EndedQuestions(database)
        self.erasure = Erasure(database, self.restores.note)
        self.retention = Retention(database)
        self.old_waves = OldWaves(database)
        self.pauses = Pauses(database, self.restores.note)
        self.reminders = Reminders(database)
        self.saved = SavedMessages(database, self.restores.note)
        self.groups = ChannelGroups(database)
        self.digests = Digests(database)
        self.editions = Editions(database)
        self.shares = SharedResults(database)
        self.outcomes = Outcomes(database)
        self.ledger = Ledger(database)
        self.outbox = Outbox(database)
        self.doubts = Doubts(database)
        self.overdue = Overdue(database)
        self.review = OutboxReview(database)
        self.schedules = Schedules(database)

    @classmethod
    async def open(cls, url: str, *, zone: str = "UTC") -> "Store":
        """The store in a database (`sqlite:///bifocal.db`, `postgresql://...`), made by `migrate.upgrade`.

        One in memory (`sqlite://`) is made at once, as nothing could make it before. `zone` is the one by
        which schedules go whose own zone does not exist any more.
        """
        return cls(await open_database(url, make=make, zone=zone))

    async def close(self) -> None:
        """Commits what has been handed in and closes the database."""
        await self.database.close()

    async def reachable(self) -> bool:
        """Whether the database answers and has all migrations."""
        try:
            return await self.database.read(at_head)
        except SQLAlchemyError:
            return False

    async def trouble(self) -> Trouble | None:
        """Why nothing can be kept: found out by a small write that leaves nothing behind."""
        try:
            is_whole = await self.database.read(at_head)
            await try_to_write(self.database)
        except SQLAlchemyError as error:
            return self.file_trouble or trouble_of(error)
        return self.file_trouble or (None if is_whole else Trouble.OTHER_VERSION)

    @property
    def file_trouble(self) -> Trouble | None:
        """What can be seen of a database file from outside: GONE, REPLACED, or FULL for its disk."""
        return self.database.file.trouble if self.database.file else None

    async def now(self) -> datetime | None:
        """What time it is by the database's own clock; None where it has only that of this machine."""
        return await self.database.read(server_time)

    async def keep_fingerprint(self, text: str) -> bool:
        """Keeps the first fingerprint it is given; True as long as it is the same."""

        def work(connection: Connection) -> bool:
            add(connection, FINGERPRINT, {"team_id": EVERY_TEAM, "text": text})
            kept = select(FINGERPRINT.c.text).where(FINGERPRINT.c.team_id == EVERY_TEAM)
            return bool(connection.execute(kept).scalar_one() == text)

        return await self.database.write(work)
