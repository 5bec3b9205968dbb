"""CONTRIBUTING says how many edits it takes to add a thing, and so many it takes."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.added.edits import EDITS
from tests.bench.floor_plan import LAYERS
from tests.papers import ROOT, edits_of

Works = Callable[[str, Path], bool]

COPIED = [*LAYERS, "tests", "README.md", "CONTRIBUTING.md", "docs"]
UNWANTED = shutil.ignore_patterns("drawn", "static", "bench_*")
LEFT_OUT = [(title, number) for title, edits in EDITS.items() for number in range(len(edits))]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the product that a test may edit."""
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / name, ignore=UNWANTED)
        else:
            shutil.copy(ROOT / name, tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def works() -> Iterator[Works]:
    """Whether the thing that was added to a tree does what it should."""
    command = [sys.executable, str(ROOT / "tests/added/libraries_read.py")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own
        asked, answered = process.stdin, process.stdout
        assert asked
        assert answered

        def ask(title: str, tree: Path) -> bool:
            asked.write(f"{tree} tests.added.{title.split()[1]}\n")
            asked.flush()
            return int(answered.readline()) == 0

        yield ask


@pytest.mark.parametrize("title", EDITS)
def test_contributing_lists_the_edits(title: str) -> None:
    """Each edit stands in the list, with the file or the folder that it is made in."""
    listed = edits_of(title)
    for edit, place in zip(EDITS[title], listed, strict=True):
        assert edit.path.startswith(place)


@pytest.mark.parametrize("title", EDITS)
def test_the_edits_are_enough(title: str, tree: Path, works: Works) -> None:
    """With the edits of the list the thing is there."""
    for edit in EDITS[title]:
        edit.apply(tree)
    assert works(title, tree)


@pytest.mark.parametrize("title, left_out", LEFT_OUT)
def test_no_edit_is_too_many(title: str, left_out: int, tree: Path, works: Works) -> None:
    """Without any one of them it is not."""
    for number, edit in enumerate(EDITS[title]):
        if number != left_out:
            edit.apply(tree)
    assert not works(title, tree)
