import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.classification import Classifier
from jobs.classification.words.spelling import Spelling
from storage.records import Sentiment

CLASSIFIER = Classifier.load()
TONES = {
    "horrible": -0.6, "awful": -0.5, "confusing": -0.4, "slower": -0.3, "lightning": 0.3, "menu": 0.0,
    "hopeful": 0.5, "hopeless": -0.5,
}  # fmt: skip
SPELLING = Spelling(usual=TONES, tones=TONES)


@pytest.mark.parametrize(
    "slip, meant",
    [
        ("horible", "horrible"),  # a letter missing
        ("awfull", "awful"),  # one too many
        ("horrable", "horrible"),  # a wrong vowel
        ("confusign", "confusing"),  # two swapped
    ],
)
def test_one_slip_is_mended(slip: str, meant: str) -> None:
    """A letter missing, too many, a wrong vowel or two swapped: the usual word is read."""
    assert SPELLING.mended(["the", slip, "!"], [slip]) == ["the", meant, "!"]


def test_where_nothing_is_misspelt_the_words_are_the_same_list() -> None:
    """So that whoever has looked at them need not look again."""
    tokens = ["the", "shower"]
    assert SPELLING.mended(tokens, ["shower"]) is tokens


@pytest.mark.parametrize(
    "word",
    [
        "shower",  # a word of the dictionary, one consonant from "slower"
        "lighting",  # another one
        "sells",  # the plural of one, a letter from "smells"
        "hrrble",  # more than one slip
        "orrible",  # the first letter
        "menuu",  # its word has no tone
        "hopefuless",  # between praise and blame
        "fine",  # too short
    ],
)
def test_what_may_be_meant_is_left(word: str) -> None:
    """A word that may be right, or for which no usual word of one tone is near, stays as it is."""
    assert SPELLING.mended([word], [word]) == [word]


@given(st.lists(st.text(max_size=12), max_size=8))
def test_known_words_and_the_number_of_words_stay(tokens: list[str]) -> None:
    """Whatever is written, each token stays in its place and one that is not strange is never touched."""
    mended = SPELLING.mended([*tokens, "awfull"], [token for token in tokens if token != "awfull"])
    assert len(mended) == len(tokens) + 1
    assert mended[-1] == "awfull"


@pytest.mark.parametrize("comment", ["teh new versoin is horible", "Truely awfull", "the app is confusign"])
def test_a_misspelt_complaint_is_read(comment: str) -> None:
    """The classifier reads the tone of misspelt words, and names the word that was meant."""
    label = CLASSIFIER.classify(comment)
    assert label.sentiment is Sentiment.NEGATIVE
    assert {"horrible", "awful", "confusing"} & set(label.reasons)
