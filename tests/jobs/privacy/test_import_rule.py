"""How the answers of a file become rounds."""

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.privacy.import_rule import (
    ASKED,
    COUNTED,
    TOO_NEW,
    Group,
    Grouped,
    Marked,
    all_but_few,
    group_by_month,
)
from storage.records import Lens, Question, Round, RoundKind
from storage.records.count_records import CountedBefore

TODAY = date(2026, 11, 30)
QUESTION = Question(
    team_id="T1",
    channel_id="C1",
    product_id="p",
    subject_key="",
    lens=Lens.CX,
    instrument="nps",
    wording="imported from a file",
    named=False,
)


class Row(NamedTuple):
    """An answer of a file."""

    number: int
    at: datetime
    person: str


def answers(*months: tuple[int, int], year: int = 2026, start: int = 0) -> list[Row]:
    """So many answers of different people in each month."""
    return [
        Row(start + 100 * month + each, datetime(year, month, each % 28 + 1, tzinfo=UTC), f"p{each}")
        for month, count in months
        for each in range(count)
    ]


def rows_of(group: Group[Row]) -> str:
    """What tells the rows of a group from others."""
    return ",".join(str(row.number) for row in sorted(group.answers.values()))


def grouped(rows: list[Row], *before: CountedBefore) -> Grouped[Row]:
    """The rounds of a file, today."""
    return group_by_month(rows, before, need=10, need_for_a_word=5, today=TODAY, rows_of=rows_of)


def counted(group: Group[Row], *, withdrawn: bool = False, rows: str | None = "") -> CountedBefore:
    """A group as a round that was counted before; `rows` None: it was asked here."""
    n = len(group.answers)
    made = Round(
        id=f"{group.last}{n}",
        question=QUESTION,
        kind=RoundKind.NUMBER,
        counted_at=group.counted_at,
        n=n,
        invited=None,
        first_day=group.first,
        last_day=group.last,
        askings=1,
        histogram={100.0: n - 5, 0.0: 5},
        withdrawn=withdrawn,
    )
    return CountedBefore(made, rows=rows_of(group) if rows == "" else rows)


def sizes(found: Grouped[Row]) -> list[tuple[int, int]]:
    """The last month of each group and how many people are in it."""
    return [(group.last.month, len(group.answers)) for group in found.groups]


def test_few_join_the_next_month() -> None:
    """Ten people make a round; each person counts once, with the latest answer."""
    found = grouped(answers((1, 12), (2, 4), (3, 11), (4, 9)))
    assert sizes(found) == [(1, 12), (3, 11)]
    assert (found.groups[1].first, found.groups[1].last) == (date(2026, 2, 1), date(2026, 3, 31))
    assert {row.at.month for row in found.groups[1].answers.values()} == {3}
    assert len(found.waiting) == 9


def test_a_word_only_where_all_of_it_is_small() -> None:
    """Five to nine people of a whole file are a word round; fewer are none."""
    found = grouped(answers((1, 3), (2, 7)))
    assert [group.kind for group in found.groups] == [RoundKind.WORD]
    assert not grouped(answers((1, 4))).groups


def test_a_month_is_counted_once() -> None:
    """Nothing is added to a month that was counted, also after a takedown; the same rows may return."""
    first = grouped(answers((1, 12))).groups[0]
    more = answers((1, 13), (2, 12))
    assert sizes(grouped(more, counted(first))) == [(2, 12)]
    assert grouped(more, counted(first)).left_out.keys() == {COUNTED}
    assert sizes(grouped(more, counted(first, withdrawn=True))) == [(2, 12)]
    assert sizes(grouped(answers((1, 12), (2, 12)), counted(first, withdrawn=True))) == [(1, 12), (2, 12)]
    assert sizes(grouped(answers((1, 12)), counted(first, withdrawn=True), counted(first))) == []


def test_what_was_asked_here_at_that_time_stands_alone() -> None:
    """A month near to a round of the same that was asked in Slack is left out."""
    asked = counted(grouped(answers((3, 12))).groups[0], rows=None)
    found = grouped(answers((1, 12), (2, 12), (3, 12), (4, 12)), asked)
    assert sizes(found) == [(1, 12), (2, 12), (4, 12)]
    assert found.left_out.keys() == {ASKED}


def test_a_month_needs_four_weeks_after_it() -> None:
    """So that no round that is counted from now on is nearer than four weeks."""
    found = grouped(answers((10, 12), (11, 12)))
    assert sizes(found) == [(10, 12)]
    assert found.left_out.keys() == {TOO_NEW}


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.tuples(st.integers(1, 10), st.integers(0, 25)), max_size=8),
    st.lists(st.tuples(st.integers(1, 10), st.integers(0, 25)), max_size=8),
    st.lists(st.booleans(), max_size=8),
)
def test_any_two_files(first: list[tuple[int, int]], second: list[tuple[int, int]], gone: list[bool]) -> None:
    """No two rounds of different rows lie within four weeks of each other, and none has under five people."""
    made = grouped(answers(*dict(first).items())).groups
    before = [
        counted(group, withdrawn=gone[place] if place < len(gone) else False)
        for place, group in enumerate(made)
        if group.kind is RoundKind.NUMBER
    ]
    known = {each.rows for each in before}
    for group in grouped(answers(*dict(second).items(), start=7), *before).groups:
        assert len(group.answers) >= 5
        near = [each for each in before if abs(each.round.counted_on - group.last) < timedelta(days=27)]
        assert not near or rows_of(group) in known


def marked(*ranges: range, rows: str = "") -> Marked:
    """A round of rows with these numbers."""
    return Marked(frozenset(str(each) for of in ranges for each in of), rows or str(ranges))


def test_the_same_file_but_a_few_rows_is_refused() -> None:
    """One row less or more, or another score in one, tells it; ten less, or five others each way, do not."""
    old = [marked(range(20)), marked(range(100, 130))]
    again = marked(range(20))
    for new, refused in {
        marked(range(19)): {0},
        marked(range(21)): {0},
        marked(range(20), rows="another score"): {0},
        marked(range(2, 22)): {0},
        marked(range(11)): {0},
        again: set(),
        marked(range(10)): set(),
        marked(range(3, 23)): set(),
        marked(range(200, 220)): set(),
    }.items():
        assert all_but_few([new], old) == refused, new
    assert all_but_few([again, marked(range(100, 129))], old) == {1}


def test_months_that_are_joined_otherwise_are_taken_together() -> None:
    """Each differs much from every earlier one, but all of them together by one row."""
    old = [marked(range(20)), marked(range(20, 40))]
    assert all_but_few([marked(range(10), range(20, 30)), marked(range(10, 20), range(30, 39))], old) == {
        0,
        1,
    }
    assert all_but_few([marked(range(39))], old) == {0}
    assert all_but_few([marked(range(40))], old) == {0}, "the same rows, and no round is the same"
    assert all_but_few(old, [marked(range(39))]) == {0, 1}
    assert all_but_few(old, old) == set()
    assert all_but_few(old, [each._replace(stands=True) for each in old]) == {0, 1}
