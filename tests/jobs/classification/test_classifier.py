import pytest

from jobs.classification import Classifier
from jobs.classification.lines import classify_lines
from storage.records import Sentiment, Touchpoint


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return Classifier.load()


@pytest.mark.parametrize(
    "comment,sentiment",
    [
        ("Your support team is wonderful", Sentiment.POSITIVE),
        ("It isn't great", Sentiment.NEGATIVE),
        (":+1:", Sentiment.POSITIVE),
        ("👎👎", Sentiment.NEGATIVE),
        ("", Sentiment.EMPTY),
        ("<@U024BE7LH>", Sentiment.EMPTY),
        ("El servicio es muy lento y caro hoy", Sentiment.UNCLASSIFIED),
    ],
)
def test_tone(classifier: Classifier, comment: str, sentiment: Sentiment) -> None:
    """A comment gets the tone that it has, or the reason why it has none."""
    assert classifier.classify(comment).sentiment is sentiment


def test_touchpoint(classifier: Classifier) -> None:
    """A comment is about what its words speak for."""
    assert classifier.classify("My invoice is wrong").touchpoints[0] is Touchpoint.BILLING


def test_lines_are_one_for_one(classifier: Classifier) -> None:
    """Each line gets one object, in order, an empty one too."""
    sentiments = [line["sentiment"] for line in classify_lines(["great\n", "\n", "terrible\n"], classifier)]
    assert sentiments == ["positive", "empty", "negative"]
