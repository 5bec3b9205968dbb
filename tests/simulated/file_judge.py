"""What the file of the database must hold, and what it must not, at every moment."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tests.simulated.evidence import DatabaseFile, moment, respondent

CLOCKS_APART = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, eq=False)
class Click:
    """A point that somebody chose, by Slack's clock."""

    user_id: str
    wave_id: str
    point: int
    at: datetime
    acked: bool

    def __str__(self) -> str:
        return f"{self.point} of {self.user_id} at {self.at:%H:%M:%S.%f} in wave {self.wave_id}"


class FileJudge:
    """Compares the file with what was acked. `find` takes the name of a rule and what broke it."""

    def __init__(
        self,
        file: DatabaseFile,
        find: Callable[[str, str], None],
        is_erased: Callable[[Click], bool],
        clock: Callable[[], datetime],
    ) -> None:
        self._file, self._find, self._is_erased, self._clock = file, find, is_erased, clock
        self._rounds: dict[str, tuple[Any, ...]] = {}
        self._stood: set[Click] = set()
        self._settled: set[Click] = set()

    def look(self, clicks: Sequence[Click], untold: Sequence[Click]) -> None:
        """All of it; `untold` are looked after by somebody else."""
        self._look_at_answers([click for click in clicks if click not in untold])
        self._look_at_ties()
        self._look_at_rounds()
        self._look_at_people()

    def is_over(self, wave_id: str) -> bool:
        """Whether a wave takes no answers any more, or soon none by a clock that is off."""
        query = "select closed_at, counted_at, settled_at, taken_down, closes_at from wave where id = ?"
        found = self._file.rows(query, wave_id)
        return not found or any(found[0][:4]) or self._clock() >= moment(found[0][4]) - CLOCKS_APART

    def _look_at_answers(self, clicks: Sequence[Click]) -> None:
        """Every acked answer stands until it is counted, and it is the newest one."""
        query = "select id from wave where counted_at is null and not taken_down"
        waiting = {wave for (wave,) in self._file.rows(query)}
        query = "select wave_id, respondent, point, clicked_at from rating where item = 1"
        held = {(wave, who): (point, moment(at)) for wave, who, point, at in self._file.rows(query)}
        newest: dict[tuple[str, str], Click] = {}
        for click in clicks:
            if click.acked and click.wave_id in waiting and not self._is_erased(click):
                place = click.wave_id, click.user_id
                if place not in newest or click.at >= newest[place].at:
                    newest[place] = click
        for click in newest.values():
            if click not in self._settled:
                self._compare(click, held.get((click.wave_id, respondent(click.user_id))))

    def _compare(self, click: Click, kept: tuple[int, datetime] | None) -> None:
        if kept is None:
            if click in self._stood or not self.is_over(click.wave_id):
                self._find("acked and lost", str(click))
            self._settled.add(click)  # it came after the close, and the person was told
            return
        self._stood.add(click)
        point, at = kept
        if at < click.at and not self.is_over(click.wave_id):
            self._find("an older click stands", f"{click}, kept {point} at {at:%H:%M:%S.%f}")
        elif at == click.at and point != click.point:
            self._find("another point stands", f"{click}, kept {point}")

    def _look_at_ties(self) -> None:
        """After the count nothing ties a person to what they chose."""
        query = "select wave.id from rating join wave on wave.id = wave_id where counted_at is not null"
        for (wave,) in self._file.rows(f"{query} limit 1"):
            self._find("a tie after the count", f"wave {wave}")

    def _look_at_rounds(self) -> None:
        """A round is of closed waves, and never changes."""
        columns = "id, question_id, kind, counted_at, n, favourable, middle, unfavourable, histogram, lean"
        for row in self._file.rows(f"select {columns}, clipped from round"):  # noqa: S608
            if self._rounds.setdefault(row[0], row) != row:
                self._find("a counted figure moved", f"{self._rounds[row[0]]} became {row}")
                self._rounds[row[0]] = row
        query = "select wave.id from wave join round on round.id = round_id"
        early = f"{query} where closed_at is null or closes_at > round.counted_at limit 1"
        for (wave,) in self._file.rows(early):
            self._find("counted before its close", f"wave {wave}")

    def _look_at_people(self) -> None:
        """A round counts as many as are marked to have taken part in it, less those who were forgotten."""
        query = (
            "select round.id, n, count(participation.respondent) from round"
            " left join participation on participation.round_id = round.id group by round.id"
        )
        for made, people, marks in self._file.rows(query):
            if marks > people:
                self._find("a round counts fewer than took part", f"round {made}: {people}, {marks}")
