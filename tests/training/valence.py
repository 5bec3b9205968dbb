"""The tone of single words: VADER's word list (MIT licence, Hutto and Gilbert 2014), and TextBlob's for the rest."""

from textblob.en import sentiment as word_list
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

_VADER_TOP = 4  # VADER's words go from -4 to 4
_TEXTBLOB_SHARE = 0.7  # TextBlob's from -1 to 1, but its strong words are less so


def _valence() -> dict[str, float]:
    found = {
        word: round(value / _VADER_TOP, 2)
        for word, value in SentimentIntensityAnalyzer().lexicon.items()
        if word.replace("'", "").isalpha()
    }
    word_list("load the list")
    for word, senses in dict.items(word_list):
        polarity = senses.get(None, (0.0,))[0]
        if word.isalpha() and word.islower() and polarity and word not in found:
            found[word] = round(polarity * _TEXTBLOB_SHARE, 2)
    return dict(sorted(found.items()))


VALENCE = _valence()
