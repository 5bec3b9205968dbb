"""The classifier as an operator wants it."""

from pathlib import Path

import pytest

from jobs.classification import LexiconError
from jobs.comments.load_classifier import read_classifier
from storage.records import Touchpoint


def test_it_is_read_once() -> None:
    """Two who ask for the same get the same."""
    assert read_classifier() is read_classifier()


def test_a_team_brings_its_own_words(tmp_path: Path) -> None:
    """A word of the team's file is a topic; the version tells that it is another classifier."""
    own = tmp_path / "own.toml"
    own.write_text('[touchpoints.billing]\nstrong = ["quibbleboard"]\n')
    read = read_classifier(own)
    assert read.classify("The quibbleboard was late again.").touchpoints[0] is Touchpoint.BILLING
    assert read.version != read_classifier().version


def test_what_cannot_be_read_says_so(tmp_path: Path) -> None:
    """A missing file ends in a sentence, not in another kind of error."""
    with pytest.raises(LexiconError, match="cannot be read"):
        read_classifier(tmp_path / "none.toml")


@pytest.mark.usefixtures("accurate")
def test_the_larger_model_is_asked_where_it_is_wanted() -> None:
    """It is another classifier, and its version tells."""
    assert read_classifier(accurate=True).version.startswith(f"{read_classifier().version}+")
