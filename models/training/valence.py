"""The tone of single words: ours, else VADER's (MIT licence, Hutto and Gilbert 2014)."""

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from models.training.own_words import own_words

_TOP = 4  # VADER's words go from -4 to 4, ours from -3 to 3 on the same scale

VALENCE = {
    word: round(value / _TOP, 2)
    for word, value in sorted({**SentimentIntensityAnalyzer().lexicon, **dict(own_words())}.items())
    if word.replace("'", "").isalpha()
}
