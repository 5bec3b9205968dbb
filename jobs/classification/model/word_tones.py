"""The tone of single words: TextBlob's word list, with the values of a second list where that has its own."""

from collections.abc import Mapping
from typing import NamedTuple

from textblob.en import sentiment as textblob_list

_SHARE = 0.7  # what TextBlob's polarity counts as a valence where the second list is silent


class WordTone(NamedTuple):
    """A word's valence in [-1, 1], and TextBlob's polarity in [-1, 1] and subjectivity in [0, 1]."""

    valence: float
    polarity: float
    subjectivity: float


def word_tones(valences: Mapping[str, float]) -> dict[str, WordTone]:
    """Every word that either list knows."""
    textblob_list("read the list")  # it loads itself at the first question
    tones: dict[str, WordTone] = {}
    for word, senses in dict.items(textblob_list):
        polarity, subjectivity, _ = senses.get(None, (0.0, 0.0, 1.0))
        if polarity or subjectivity:
            tones[word] = WordTone(valences.get(word, _SHARE * polarity), polarity, subjectivity)
    for word, valence in valences.items():
        if word not in tones:
            tones[word] = WordTone(valence, 0.0, 0.0)
    return tones
