import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

if os.environ.get("CI") != "true":  # there nothing is skipped
    pytest.importorskip("bifocal_accurate", reason="not installed: pip install -e models/accurate")

from bifocal_accurate import HOME, VERSION, load
from bifocal_accurate.pieces import MODEL

NETWORK = load()
DIGESTS = {"0.1.0": "748b551e"}
"""The model of each version."""


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=400))
def test_it_never_raises_and_says_the_same_twice(text: str) -> None:
    """Whatever is written, there are three scores, and the same ones again."""
    scores = NETWORK(text)
    assert [type(score) for score in scores] == [float] * 3
    assert NETWORK(text) == scores


@pytest.mark.parametrize(
    "text, likeliest",
    [
        ("my whole team switched over within a week", 2),
        ("we have 40 people on the team", 1),
        ("i wouldn't recommend this to my colleagues", 0),
        ("emojibad", 0),
    ],
)
def test_it_reads_a_tone(text: str, likeliest: int) -> None:
    """The highest of negative, neutral and positive is what a person reads."""
    scores = NETWORK(text)
    assert scores.index(max(scores)) == likeliest


def test_a_new_model_is_a_new_version() -> None:
    """The version of the package tells which model is in it, and labels carry the model's own."""
    assert hashlib.sha256((HOME / MODEL).read_bytes()).hexdigest()[:8] == DIGESTS[VERSION]
    assert NETWORK.version == DIGESTS[VERSION]


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    """What is missing is said, and where."""
    with pytest.raises(FileNotFoundError, match=r"model\.onnx is not in"):
        load(tmp_path)
