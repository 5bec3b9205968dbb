import pytest

from jobs.classification.model.features import MEASURES, measures
from jobs.classification.model.findings import look_up
from jobs.classification.model.linear import LinearModel
from jobs.classification.model.word_index import WordIndex
from jobs.classification.model.word_tones import WordTone, word_tones
from jobs.classification.words.tokens import words


def test_measures_are_the_named_ones() -> None:
    """There is one number for each name, also of a text without a single word that has a tone."""
    for text in ("It isn't good, is it?", "table", "!"):
        tokens = words(text)
        found = look_up(tokens, WordIndex({}, {"good": WordTone(0.5, 0.7, 0.6)}))
        assert len(measures(tokens, found.under, found.placed)) == len(MEASURES)


def test_textblobs_list_is_read(model: LinearModel) -> None:
    """TextBlob's words are there, with the second list's value where it has one."""
    tones = word_tones({"great": 0.78, "zorkish": 0.45})
    assert tones["great"] == pytest.approx((0.78, 0.8, 0.75))
    assert tones["zorkish"] == (0.45, 0.0, 0.0)
    assert tones["terrible"][0] == pytest.approx(0.7 * tones["terrible"][1])
    assert len(word_tones(model.valence)) > len(model.valence)
