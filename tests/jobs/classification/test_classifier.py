import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.classification.classifier import Classifier
from jobs.classification.words.packaged import LISTS, digest, table, text
from storage.records import Label, Sentiment, Touchpoint

CLASSIFIER = Classifier.load()
ANOTHER = Classifier.load()
COMMENTS = st.one_of(
    st.text(max_size=200),
    st.lists(
        st.sampled_from(
            [
                "the",
                "app",
                "is",
                "not",
                "great",
                "but",
                "support",
                "was",
                "very",
                "helpful",
                "slow",
                "crashes",
                "love",
                "it",
                "invoice",
                "40",
                "seconds",
                "!",
                "?",
                ",",
                ".",
                ":tada:",
                "👎",
                "isn't",
                "<b>",
                "&",
                '"',
                "'",
                "please",
                "add",
                "dark",
                "mode",
                "never",
                "works",
                "thanks",
            ]
        ),
        max_size=20,
    ).map(" ".join),
)
WORDS = st.lists(
    st.sampled_from(
        [
            "support",
            "app",
            "slow",
            "great",
            "not",
            "but",
            "very",
            "the",
            "price",
            "is",
            "invoice",
            "crashes",
            "love",
            "helpful",
            "never",
            "good",
        ]
    ),
    min_size=1,
    max_size=12,
)


@given(COMMENTS)
def test_it_never_raises(comment: str) -> None:
    """Whatever a person writes, there is a whole label."""
    label = CLASSIFIER.classify(comment)
    assert label.sentiment in Sentiment
    assert -1 <= label.polarity <= 1
    nothing = label.sentiment in {Sentiment.EMPTY, Sentiment.UNCLASSIFIED}
    assert sum(label.probabilities.values()) == pytest.approx(0 if nothing else 1, abs=0.002)
    assert bool(label.touchpoints) is not nothing


@given(COMMENTS)
def test_it_is_deterministic(comment: str) -> None:
    """The same comment has the same label, also from another classifier."""
    assert CLASSIFIER.classify(comment) == CLASSIFIER.classify(comment) == ANOTHER.classify(comment)


@given(COMMENTS)
def test_escaping_changes_nothing(comment: str) -> None:
    """A comment as Slack escapes it reads as it was written."""
    escaped = comment.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert CLASSIFIER.classify(escaped) == CLASSIFIER.classify(comment)


@given(WORDS, st.data())
def test_emphasis_changes_nothing(said: list[str], data: st.DataObject) -> None:
    """Bold, italics and strike-through around a word do not change what it says."""
    at = data.draw(st.integers(0, len(said) - 1))
    sign = data.draw(st.sampled_from("*_~"))
    marked = [*said[:at], f"{sign}{said[at]}{sign}", *said[at + 1 :]]
    assert CLASSIFIER.classify(" ".join(marked)) == CLASSIFIER.classify(" ".join(said))


@given(WORDS, st.data())
def test_a_neutral_link_or_mention_changes_nothing(said: list[str], data: st.DataObject) -> None:
    """A link, a mention, a channel or an address anywhere in a comment does not change its label."""
    at = data.draw(st.integers(0, len(said)))
    added = data.draw(
        st.sampled_from(
            ["<@U024BE7LH>", "<#C024BE7LR|feedback>", "<https://example.com/a>", "https://example.com",
             "<!here>",
             "me@example.com", "<mailto:a@b.co|a@b.co>", "www.example.com"]
        )
    )  # fmt: skip
    assert CLASSIFIER.classify(" ".join([*said[:at], added, *said[at:]])) == CLASSIFIER.classify(
        " ".join(said)
    )


@pytest.mark.parametrize(
    "comment",
    [
        "",
        "   ",
        "\n\t",
        "...",
        "12345",
        "<@U024BE7LH>",
        "<https://example.com>",
        "```code```",
        "\u200b\u202e",
        "\x00",
        "--",
        "!?",
    ],
)
def test_nothing_said_is_empty(classifier: Classifier, comment: str) -> None:
    """Only marks, digits, links, mentions or code is `empty`: it has no tone and no touchpoint."""
    label = classifier.classify(comment)
    assert label.sentiment is Sentiment.EMPTY
    assert label.touchpoints == ()


@pytest.mark.parametrize(
    "comment,sentiment",
    [
        ("The dashboard is not good.", Sentiment.NEGATIVE),
        ("It isn't great", Sentiment.NEGATIVE),
        ("It keeps crashing", Sentiment.NEGATIVE),
        ("Never had any trouble with billing", Sentiment.POSITIVE),
        ("I couldn't be happier with it", Sentiment.POSITIVE),
        ("The design is lovely but it is terribly slow and useless", Sentiment.NEGATIVE),
        ("It was hard at first, but now I love it", Sentiment.POSITIVE),
        ("We have 40 people in the team", Sentiment.NEUTRAL),
        ("How do I change the owner of a workspace?", Sentiment.NEUTRAL),
        ("thx, gr8 support", Sentiment.POSITIVE),
    ],
)
def test_hard_cases(classifier: Classifier, comment: str, sentiment: Sentiment) -> None:
    """Negation, contraction, contrast, facts and questions are read as a person reads them."""
    assert classifier.classify(comment).sentiment is sentiment


@pytest.mark.parametrize(
    "piece", ["word ", "<", "&amp;", "*", ":a:", "a", "((", "`", "not ", "😀", "<@U1", "http://", "'", "\n> "]
)
def test_a_very_long_comment_takes_no_longer(classifier: Classifier, piece: str) -> None:
    """A comment of 100,000 characters costs a few milliseconds more than a long one, whatever it repeats."""

    def seconds(comment: str) -> float:
        taken = []
        for _ in range(3):
            began = time.process_time()
            classifier.classify(comment)
            taken.append(time.process_time() - began)
        return min(taken)

    long, very_long = ((piece * size)[:size] for size in (2_000, 100_000))
    assert seconds(very_long) < seconds(long) + 0.05


def test_the_version_names_model_and_words(classifier: Classifier) -> None:
    """The version changes with the model or any word list, so that old labels can be told from new ones."""
    assert classifier.classify("Love it").version == classifier.version == Classifier.load().version
    assert digest("one") != digest("two")
    assert all(table(name) and text(name) for name in LISTS)


def test_labels_are_plain(classifier: Classifier) -> None:
    """A label holds nothing of the model, only names, numbers and words."""
    label = classifier.classify("The support team was great")
    assert isinstance(label, Label)
    assert label.touchpoints == (Touchpoint.SUPPORT,)
    assert label.reasons
    assert label.confidence == max(label.probabilities.values())
