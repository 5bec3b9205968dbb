"""The classifier as an operator wants it."""

import logging
import sys
from pathlib import Path

import pytest

from jobs.classification import LexiconError
from jobs.classification.other_languages import PACKAGE
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


@pytest.mark.usefixtures("languages")
def test_other_languages_are_read_where_they_are_wanted() -> None:
    """It is another classifier, and its version tells."""
    assert read_classifier(languages=True).version.startswith(f"{read_classifier().version}+")


def test_english_is_read_where_the_languages_cannot_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """What is optional never stops the bot: it is told once, and the default goes on."""
    monkeypatch.setitem(sys.modules, PACKAGE, None)
    own = tmp_path / "own.toml"
    own.write_text("")
    with caplog.at_level(logging.WARNING):
        read = read_classifier(own, languages=True)
        assert read_classifier(own, languages=True) is read
    assert read.classify("I love it, great!").version == read_classifier().version
    assert [record.message.partition(":")[0] for record in caplog.records] == [
        "comments are read in English only"
    ]
