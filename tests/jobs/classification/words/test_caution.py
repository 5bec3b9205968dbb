import pytest

from jobs.classification import Classifier
from jobs.classification.caution import AGAINST, LEAST, Caution, asks_back, most_against, too_close
from jobs.classification.words.phrases import stems
from jobs.classification.words.tokens import words
from storage.records import Sentiment

CAUTION = Caution.load()


@pytest.mark.parametrize(
    "comment",
    [
        "Great, another outage",
        "Nice job charging me twice",
        "Oh wonderful, the app logged me out again",
        "Fantastic, two hours of work gone",
        "I love how it crashes in every meeting",
        "Thanks for deleting my files",
        "Brilliant update, now nothing works",
        "Well done, the login is broken again",
        "Great, now it won't even start",
        "Fantastic, now nothing loads",
        "Awesome, the update deleted everything",
        "Thanks a lot for raising the price",
    ],
)
def test_praise_beside_a_bad_event_is_never_positive(classifier: Classifier, comment: str) -> None:
    """It may be meant either way: unsure, with the reason, or negative."""
    label = classifier.classify(comment)
    assert label.sentiment in {Sentiment.UNSURE, Sentiment.NEGATIVE}


@pytest.mark.parametrize(
    "comment",
    [
        "Great support, the crash was fixed within an hour",
        "I love that it never crashes",
        "There was an outage, but the team was great",
        "No bugs, great work",
        "Thanks for the quick refund",
        "It crashes all the time",
        "I love it",
    ],
)
def test_what_is_mended_denied_or_contrasted_is_no_such_case(comment: str) -> None:
    """A bad event that is fixed, denied or set against praise by a "but" leaves the tone to the model."""
    tokens = words(comment)
    assert CAUTION.praise_beside_bad_event(tokens, stems(tokens)) is None


def test_the_reason_names_both() -> None:
    """The praise and the event are given as they were written."""
    tokens = words("Great, another outage")
    assert CAUTION.praise_beside_bad_event(tokens, stems(tokens)) == ("great", "outage")


def test_too_close() -> None:
    """A tone is told when it is likely enough and its opposite unlikely enough; neutral has no opposite."""
    sure = AGAINST - 0.01
    assert not too_close(sure, 0.9 - sure, 0.1) or sure > LEAST
    assert too_close(AGAINST + 0.01, 0.0, 0.99 - AGAINST)
    assert too_close(0.34, 0.33, 0.33)
    assert not too_close(0.3, 0.4, 0.3)
    assert not too_close(0.05, 0.05, 0.9)


def test_the_opposite_may_be_likelier_in_short_comments_and_in_those_that_turn() -> None:
    """A long comment is left open first, then a short one, then a short one with a "but" or a negation."""
    long, short, turned = ["word"] * 20, ["word"], ["nice", "but", "late"]
    assert most_against(long) < most_against(short) < most_against(turned)
    assert most_against(["it", "never", "works"]) == most_against(turned)
    assert most_against([*long, "but", "never"]) == most_against(long)
    assert too_close(0.8, 0.0, 0.2, most=most_against(long))
    assert not too_close(0.8, 0.0, 0.2, most=most_against(short))
    assert too_close(0.6, 0.0, 0.4, most=most_against(turned))


@pytest.mark.parametrize("line", ["never so good", "less work than before", "could it be", "how nice"])
def test_the_opposite_may_be_less_likely_in_a_line_that_may_turn(line: str) -> None:
    """Few words with a comparison or a wish, and denied praise, are left open; a known saying is not."""
    tokens = line.split()
    assert most_against(tokens, praised=True) < most_against(["word"])
    assert most_against(tokens, praised=True, marked=True) >= most_against(["word"])
    assert most_against([*tokens, *["word"] * 10], praised=True) >= AGAINST


@pytest.mark.parametrize(
    "comment,only_asks",
    [
        ("how is this better", True),
        ("where is the great search", True),
        ("how nice", False),
        ("what a great tool", False),
        ("this is better", False),
        ("how is it that all of us in this company love the search so much", False),
    ],
)
def test_a_short_question_with_praise_in_it_is_no_praise(comment: str, *, only_asks: bool) -> None:
    """A question word and a verb begin a question; a long comment says more than its question."""
    assert asks_back(comment.split()) is only_asks


@pytest.mark.parametrize("comment", ["Where is the great support", "Who thought this was great"])
def test_praise_in_a_question_is_left_open(classifier: Classifier, comment: str) -> None:
    """The bare word of praise in a question is not told as praise."""
    label = classifier.classify(comment)
    assert label.sentiment is Sentiment.UNSURE
    assert label.reasons[0] == "a question"
