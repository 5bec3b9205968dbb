"""What is kept of respondents beside their answers."""

from typing import Any

from sqlalchemy import Row

from storage.engine.repository import Repository, put, row_of, select_columns
from storage.records import Person
from storage.schema.question_tables import PERSON

PEOPLE = select_columns(PERSON.c, PERSON)


def read_person(row: Row[Any]) -> Person:
    """The person in a row of PEOPLE."""
    return Person(
        team_id=row.person_team_id,
        respondent=row.person_respondent,
        role=row.person_role,
        paused_until=row.person_paused_until,
    )


class People(Repository):
    """The respondents of every workspace."""

    async def get(self, team_id: str, respondent: str) -> Person | None:
        """What is kept of a respondent."""
        query = PEOPLE.where(PERSON.c.team_id == team_id, PERSON.c.respondent == respondent)
        return await self._fetch_one(query, read_person)

    async def put(self, person: Person) -> None:
        """Keeps this, in place of what was kept."""
        await self._engine.write(lambda connection: put(connection, PERSON, [row_of(person, PERSON)]))
