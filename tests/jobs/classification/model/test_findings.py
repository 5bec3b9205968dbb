import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.classification.model.findings import look_up
from jobs.classification.model.word_index import WordIndex
from jobs.classification.model.word_tones import WordTone
from jobs.classification.words.phrases import Phrases, stems, stems_of
from jobs.classification.words.tokens import words

TONES = {"good": WordTone(0.5, 0.7, 0.6), "slow": WordTone(-0.4, -0.3, 0.4)}


def valences(text: str) -> list[float]:
    """The valences of the words of a text in their places."""
    return [round(word[1], 3) for word in look_up(words(text), WordIndex({}, TONES)).placed]


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


PHRASES = Phrases(map(stems_of, ["load", "load time", "the load", "not work", "work"]))


@given(st.lists(st.sampled_from(["load", "time", "the", "not", "work", "tea"]), max_size=12))
def test_phrases_are_found_where_their_anchors_were_met(tokens: list[str]) -> None:
    """In one pass over the words the same phrases are found as by looking for them alone."""
    found = look_up(tokens, WordIndex({}, {}, named=PHRASES.anchored))
    assert found.stems == stems(tokens)
    assert PHRASES.find(found.stems, found.named) == PHRASES.find(stems(tokens))


def test_nothing_is_found_in_nothing() -> None:
    """No tokens are no findings."""
    found = look_up([], WordIndex({}, {}))
    assert not any(found)
