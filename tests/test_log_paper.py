"""Each line that the log can print stands in docs/log.md, with what to do, and no other does."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.papers import ROOT
from tests.test_layers import PLAN

PAPER = (ROOT / "docs/log.md").read_text()
ROWS = [
    [cell.strip() for cell in line.strip("| ").split(" | ")]
    for line in PAPER.splitlines()
    if re.match(r"\| (?:INFO|WARNING|ERROR) ", line)
]
LEVELS = {"info": "INFO", "warning": "WARNING", "error": "ERROR", "exception": "ERROR"}
SELDOM = " (… since the last such line)"
HANDED_ON = {
    "%s",
    f"%s{SELDOM}".replace("…", "%s"),
}  # the text is another's: an error's, or SeldomLogged's


def as_shown(template: str) -> str:
    """A line with … for what is filled in."""
    return re.sub(r"%[sd]", "…", template)


def lines_of(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Level and text of each line that a module logs."""
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or not call.args or not isinstance(call.args[0], ast.Constant):
            continue
        text = ast.literal_eval(call.args[0])
        match call.func:
            case ast.Attribute(value=ast.Name(id="LOG"), attr=attr) if attr in LEVELS:
                yield LEVELS[attr], text
            case ast.Name(id="SeldomLogged"):
                yield "WARNING", f"{text}{SELDOM}"


LOGGED = sorted(
    {
        (level, as_shown(text))
        for path in PLAN.modules
        if "sandbox" not in path.parts
        for level, text in lines_of(ast.parse((ROOT / path).read_text()))
        if text not in HANDED_ON
    }
)


@pytest.mark.parametrize("line", LOGGED, ids=lambda line: line[1][:50])
def test_a_line_of_the_log_is_explained(line: tuple[str, str]) -> None:
    """Whoever reads it finds it under its level, word for word."""
    assert line in [(row[0], row[1]) for row in ROWS]


def test_the_paper_explains_no_other_line() -> None:
    """What is not logged any more goes from the paper too."""
    assert {(row[0], row[1]) for row in ROWS} == set(LOGGED)


def test_every_row_says_what_it_means_and_what_to_do() -> None:
    """Four cells each, none empty."""
    assert [row for row in ROWS if len(row) != 4 or not all(row)] == []
