"""What is a wish, and what only looks like one. Half of our lines were kept for judging the phrases."""

import hashlib
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from jobs.classification import Classifier
from jobs.classification.wish import WishReader
from jobs.classification.words.tokens import words
from storage.records import Sentiment

READER = WishReader.load()
LINES = Path(__file__).with_name("wishes.tsv").read_text("utf-8").splitlines()
LEAST = 0.85


def half(*, kept: bool) -> Iterator[tuple[bool, bool]]:
    """Of each line of a half whether it is a wish, and whether it is read as one."""
    for kind, text in (line.split("\t") for line in LINES):
        if bool(hashlib.sha256(text.encode()).digest()[0] % 2) is kept:
            yield "wish" in kind, bool(READER.read(words(text)))


@pytest.mark.parametrize("kept", [False, True], ids=["seen", "kept"])
def test_precision_and_recall(*, kept: bool) -> None:
    """Nobody looks at single lines of the kept half while changing the phrases."""
    found = list(half(kept=kept))
    hits = sum(is_wish and read for is_wish, read in found)
    assert len(found) > 200
    assert hits / sum(read for _, read in found) > LEAST
    assert hits / sum(is_wish for is_wish, _ in found) > LEAST


@pytest.mark.parametrize(
    "text, by",
    [
        ("Great. Please also add a dark mode!", "please also add"),
        ("I'd really like to have an undo.", "'d really like to have"),
        ("It should remember my filter.", "it should remember"),
        ("Please fix the login.", ""),
        ("I wish you well.", ""),
        ("Nothing to add.", ""),
        ("Could you believe it?", ""),
        ("", ""),
    ],
)
def test_it_says_by_which_words(text: str, by: str) -> None:
    """The words that decide stand beside those that decided the tone."""
    assert READER.read(words(text)) == by


def test_a_wish_keeps_its_tone(classifier: Classifier) -> None:
    """The mark stands beside the tone, whatever that is; what is not read is no wish."""
    label = classifier.classify("I hate the slow search, please add a filter.")
    assert (label.sentiment, label.wish) == (Sentiment.NEGATIVE, True)
    assert label.reasons[-1] == "a wish: please add"
    assert classifier.classify("I hate the slow search.").wish is False
    assert classifier.classify("Por favor, añadan un modo oscuro, gracias a todos").wish is False


def test_the_longest_comment_takes_no_time() -> None:
    """What begins like a wish again and again is read in a moment."""
    started = time.perf_counter()
    assert not READER.read(words("would be could hope why do need when there will " * 42))
    assert time.perf_counter() - started < 1
