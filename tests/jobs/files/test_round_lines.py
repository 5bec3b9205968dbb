"""Rounds as lines of a file."""

from dataclasses import replace

import pytest

from jobs.files.round_lines import (
    COLUMNS,
    COMMENT_COLUMNS,
    KnownRound,
    ListedComment,
    as_csv,
    as_json,
    comment_lines,
    lines_of,
)
from storage.records import Lens, Role, Sentiment, Touchpoint
from storage.records.round_records import Round
from tests.jobs.messages.examples import labelled
from tests.jobs.scoring.rounds import counted, nps


def line(one: Round) -> dict[str, object]:
    """The line of a round about Atlas, without what is empty."""
    first, *_ = lines_of([KnownRound("Atlas", "", one)])
    return {name: value for name, value in first.items() if value not in (None, "", {})}


def test_a_round_says_what_a_query_says() -> None:
    """People, classes, the score and its range as they are printed."""
    found = line(counted("nps", nps(14, 9, 5)))
    assert found.keys() <= COLUMNS.keys()
    assert (found["people"], found["favourable"], found["middle"], found["unfavourable"]) == (28, 14, 9, 5)
    assert (found["score"], found["low"], found["high"]) == (32, 2, 56)


def test_a_clipped_round_says_at_least() -> None:
    """No counts, no score, no range: what nearly all gave, and where the score lies then."""
    found = line(counted("nps", nps(19, 1, 0)))
    assert not found.keys() & {"favourable", "score", "low", "high"}
    assert (found["nearly_all"], found["at_least"], found["score_from"]) == ("favourable", 18, 80)


def test_a_mean_counts_nobody_by_class() -> None:
    """Its score has the decimals that are printed."""
    found = line(counted("seq", [{1: point} for point in (3, 5, 5, 6, 6, 6, 7, 7, 7, 7)]))
    assert not found.keys() & {"favourable", "middle", "unfavourable"}
    assert found["score"] == 5.9


def test_roles_have_rows_of_their_own() -> None:
    """Where they were counted; of each its people, score and range."""
    one = counted("nps", nps(14, 9, 5))
    split = replace(one, by_role={Role.BUYS: {100: 10, -100: 5}, None: {100: 4, 0: 9}})
    rows = lines_of([KnownRound("Atlas", "", split)])
    assert [(row.get("role"), row["people"]) for row in rows] == [(None, 28), ("buys", 15), ("not told", 13)]


def test_no_id_is_in_a_file() -> None:
    """Rounds are known by their place in the file; what they share goes by that place too."""
    first = counted("nps", nps(14, 9, 5))
    second = counted("nps", nps(3, 4, 5), number=2, earlier=[first])
    lines = lines_of([KnownRound("Atlas", "", one) for one in (second, first)])
    for written in (as_csv(lines, COLUMNS), as_json(lines)):
        assert not any(each in written for each in (first.id, second.id, "T1"))


def test_shared_people_are_no_time_of_day() -> None:
    """A spreadsheet would make 03:10:00 of 3:10 and save that, and nobody would be shared any more."""
    first = counted("nps", nps(14, 9, 5))
    second = counted("nps", nps(3, 4, 5), number=2, earlier=[first])
    written = as_csv(lines_of([KnownRound("Atlas", "", one) for one in (first, second)]), COLUMNS)
    assert written.splitlines()[2].endswith(",1=12")


def test_what_was_taken_down_has_no_line() -> None:
    """It is in no figure, so in no file."""
    assert lines_of([KnownRound("Atlas", "", replace(counted("nps", nps(14, 9, 5)), withdrawn=True))]) == []


@pytest.mark.parametrize("name", ["=cmd()", "@Atlas"])
def test_names_are_no_formulas(name: str) -> None:
    """A product may be called anything."""
    written = as_csv(lines_of([KnownRound(name, "", counted("nps", nps(14, 9, 5)))]), COLUMNS)
    assert f",'{name}," in written


def test_numbers_stay_numbers() -> None:
    """A score below zero is no formula."""
    written = as_csv(lines_of([KnownRound("Atlas", "", counted("nps", nps(5, 5, 14)))]), COLUMNS)
    assert ",-38," in written


@pytest.mark.parametrize("wish, said", [(True, "yes"), (False, "no"), (None, "")])
def test_a_comment_says_whether_it_is_a_wish(*, wish: bool | None, said: str) -> None:
    """Beside its tone, whatever that is."""
    one = labelled("Add it.", Sentiment.NEGATIVE, Touchpoint.FEATURES, wish=wish)
    written = as_csv(comment_lines([ListedComment("Atlas", Lens.UX, "", one)]), COMMENT_COLUMNS)
    assert written.splitlines()[1] == f"Atlas,UX,,negative,{said},features,Add it."
