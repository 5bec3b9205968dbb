import pytest
from textblob import TextBlob

from jobs.classification.model.linear import NEGATED, PAIR, PLAIN, LinearModel
from jobs.classification.model.reasons import EMOJI, deciding
from jobs.classification.model.weights import pack
from jobs.classification.sentiment import Tone, ToneAnalyzer
from jobs.classification.words.emoji import Emoji
from storage.records import Sentiment


@pytest.fixture(scope="session")
def analyzer(model: LinearModel, emoji: Emoji) -> ToneAnalyzer:
    """The tone part alone."""
    return ToneAnalyzer(model, emoji)


def test_it_is_textblobs_own_extension_point(analyzer: ToneAnalyzer) -> None:
    """TextBlob takes the analyzer, and gives its answer as the sentiment of a text and of its slices."""
    blob = TextBlob("It isn't great. The support was wonderful.", analyzer=analyzer)
    assert isinstance(blob.sentiment, Tone)
    assert TextBlob("The support was wonderful", analyzer=analyzer).sentiment.sentiment is Sentiment.POSITIVE
    assert TextBlob("It isn't great", analyzer=analyzer).sentiment.sentiment is Sentiment.NEGATIVE


@pytest.mark.parametrize(
    "text,sentiment",
    [
        ("👍", Sentiment.POSITIVE),
        ("again 👎", Sentiment.NEGATIVE),
        (":tada: new export", Sentiment.POSITIVE),
        (":( login", Sentiment.NEGATIVE),
    ],
)
def test_a_polar_emoji_decides_a_short_text(analyzer: ToneAnalyzer, text: str, sentiment: Sentiment) -> None:
    """One emoji with a tone and at most two other words is that tone, and the reason says so."""
    tone = analyzer.analyze(text)
    assert tone.sentiment is sentiment
    assert tone.reasons[0] == EMOJI


def test_emoji_that_disagree_say_nothing(analyzer: ToneAnalyzer) -> None:
    """As many good as bad emoji leave the words to decide."""
    assert analyzer.analyze("the export 👍 👎").probabilities == analyzer.analyze("the export").probabilities


def test_a_teams_own_words_lean(analyzer: ToneAnalyzer) -> None:
    """A team's own word of praise raises the polarity of a text, one of blame lowers it."""
    tokens = ["that", "was", "a", "sev", "one", "for", "us"]
    plain, praise, blame = (analyzer.read(tokens, own).polarity for own in ({}, {3: 1}, {3: -1}))
    assert blame < plain < praise


def test_polarity_and_probabilities_agree(analyzer: ToneAnalyzer) -> None:
    """Polarity is positive less negative, in [-1, 1]; the probabilities sum to one."""
    for text in ("Love it", "Terrible", "We have 40 people", ""):
        tone = analyzer.analyze(text)
        assert tone.polarity == pytest.approx(tone.probabilities[2] - tone.probabilities[0])
        assert -1 <= tone.polarity <= 1
        assert sum(tone.probabilities) == pytest.approx(1, abs=0.002)


def test_reasons_are_the_strongest_and_do_not_repeat() -> None:
    """Up to three words or pairs that speak for the tone, strongest first, each word once."""
    tokens = ["it", "does", "n't", "work", "and", "is", "very", "slow", "!"]
    known = [
        (pack(60, -30), 3, PAIR),
        (pack(50, -20), 3, NEGATED),
        (pack(40, -10), 7, PLAIN),
        (pack(30, 0), 7, PAIR),
        (pack(9, 0), 8, PLAIN),
    ]
    assert deciding(-1, tokens, [], known, emoji=False) == ("not work", "slow")
    assert deciding(1, tokens, [(7, 0.5, 0.0, 0.0)], known, emoji=True) == (EMOJI, "slow")
    assert deciding(0, tokens, [], [(pack(-20, -20), 0, PLAIN)], emoji=False) == ("it",)
