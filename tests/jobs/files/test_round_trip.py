"""An export of rounds is read again as the same rounds: exported anew it says the same."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.files.round_file import RoundsRead, Sought, has_rounds, read_rounds_of
from jobs.files.round_lines import COLUMNS, KnownRound, Line, as_csv, as_json, lines_of
from jobs.instruments import INSTRUMENTS
from jobs.tables.table_file import read_table
from storage.engine.repository import new_id
from storage.records.round_records import Round
from tests.jobs.scoring.rounds import counted

OTHERWISE = {"round", "channel", "imported_from"}
"""What an imported round may have otherwise."""


def exported(rounds: Sequence[Round]) -> list[Line]:
    """The lines of rounds about Atlas."""
    return lines_of([KnownRound("Atlas", "", one) for one in rounds])


def read(content: str, key: str) -> RoundsRead:
    """The rounds of a file on an instrument about Atlas."""
    table = read_table(content.encode())
    assert has_rounds(table)
    question = replace(
        counted(key, [_some(key)] * 10).question, wording="imported from a file", subject_key=""
    )
    sought = Sought(
        instrument=INSTRUMENTS[key],
        question=question,
        product_names=frozenset({"atlas"}),
        subject_key=str,
        today=date(2028, 1, 1),
    )
    return read_rounds_of(table, sought, new_id)


def _some(key: str) -> dict[int, int]:
    instrument = INSTRUMENTS[key]
    return dict.fromkeys(range(1, instrument.item_count + 1), instrument.scale.high)


def told(lines: Sequence[Line]) -> list[dict[str, object]]:
    """What two exports of the same rounds have in common."""
    return [
        {name: value for name, value in line.items() if name not in OTHERWISE and value not in (None, "", {})}
        for line in lines
    ]


@st.composite
def histories(draw: st.DrawFn) -> tuple[str, list[Round]]:
    """An instrument and up to three rounds of it, small and large, clipped or not, some of them words."""
    key = draw(st.sampled_from(list(INSTRUMENTS)))
    instrument = INSTRUMENTS[key]
    rounds: list[Round] = []
    for number in range(draw(st.integers(1, 3))):
        word = draw(st.booleans()) and draw(st.booleans())
        size = draw(st.integers(5, 9) if word else st.integers(10, 40))
        points = st.integers(instrument.scale.low, instrument.scale.high)
        if draw(st.booleans()):
            points = st.just(draw(points))
        answers = [{item: draw(points) for item in range(1, instrument.item_count + 1)} for _ in range(size)]
        earlier = [one for one in rounds if draw(st.booleans())]
        rounds.append(counted(key, answers, number=number + 1, word=word, earlier=earlier))
    return key, rounds


@settings(deadline=None, max_examples=60)
@given(histories(), st.booleans())
def test_exported_imported_exported(history: tuple[str, list[Round]], as_lines: bool) -> None:  # noqa: FBT001
    """Every figure is the same: people, classes, score, range, words, what is clipped, shared people."""
    key, rounds = history
    lines = exported(rounds)
    found = read(as_json(lines) if as_lines else as_csv(lines, COLUMNS), key)
    assert found.refused == []
    again = [one for _, one, _ in found.rounds]
    assert told(exported(again)) == told(lines)
    assert all(one.clipped == old.clipped for one, old in zip(again, rounds, strict=True))


def test_a_line_that_says_too_much_is_clipped() -> None:
    """Where somebody has written counts that no export has, the round is clipped as every round is."""
    line, *_ = exported([counted("nps", [10] * 8 + [8] * 2 + [3] * 4)])
    crafted = line | {"people": 14, "favourable": 13, "middle": 1, "unfavourable": 0}
    ((_, one, _),) = read(as_csv([crafted], COLUMNS), "nps").rounds
    assert (one.clipped, one.histogram) == (100, {})


@pytest.mark.parametrize(
    "wrong, reason",
    [
        ({"people": 9}, "fewer people"),
        ({"favourable": 3}, "do not add up"),
        ({"favourable": -3, "middle": 13}, "do not add up"),
        ({"favourable": "many"}, "no round as an export has it"),
        ({"counted_on": "soon"}, "no round as an export has it"),
        ({"counted_on": "2030-01-01"}, "in the future"),
        ({"last_day": "2020-01-01"}, "cannot be"),
        ({"counted_on": "2020-01-01"}, "cannot be"),
        ({"invited": 3}, "cannot be"),
        ({"instrument": "csat"}, "another question"),
        ({"with_names": "yes"}, "another question"),
        ({"role": "buys"}, "rows of roles"),
        ({"subject": "support"}, "another subject"),
        ({"word": "great"}, "no round as an export has it"),
        ({"nearly_all": "everybody"}, "no round as an export has it"),
        ({"people": 10**20}, "no round as an export has it"),
        ({"askings": 0}, "no round as an export has it"),
        ({"askings": 10**20}, "no round as an export has it"),
    ],
)
def test_bad_lines(wrong: Line, reason: str) -> None:
    """Each is left out with its reason."""
    line, *_ = exported([counted("nps", [10] * 4 + [8] * 2 + [3] * 4)])
    found = read(as_csv([line | wrong], COLUMNS), "nps")
    assert not found.rounds
    assert reason in found.refused[0][1]


def test_a_range_that_cannot_be() -> None:
    """Of a mean score and range must belong to answers of so many people."""
    line, *_ = exported([counted("seq", [{1: point} for point in (2, 3, 5, 6, 6, 7, 7, 7, 4, 5)])])
    found = read(as_csv([line | {"low": 5.1, "high": 5.2}], COLUMNS), "seq")
    assert "no answers have such a score and range" in found.refused[0][1]


@pytest.mark.parametrize("score", ["nan", "inf", 0, 101])
def test_a_score_that_cannot_be(score: object) -> None:
    """No score outside of its scale is kept, and none that is no number: no figure could be read with it."""
    line, *_ = exported([counted("seq", [{1: point} for point in (2, 3, 5, 6, 6, 7, 7, 7, 4, 5)])])
    wrong = line | {"score": score, "low": score, "high": score}
    found = read(as_csv([wrong], COLUMNS), "seq")
    assert "no answers have such a score and range" in found.refused[0][1]
