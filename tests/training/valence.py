"""The tone of single words after VADER: its word list, MIT licence, Hutto and Gilbert 2014."""

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

_TOP = 4  # VADER's words go from -4 to 4

VALENCE = dict(
    sorted(
        (word, round(value / _TOP, 2))
        for word, value in SentimentIntensityAnalyzer().lexicon.items()
        if word.replace("'", "").isalpha()
    )
)
