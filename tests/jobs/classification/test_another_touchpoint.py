"""The model of today under a list of touchpoints that is not the one it was trained for."""

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from jobs.classification import Classifier

ROOT = Path(__file__).parents[3]
NEEDED = ("jobs/__init__.py", "storage/__init__.py", "storage/records", "jobs/classification")
KINDS, LEXICON = "storage/records/kinds.py", "jobs/classification/words/lexicon.toml"
SAID = [
    "The encryption worries me",
    "My invoice is wrong",
    "It crashes when I open a file",
    "I have lost trust in the company",
    "Setting up took three people",
    "It is what it is",
]
READ = (
    "import json, sys; from jobs.classification import Classifier; classifier = Classifier.load(); "
    "print(json.dumps([classifier.classify(text).touchpoints for text in json.loads(sys.argv[1])]))"
)


def copied(folder: Path) -> Path:
    """The classifier and what it needs, with its model file, in a folder."""
    for place in NEEDED:
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / place).is_dir():
            shutil.copytree(ROOT / place, folder / place)
        else:
            shutil.copy(ROOT / place, folder / place)
    return folder


def edit(file: Path, old: str, new: str) -> None:
    """The edit that a developer makes by hand."""
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")


def read(folder: Path, texts: Sequence[str]) -> list[list[str]]:
    """The touchpoints that the classifier of a folder finds in each text."""
    command = [sys.executable, "-W", "error", "-c", READ, json.dumps(texts)]
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)  # noqa: S603
    found: list[list[str]] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def before(classifier: Classifier) -> list[list[str]]:
    """What is found today."""
    return [list(classifier.classify(text).touchpoints) for text in SAID]


def test_a_new_touchpoint_needs_no_training(tmp_path: Path, before: list[list[str]]) -> None:
    """With a member and its words the model of today loads; its words are found, all else is as before."""
    folder = copied(tmp_path)
    edit(folder / KINDS, '    OTHER = "other"\n', '    SECURITY = "security"\n    OTHER = "other"\n')
    edit(
        folder / LEXICON,
        "[touchpoints.brand]\n",
        '[touchpoints.security]\nstrong = ["encryption"]\n[touchpoints.brand]\n',
    )
    found = read(folder, SAID)
    assert found[0] == ["security"]
    assert found[1:] == before[1:]


def test_a_touchpoint_that_is_gone_is_left_out(tmp_path: Path, before: list[list[str]]) -> None:
    """Without a member and its words the model of today loads, never says it, and says all else as before."""
    folder = copied(tmp_path)
    edit(folder / KINDS, '    BRAND = "brand"\n', "")
    lexicon = folder / LEXICON
    head, _, tail = lexicon.read_text("utf-8").partition("[touchpoints.brand]\n")
    lexicon.write_text(head + (tail[tail.index("\n[") :] if "\n[" in tail else ""), "utf-8")
    found = read(folder, SAID)
    assert "brand" in before[3]
    assert not any("brand" in touchpoints for touchpoints in found)
    assert [found[at] for at in (0, 1, 2, 4, 5)] == [before[at] for at in (0, 1, 2, 4, 5)]
