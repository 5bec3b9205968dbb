"""What is due: each time has one row, at its moment by the wall clock, and one post or a reason."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from tests.simulated.evidence import DatabaseFile, moment
from tests.simulated.plan import Due

ROWS = "select local, due_at, state, reason from occasion where owner_id = ?"
ON_TIME = timedelta(hours=26)  # what is later than a day is skipped


class DueJudge:
    """Compares the ledger and what was posted with the wall clocks of the zones."""

    def __init__(self, file: DatabaseFile, find: Callable[[str, str], None]) -> None:
        self._file, self._find = file, find

    def look(self, dues: Sequence[Due], owners: Mapping[str, str]) -> None:
        """What the ledger holds by now; `owners` are ids by kind and channel."""
        query = "select pulse_id, date(opened_at) from wave group by 1, 2 having count(*) > 1"
        for owner, day in self._file.rows(query):
            self._find("a due time has two", f"question {owner} on {day}")
        moments = {(self._owner(due, owners), due.local): due.at for due in dues}
        for owner, local, at in self._file.rows("select owner_id, local, due_at from occasion"):
            if owner in owners.values() and moments.get((owner, local)) != moment(at):
                self._find("not by the wall clock", f"{owner} {local}: {at}")

    def look_at_the_end(self, dues: Sequence[Due], owners: Mapping[str, str]) -> None:
        """All due times of the weeks, once they are over."""
        for due in dues:
            kind = due.schedule.kind
            owner = self._owner(due, owners)
            rows = {local: rest for local, *rest in self._file.rows(ROWS, owner)}
            if due.local not in rows:
                self._find("a due time has no row", f"{kind} {due.local}, there are {sorted(rows)}")
                continue
            _, state, reason = rows[due.local]
            if state == "skipped" and not reason:
                self._find("skipped without a reason", f"{kind} {due.local}")
            if kind == "question" and state != "skipped":
                self._look_for_wave(due, owner)

    @staticmethod
    def _owner(due: Due, owners: Mapping[str, str]) -> str:
        return owners["digest" if due.schedule.kind == "digest" else due.schedule.channel_id]

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
