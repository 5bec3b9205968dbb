import pytest
from hypothesis import given
from hypothesis import strategies as st
from textblob import TextBlob

from jobs.classification import Classifier
from jobs.classification.classifier import analyzer_of
from jobs.classification.lexicon import Lexicon
from jobs.classification.model.features import Placed
from jobs.classification.model.linear import NEGATED, PAIR, PLAIN, Gram, LinearModel
from jobs.classification.model.reasons import EMOJI, deciding
from jobs.classification.sentiment import TONES, Tone, ToneAnalyzer
from storage.records import Sentiment


@pytest.fixture(scope="session")
def analyzer(model: LinearModel) -> ToneAnalyzer:
    """The tone part alone."""
    return analyzer_of(model, Lexicon.load())


def test_it_is_textblobs_own_extension_point(analyzer: ToneAnalyzer) -> None:
    """TextBlob takes the analyzer, and gives its answer as the sentiment of a text and of its slices."""
    blob = TextBlob("It isn't great. The support was wonderful.", analyzer=analyzer)
    assert isinstance(blob.sentiment, Tone)
    assert TextBlob("The support was wonderful", analyzer=analyzer).sentiment.sentiment is Sentiment.POSITIVE
    assert TextBlob("It isn't great", analyzer=analyzer).sentiment.sentiment is Sentiment.NEGATIVE


def test_textblob_has_our_words(analyzer: ToneAnalyzer) -> None:
    """With our tokenizer the tokens of a text are those that the tone is read from."""
    blob = TextBlob("*It isn't* <@U1> great :tada:", tokenizer=analyzer.tokenizer, analyzer=analyzer)
    assert blob.tokens == ["it", "is", "n't", "great", "emojigood"]


@given(comment=st.text(max_size=200))
@pytest.mark.parametrize("before", ["", "It isn't great, but thanks! "])
def test_a_label_has_the_tone_that_textblob_gives(
    analyzer: ToneAnalyzer, classifier: Classifier, before: str, comment: str
) -> None:
    """The classifier is what anybody gets who gives TextBlob our tokenizer and our analyzer."""
    tone = TextBlob(before + comment, tokenizer=analyzer.tokenizer, analyzer=analyzer).sentiment
    label = classifier.classify(before + comment)
    assert (label.sentiment, label.polarity) == (tone.sentiment, tone.polarity)
    assert label.reasons[: len(tone.reasons)] == tone.reasons  # why it is a wish stands behind them
    assert label.probabilities == dict(zip(TONES, tone.probabilities, strict=True))


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


def test_a_teams_own_words_lean(model: LinearModel) -> None:
    """A team's own word of praise raises the polarity of a text, one of blame lowers it."""
    own: list[dict[tuple[str, str], list[str]]]
    own = [{}, {("tone", "positive"): ["sev"]}, {("tone", "negative"): ["sev"]}]
    plain, praise, blame = (
        analyzer_of(model, Lexicon(lists)).analyze("That was a sev one for us").polarity for lists in own
    )
    assert blame < plain < praise


def test_polarity_and_probabilities_agree(analyzer: ToneAnalyzer) -> None:
    """Polarity is positive less negative, in [-1, 1]; the probabilities sum to one."""
    for text in ("Love it", "Terrible", "We have 40 people"):
        tone = analyzer.analyze(text)
        assert tone.polarity == pytest.approx(tone.probabilities[2] - tone.probabilities[0])
        assert -1 <= tone.polarity <= 1
        assert sum(tone.probabilities) == pytest.approx(1, abs=0.002)


def test_reasons_are_the_strongest_and_do_not_repeat() -> None:
    """Up to three words or pairs that speak for the tone, strongest first, each word once."""
    tokens = ["it", "does", "n't", "work", "and", "is", "very", "slow", "!"]
    known = [
        Gram(60, -30, 3, PAIR),
        Gram(50, -20, 3, NEGATED),
        Gram(40, -10, 7, PLAIN),
        Gram(30, 0, 7, PAIR),
        Gram(9, 0, 8, PLAIN),
    ]
    assert deciding(-1, tokens, [], known, marks=[]) == ("not work", "slow")
    assert deciding(1, tokens, [Placed(7, 0.5, 0.0, 0.0)], known, marks=[EMOJI]) == (EMOJI, "slow")
    assert deciding(0, tokens, [], [Gram(-20, -20, 0, PLAIN)], marks=[]) == ("it",)
