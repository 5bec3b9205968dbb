"""Rows with a score each, as Delighted and others give them."""

import json
from datetime import UTC, datetime

from jobs.files.rated_rows import RowsRead, Wanted, find_columns, read_map, read_rows
from jobs.instruments import INSTRUMENTS
from jobs.tables.table_file import read_table

RECORD = {  # as Delighted's API documents it
    "id": "1",
    "person": "10",
    "survey_type": "nps",
    "score": 0,
    "comment": None,
    "permalink": "https://app.delighted.com/r/x",
    "created_at": 1713418460,
    "updated_at": None,
    "person_properties": {"product": "Atlas", "country": "USA"},
    "notes": [],
    "tags": [],
    "additional_answers": [{"id": "4", "value": {"free_response": None}}],
}


def read(data: str, *told: str, instrument: str = "nps") -> RowsRead:
    """The rows of a file about Atlas."""
    table = read_table(data.encode())
    wanted = Wanted(
        instrument=INSTRUMENTS[instrument],
        product_names=frozenset({"atlas"}),
        now=datetime(2026, 11, 30, tzinfo=UTC),
    )
    return read_rows(table, find_columns(table, read_map(told)), wanted)


def test_the_record_of_delighted() -> None:
    """A score, seconds since 1970, the person, and the product among the properties of a person."""
    other = RECORD | {"id": "2", "person_properties": {"product": "Iris"}}
    late = RECORD | {"id": "3", "score": 9, "comment": "Good"}
    found = read("\n".join(json.dumps(each) for each in (RECORD, other, late)))
    assert [(row.number, row.point, row.person, row.comment) for row in found.rows] == [
        (1, 0, "10", ""),
        (3, 9, "10", "Good"),
    ]
    assert found.rows[0].at == datetime(2024, 4, 18, 5, 34, 20, tzinfo=UTC)
    assert found.refused == [(2, "another product")]


def test_kinds_of_other_scales_are_no_answers_here() -> None:
    """Delighted's `ces` has five points and `ces7` seven; only the latter is CES here."""
    lines = "survey_type,score,date\nces,5,2026-01-01\nces7,6,2026-01-01\nenps,6,2026-01-01\n"
    found = read(lines, instrument="ces")
    assert [row.number for row in found.rows] == [3]
    assert found.refused == [
        (2, "ces has a scale of five points, another one than here"),
        (4, "another kind of question"),
    ]


def test_columns_are_told_or_known() -> None:
    """Names with commas, other case, and the columns of a spreadsheet are found."""
    lines = '"Your score, 0 to 10",Text,Created At,Email Address\n9,=HYPERLINK("x"),2026-01-01,A@x.com\n'
    found = read(lines, "score=your score, 0 to 10,comment=Text")
    assert [(row.point, row.comment, row.person) for row in found.rows] == [(9, '=HYPERLINK("x")', "a@x.com")]


def test_long_comments_are_cut() -> None:
    """At the length that comments may have here."""
    found = read(f"score,comment,date\n9,{'x' * 1001},2026-01-01")
    assert (len(found.rows[0].comment), found.shortened) == (1000, 1)


def test_an_export_of_the_same_rows_in_another_form_is_the_same() -> None:
    """A row is known by its own id; without one by all its cells."""
    with_id = [read(f"id,score,date,x\nr1,9,2026-01-01,{more}").rows[0].mark for more in "ab"]
    without = [read(f"score,date,x\n9,2026-01-01,{more}").rows[0].mark for more in "ab"]
    assert with_id[0] == with_id[1]
    assert without[0] != without[1]
