"""`/pulse comments`."""

from datetime import UTC, datetime

import pytest

from handlers.syntax.comment_syntax import CommentsWords, read_comments, read_export
from handlers.syntax.syntax_error import CommandSyntaxError
from storage.records import Lens, Sentiment, Touchpoint

BERLIN = "Europe/Berlin"
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("", CommentsWords()),
        ("CX", CommentsWords(lens=Lens.CX)),
        ("ux negative", CommentsWords(lens=Lens.UX, sentiment=Sentiment.NEGATIVE)),
        ("not sure speed", CommentsWords(sentiment=Sentiment.UNSURE, touchpoint=Touchpoint.PERFORMANCE)),
        ("billing not read", CommentsWords(sentiment=Sentiment.UNCLASSIFIED, touchpoint=Touchpoint.BILLING)),
        ("about billing", CommentsWords(touchpoint=Touchpoint.BILLING)),
        ('about "Billing"', CommentsWords(product="Billing")),
        ("negative about Atlas", CommentsWords(sentiment=Sentiment.NEGATIVE, product="Atlas")),
        ("wishes billing", CommentsWords(wish=True, touchpoint=Touchpoint.BILLING)),
        ("complaints", CommentsWords(sentiment=Sentiment.NEGATIVE, wish=False)),
        ("negative and negative", CommentsWords(sentiment=Sentiment.NEGATIVE)),
    ],
)
def test_comments(text: str, expected: CommentsWords) -> None:
    """Side, tone, topic and product in any order; a topic after "about" is a topic."""
    assert read_comments(text, now=NOW, zone=BERLIN) == expected


@pytest.mark.parametrize("topic", Touchpoint)
def test_every_topic_is_known(topic: Touchpoint) -> None:
    """Each topic is found by its own name."""
    assert read_comments(topic.upper(), now=NOW, zone=BERLIN).touchpoint is topic


@pytest.mark.parametrize(
    "text, says",
    [
        ("6w ux", "Comments carry no dates, so none are chosen by time."),
        ("negative 2026-10", "Comments carry no dates, so none are chosen by time."),
        ("negtive", "Did you mean negative?"),
        ("bilings", "Did you mean billing?"),
        ("qqq", '"qqq" is not a side, a tone or a topic.'),
        ("not", "is not a side, a tone or a topic"),
        ("cx ux", "One side"),
        ("negative positive", "One side"),
        ("wishes complaints", "and wishes or complaints."),
        ("billing about support", "One side"),
        ("about", "at least one character"),
        ("<#C1|x>", '"#x" is not a side, a tone or a topic'),
    ],
)
def test_bad_words(text: str, says: str) -> None:
    """An unknown word is offered the nearest; two of a kind are refused."""
    with pytest.raises(
        CommandSyntaxError, match=r"Try `/pulse comments cx negative billing`\. Nothing was changed\.$"
    ) as refused:
        read_comments(text, now=NOW, zone=BERLIN)
    assert says in refused.value.problem


@pytest.mark.parametrize("word", ["round", "rounds", "comment", "comments", "outcome", "outcomes"])
def test_a_file_is_named_by_one_or_many(word: str) -> None:
    """`/pulse export outcome` is what `/pulse export outcomes` is."""
    assert read_export(word).named == {f"{word.removesuffix('s')}s"}
