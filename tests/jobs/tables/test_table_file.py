"""Files of rows as other programs write them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.tables.table_file import UnreadableFile, plain_cell, read_table, safe_cell, write_csv

CAFE = "score;comment\r\n9;café\r\n"


@pytest.mark.parametrize(
    "data, form",
    [
        (CAFE.encode(), "UTF-8, with semicolons"),
        (CAFE.encode("utf-8-sig"), "UTF-8, with semicolons"),
        (CAFE.encode("utf-16"), "UTF-16, with semicolons"),
        (CAFE.encode("utf-16-le"), "UTF-16, with semicolons"),
        (CAFE.encode("cp1252"), "Windows-1252 (Latin-1), with semicolons"),
        (b"sep=;\r\n" + CAFE.encode(), "UTF-8, with semicolons"),
        (CAFE.replace(";", "\t").encode(), "UTF-8, with tabs"),
        (CAFE.replace(";", ",").encode(), "UTF-8, with commas"),
        ('{"score": 9, "comment": "café"}\n\n'.encode(), "UTF-8, JSON lines"),
        ('[{"score": 9, "comment": "café"}]'.encode(), "UTF-8, JSON lines"),
    ],
)
def test_every_form_is_the_same_table(data: bytes, form: str) -> None:
    """Encodings, byte order marks, Excel's files and JSON lines: it says which was taken."""
    table = read_table(data)
    assert table.form == form
    assert table.columns == ("score", "comment")
    assert [cells for _, cells in table.rows] == [("9", "café")]


@pytest.mark.parametrize("header", ["[score],date", "{score},date", "[ score ],date"])
def test_a_header_that_begins_with_a_bracket_is_no_json(header: str) -> None:
    """JSON begins with an object or a list; a name of a column may begin with a bracket."""
    table = read_table(f"{header}\n9,2026-01-01\n".encode())
    assert table.columns == tuple(header.split(","))
    assert table.rows == [(2, ("9", "2026-01-01"))]


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    """Also where a cell has lines of its own; a short row is filled up."""
    assert read_table(b'a,b\n"x\ny",1\nz\n').rows == [(2, ("x\ny", "1")), (3, ("z", ""))]


def test_a_named_encoding_is_taken() -> None:
    """Where the file tells nothing, the option decides; one that does not fit is said."""
    assert read_table("a\nж".encode("cp1251"), encoding="cp1251").rows == [(2, ("ж",))]
    with pytest.raises(UnreadableFile, match="not in ascii"):
        read_table("a\nж".encode(), encoding="ascii")


def test_comments_in_json_may_have_line_ends_and_halves_of_characters() -> None:
    """A line of JSON ends at a line feed alone; what no database keeps is left out."""
    table = read_table('{"comment": "a\u2028b\x85c"}\n{"comment": "d\\u0000e\\ud83d"}'.encode())
    assert table.rows == [(1, ("a\u2028b\x85c",)), (2, ("de?",))]


def test_what_lies_deeper_in_json_has_a_name_with_dots() -> None:
    """So `--map product=person_properties.product` finds it; lists are left out."""
    data = b'{"person_properties": {"product": "Atlas"}, "tags": ["x"], "score": 9, "comment": null}'
    assert read_table(data).columns == ("person_properties.product", "score")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "'=1", "''=1", "'t is", "x=1", ""])
def test_cells_that_are_formulas_are_defused_and_read_back(cell: str) -> None:
    """No written cell begins as a formula does, and reading undoes exactly what writing did."""
    assert not safe_cell(cell).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert plain_cell(safe_cell(cell)) == cell


@settings(deadline=None)
@given(st.text(alphabet="=+-@'\t\ra,;\"\n", max_size=6))
def test_any_cell_comes_back(cell: str) -> None:
    """What is written is what is read."""
    written = write_csv(["a", "b"], [[cell, "x"]])
    (_, cells), *_ = read_table(written.encode()).rows
    assert plain_cell(cells[0]) == cell
