"""What is due: each time has one row, at its moment by the wall clock, and one post or a reason."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from tests.simulated.evidence import DatabaseFile, moment
from tests.simulated.plan import Due

ROWS = "select local, due_at, state, reason from occasion where owner_id = ?"
ON_TIME = timedelta(hours=26)  # a process is rung each day, and nothing is ever down for longer than minutes


class DueJudge:
    """Compares the ledger and what was posted with the wall clocks of the zones."""

    def __init__(self, file: DatabaseFile, find: Callable[[str, str], None]) -> None:
        self._file, self._find = file, find

    def look(self, dues: list[Due], owners: Mapping[str, str]) -> None:
        """All due times of the weeks, once they are over; `owners` are ids by kind and channel."""
        for owner in owners.values():
            twice = self._twice(owner)
            for local in twice:
                self._find("a due time has two", f"{owner} {local}")
        for due in dues:
            kind = due.schedule.kind
            owner = owners["digest" if kind == "digest" else due.schedule.channel_id]
            rows = {local: rest for local, *rest in self._file.rows(ROWS, owner)}
            if due.local not in rows:
                self._find("a due time has no row", f"{kind} {due.local}, there are {sorted(rows)}")
                continue
            at, state, reason = rows[due.local]
            if moment(at) != due.at:
                self._find("not by the wall clock", f"{kind} {due.local}: {at}, not {due.at}")
            if state == "skipped" and not reason:
                self._find("skipped without a reason", f"{kind} {due.local}")
            if kind == "question" and state != "skipped":
                self._look_for_wave(due, owner)

    def _twice(self, owner: str) -> list[str]:
        """The days on which a question was asked twice."""
        query = "select date(opened_at), count(*) from wave where pulse_id = ? group by 1 having count(*) > 1"
        return [day for day, _ in self._file.rows(query, owner)]

    def _look_for_wave(self, due: Due, owner: str) -> None:
        waves = [
            (wave, moment(opened))
            for wave, opened in self._file.rows("select id, opened_at from wave where pulse_id = ?", owner)
        ]
        near = [wave for wave, opened in waves if self._is_of(due.at, opened)]
        if len(near) != 1:
            self._find("a due time has not one asking", f"question {due.local}: {len(near)}")

    @staticmethod
    def _is_of(at: datetime, opened: datetime) -> bool:
        return at - timedelta(minutes=1) <= opened < at + ON_TIME
