import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.accurate_tone.loading import HOME
from jobs.accurate_tone.network import Network
from jobs.classification import Classifier
from storage.records import Sentiment

NETWORK = Network(HOME)
ACCURATE, SMALL = Classifier.load(accurate=NETWORK), Classifier.load()


@pytest.mark.parametrize(
    "comment, tone",
    [
        ("My whole team switched over within a week", Sentiment.POSITIVE),
        ("I wouldn't recommend this to my colleagues", Sentiment.NEGATIVE),
        ("We have 40 people on the team", Sentiment.NEUTRAL),
    ],
)
def test_it_reads_what_is_only_implied(comment: str, tone: Sentiment) -> None:
    """The transformer knows more of the world than single words do."""
    assert ACCURATE.classify(comment).sentiment is tone


def test_the_version_names_its_file() -> None:
    """A label tells that the larger model read the comment, and which one."""
    assert ACCURATE.version == f"{SMALL.version}+{NETWORK.version}"
    assert ACCURATE.classify("Great").version == ACCURATE.version


def test_guards_and_topics_are_those_of_the_small_one() -> None:
    """What is empty or not English is not asked about, and the larger model says nothing about topics."""
    assert ACCURATE.classify("<@U1>").sentiment is Sentiment.EMPTY
    assert ACCURATE.classify("Das ist leider sehr langsam geworden").sentiment is Sentiment.UNCLASSIFIED
    comment = "Support was quick but the export is broken"
    assert ACCURATE.classify(comment).touchpoints == SMALL.classify(comment).touchpoints


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=400))
def test_it_never_raises_and_says_the_same_twice(comment: str) -> None:
    """Whatever is written, there are three scores, and the same ones again."""
    assert NETWORK(comment) == NETWORK(comment)
    assert ACCURATE.classify(comment) == ACCURATE.classify(comment)
