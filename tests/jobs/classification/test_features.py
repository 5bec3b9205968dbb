import pytest

from jobs.classification.features import MEASURES, grams, measures, place
from jobs.classification.model import Model
from jobs.classification.tokens import negated, turn, words
from jobs.classification.word_tones import word_tones

TONES = {"good": (0.5, 0.7, 0.6), "slow": (-0.4, -0.3, 0.4)}


def valences(text: str) -> list[float]:
    """The valences of the words of a text in their places."""
    tokens = words(text)
    return [round(word[1], 3) for word in place(tokens, negated(tokens), turn(tokens), TONES)]


@pytest.mark.parametrize(
    "text,expected",
    [
        ("good", [0.5]),
        ("very good", [0.65]),
        ("not good", [-0.35]),
        ("good but slow", [0.25, -0.6]),
        ("a table", []),
    ],
)
def test_a_word_has_its_tone_in_its_place(text: str, expected: list[float]) -> None:
    """A booster raises a word, a negation flips it, and what follows a "but" counts more."""
    assert valences(text) == expected


def test_grams() -> None:
    """Words, marked when a negation reaches them, and pairs of neighbours."""
    tokens = words("It isn't good")
    assert grams(tokens, negated(tokens)) == [
        "it",
        "is",
        "n't",
        "!good",
        "^ it",
        "it is",
        "is n't",
        "n't good",
    ]


def test_measures_are_the_named_ones() -> None:
    """There is one number for each name, also of a text without a single word that has a tone."""
    for text in ("It isn't good, is it?", "table", "!"):
        tokens = words(text)
        under, at = negated(tokens), turn(tokens)
        assert len(measures(tokens, under, place(tokens, under, at, TONES))) == len(MEASURES)


def test_textblobs_list_is_read(model: Model) -> None:
    """TextBlob's words are there, with the second list's value where it has one."""
    tones = word_tones({"great": 0.78, "zorkish": 0.45})
    assert tones["great"] == pytest.approx((0.78, 0.8, 0.75))
    assert tones["zorkish"] == (0.45, 0.0, 0.0)
    assert tones["terrible"][0] == pytest.approx(0.7 * tones["terrible"][1])
    assert len(word_tones(model.valence)) > len(model.valence)
