"""People read "question" for what is asked; the code's own word for it stays inside."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.papers import ROOT

PULSE = re.compile(r"(?<![/\w])pulses?\b(?![/_:])", re.IGNORECASE)
"""The inside word; not the command `/pulse`, nor a part of an id."""
TYPED = {"handlers/syntax/names.py", "handlers/syntax/product_name.py", "handlers/syntax/syntax_error.py"}
"""Modules that read the word where somebody types it."""
FOR_LOGS = {"jobs/pulses/open_waves.py"}


def _sentences(path: Path) -> Iterator[str]:
    """The texts in a module that are no docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    alone = {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}
    for each in ast.walk(tree):
        if isinstance(each, ast.Constant) and isinstance(each.value, str) and id(each) not in alone:
            yield each.value


@pytest.mark.parametrize("floor", ["bot", "handlers", "jobs"])
def test_no_sentence_calls_a_question_a_pulse(floor: str) -> None:
    """What people read says "question", as the table of plain words has it."""
    said = {
        (where, text)
        for path in (ROOT / floor).rglob("*.py")
        if (where := path.relative_to(ROOT).as_posix()) not in TYPED | FOR_LOGS
        for text in _sentences(path)
        if PULSE.search(text)
    }
    assert not said
