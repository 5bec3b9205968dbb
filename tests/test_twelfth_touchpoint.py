"""A new touchpoint is one member of the enum and its words in the lexicon; no model is trained again."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.floor_plan import LAYERS
from tests.test_layers import ROOT

KINDS, LEXICON = Path("storage/records/kinds.py"), Path("jobs/classification/words/lexicon.toml")
MEMBER = '    TRAINING = "training"\n    OTHER = "other"\n'
WORDS = '\n[touchpoints.training]\nstrong = ["certification course"]\n'


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The product with one touchpoint more, by these two edits."""
    for layer in LAYERS:
        shutil.copytree(ROOT / layer, tmp_path / layer, ignore=shutil.ignore_patterns("__pycache__"))
    kinds, lexicon = tmp_path / KINDS, tmp_path / LEXICON
    kinds.write_text(kinds.read_text().replace('    OTHER = "other"\n', MEMBER))
    lexicon.write_text(lexicon.read_text() + WORDS)
    return tmp_path


def test_a_twelfth_touchpoint_is_two_edits(tree: Path) -> None:
    """The trained model loads and reads on; its words find the new one, and the old ones are still found."""
    comments = "The certification course was dull.\nThe invoices are wrong.\nIt crashes all the time.\n"
    told = subprocess.run(
        [sys.executable, "-m", "bot", "classify"],
        cwd=tree,
        input=comments,
        check=True,
        capture_output=True,
        text=True,
    )
    labels = [json.loads(line) for line in told.stdout.splitlines()]
    assert [label["touchpoints"] for label in labels] == [["training"], ["billing"], ["reliability"]]
    assert labels[0]["sides"] == ["CX"]
