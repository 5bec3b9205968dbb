"""The totals of the answers of a file."""

from collections.abc import Hashable
from datetime import UTC, date, datetime

from jobs.files.count_file import count_groups
from jobs.files.rated_rows import RatedRow
from jobs.instruments import INSTRUMENTS
from jobs.privacy.import_rule import Group
from storage.records import RoundKind
from tests.jobs.scoring.rounds import counted


def test_a_row_of_nobody_is_nobody_elses() -> None:
    """A row without a person counts beside a person who is called by its number."""
    at = datetime(2026, 1, 5, tzinfo=UTC)
    rows = [RatedRow(number, at, number, "7" if number == 1 else "", "", b"") for number in range(1, 11)]
    answers: dict[Hashable, RatedRow] = {row.person or row.number: row for row in rows}
    group = Group(RoundKind.NUMBER, date(2026, 1, 1), date(2026, 1, 31), answers)
    question = counted("nps", [10] * 8 + [3] * 4).question
    (made,) = count_groups(INSTRUMENTS["nps"], question, [group], [], promise=5)
    assert made.n == 10
