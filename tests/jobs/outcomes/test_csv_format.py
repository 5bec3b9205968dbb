"""Figures out of CSV files as spreadsheets write them, and what is said of those that are none."""

import re
from datetime import date

import pytest

from jobs.outcomes.csv_format import InvalidFile, read_csv
from storage.records import Lens, OutcomeFigure, Unit

TODAY = date(2026, 11, 16)
CHURN = OutcomeFigure(
    metric="churn",
    value="2.1",
    unit=Unit.PERCENT,
    lens=Lens.CX,
    day=date(2026, 10, 31),
    whole_month=True,
    source="Büro",
)
ROWS = 'metric;value;date;product;side;source\r\nchurn;"2,1%";2026-10;Atlas;;Büro\r\n'
FILES = {
    "utf-8": ROWS.encode(),
    "with a mark": ROWS.encode("utf-8-sig"),
    "utf-16": ROWS.encode("utf-16"),
    "windows": ROWS.encode("cp1252"),
    "tabs": ROWS.replace(";", "\t").encode(),
    "commas": ROWS.replace(";", ",").encode(),
    "excel": b"sep=;\r\n" + ROWS.encode(),
    "empty columns": ROWS.replace("\r\n", ";;\r\n").encode(),
    "another order": (
        "Product, Date ,Value,Metric,source\n\nAtlas,2026-10,2.1%,Churn rate,Büro\n,,,,\n".encode()
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_read_however_it_was_saved(name: str) -> None:
    """Encodings, separators, empty lines and the order of columns do not matter."""
    read = read_csv(FILES[name], today=TODAY)
    assert [(row.product, row.figure) for row in read.rows] == [("Atlas", CHURN)]
    assert not read.refused


def test_each_refused_line_is_named_with_its_reason() -> None:
    """A formula, a day to come, no product, no side, too many cells; the others are read."""
    lines = [
        "metric,value,date,product",
        "=1+1,5,2026-10,Atlas",
        "churn,2.1%,2027-01,Atlas",
        "churn,2.1%,2026-10,",
        "trials,7,2026-10,Atlas",
        "churn,2,1%,2026-10,Atlas",
        "churn,2.1%,2026-10,Atlas",
    ]
    read = read_csv("\n".join(lines).encode(), today=TODAY)
    assert [row.line for row in read.rows] == [7]
    assert read.refused == (
        (2, "Leave out the = at the beginning of the name of the figure."),
        (3, "2027-01-01 has not come yet."),
        (4, "It names no product."),
        (5, "Say whether it is a figure of customers or of users."),
        (6, "It has 5 cells, and there are 4 columns."),
    )


WRONG = {
    "The file is empty.": b"\n",
    'There is no column "product".': b"metric,value,date\n",
    '"colour" is no column.': b"metric,value,date,product,colour\n",
    "A column is there twice.": b"metric,value,date,product,value\n",
    "This is a workbook, no CSV file: save it as CSV (UTF-8)": b"PK\x03\x04\x00",
    "The file cannot be read from line 2 on": b"metric,value,date,product\n" + b"a" * 1_000_001,
}


@pytest.mark.parametrize("said", WRONG)
def test_what_is_no_table_of_figures_is_refused_whole(said: str) -> None:
    """One sentence says what is wrong."""
    with pytest.raises(InvalidFile, match=re.escape(said)):
        read_csv(WRONG[said], today=TODAY)
