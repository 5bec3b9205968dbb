"""What was counted: of closed waves, of enough different people, nobody twice in four weeks, and for good."""

from collections.abc import Callable
from typing import Any

from tests.simulated.judging.evidence import DatabaseFile
from tests.simulated.judging.testimony import Testimony

NUMBER_FROM, WORD_FROM = 10, 5  # people
FOUR_WEEKS = 27  # days, as the papers count them
FIGURES = "n, favourable, middle, unfavourable, histogram, lean, clipped"


class RoundJudge:
    """Looks at each round and batch once it is there, and that it stays as it is."""

    def __init__(self, file: DatabaseFile, seen: Testimony, find: Callable[[str, str], None]) -> None:
        self._file, self._seen, self._find = file, seen, find
        self._rounds: dict[str, tuple[Any, ...]] = {}
        self._batches: set[str] = set()

    def look(self) -> None:
        """All of it."""
        new = False
        for row in self._file.rows(f"select id, question_id, kind, counted_at, {FIGURES} from round"):  # noqa: S608
            if row[0] not in self._rounds:
                new = True
                self._look_at_new(row[0], row[2], row[4])
            elif self._rounds[row[0]] != row:
                self._find("a counted figure moved", f"{self._rounds[row[0]]} became {row}")
            self._rounds[row[0]] = row
        if new:
            self._look_at_waves()
            self._look_at_four_weeks()
        self._look_at_batches()
        self._look_at_people()

    def _look_at_new(self, round_id: str, kind: str, people: int) -> None:
        if kind == "number" and people < NUMBER_FROM:
            self._find("a number of too few", f"round {round_id} of {people}")
        waves = [wave for (wave,) in self._file.rows("select id from wave where round_id = ?", round_id)]
        answered = set().union(*(self._seen.clicked_in[wave] for wave in waves))
        if people > len(answered):
            self._find("somebody counts twice", f"round {round_id} of {people}, {len(answered)} answered")

    def _look_at_waves(self) -> None:
        query = "select wave.id from wave join round on round.id = round_id"
        early = f"{query} where closed_at is null or closes_at > round.counted_at limit 1"
        for (wave,) in self._file.rows(early):
            self._find("counted before its close", f"wave {wave}")

    def _look_at_four_weeks(self) -> None:
        """Neither a question nor a person is counted twice within four weeks."""
        days = f"julianday(b.counted_on) - julianday(a.counted_on) between 0 and {FOUR_WEEKS - 1}"
        query = f"select a.id, b.id from round a join round b on a.question_id = b.question_id and {days}"  # noqa: S608
        for one, other in self._file.rows(f"{query} and a.id <> b.id"):
            self._find("a question counted twice in four weeks", f"rounds {one} and {other}")
        query = (
            "select a.id, b.id from participation p join participation q"  # noqa: S608
            " on p.respondent = q.respondent and p.round_id <> q.round_id"
            " join round a on a.id = p.round_id join round b on b.id = q.round_id"
            " join question x on x.id = a.question_id join question y on y.id = b.question_id"
            " where x.product_id = y.product_id and not x.named and not y.named and ("
            " (x.instrument = y.instrument and x.subject_key = y.subject_key) or b.kind = 'word')"
            f" and {days} limit 1"
        )
        for one, other in self._file.rows(query):
            self._find("a person counted twice in four weeks", f"rounds {one} and {other}")

    def _look_at_batches(self) -> None:
        """Comments are listed once five people have written."""
        for (batch,) in self._file.rows("select id from batch"):
            if batch not in self._batches:
                self._batches.add(batch)
                waves = self._file.rows("select wave_id from batch_wave where batch_id = ?", batch)
                wrote = set().union(*(self._seen.wrote_in[wave] for (wave,) in waves))
                if len(wrote) < WORD_FROM:
                    self._find("comments of too few are listed", f"batch {batch} of {len(wrote)}")

    def _look_at_people(self) -> None:
        """A round counts as many as are marked to have taken part in it, less those who were forgotten."""
        query = (
            "select round.id, n, count(participation.respondent) from round"
            " left join participation on participation.round_id = round.id group by round.id"
        )
        for made, people, marks in self._file.rows(query):
            if marks > people:
                self._find("a round counts fewer than took part", f"round {made}: {people}, {marks}")
