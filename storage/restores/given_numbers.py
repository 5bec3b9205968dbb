"""The numbers that questions were given, kept outside of the database too, so that none comes twice."""

from sqlalchemy import func, select

from storage.engine.repository import Repository, Transact
from storage.restores.run_marks import Outside, lines_of
from storage.schema.question_tables import PULSE

NUMBER = "number"


class GivenNumbers(Repository):
    """People know a question by its number, so a restored copy does not give a later one to another."""

    def __init__(self, engine: Transact) -> None:
        super().__init__(engine)
        self._outside: Outside | None = None
        self._highest: dict[str, int] = {}

    async def look(self, outside: Outside) -> None:
        """Reads what was given out, and keeps outside what only the database knows yet; once, at a start."""
        for line in lines_of(outside):
            if line.what == NUMBER and line.which.isdecimal():
                self._highest[line.team_id] = max(int(line.which), self.highest(line.team_id))
        self._outside = outside
        query = select(PULSE.c.team_id, func.max(PULSE.c.number)).group_by(PULSE.c.team_id)
        for team_id, number in await self._engine.read(lambda connection: connection.execute(query).all()):
            if number > self.highest(team_id):
                self.keep(team_id, number)

    def highest(self, team_id: str) -> int:
        """The highest number of a workspace before this process began; 0 where there was none."""
        return self._highest.get(team_id, 0)

    def keep(self, team_id: str, number: int) -> None:
        """Keeps outside that a number is given out; on the disk when this returns."""
        if self._outside:
            self._outside.append(f"0 {NUMBER} {team_id} {number}")
