import re

import pytest

from jobs.classification.words import packaged
from jobs.classification.words.ratings import BLAMED, EVEN, EVENT, PRAISED
from jobs.classification.words.sayings import Sayings
from jobs.classification.words.tokens import words

SAYINGS = Sayings.load()


@pytest.mark.parametrize(
    "text,read",
    [
        ("It is anything but smooth", "it is not smooth"),
        ("never fails to help", "always help"),
        ("Without a doubt an idea", "an idea"),
        ("Can't recommend it enough", PRAISED),
        ("I can't recommend the export", f"i {BLAMED} the export"),
        ("took the pain out of invoicing", f"{PRAISED} invoicing"),
        ("The export is not worth it", f"the export is not {BLAMED}"),
        ("worth it", PRAISED),
        ("The export is no better than before", f"the export is no {BLAMED}"),
        ("There is no better tool than this", f"there is {PRAISED} this"),
        ("No payment and delivery problems", PRAISED),
        ("No fix for problems", "no fix for problems"),
        ("Kindly improve your search", f"{BLAMED} your search"),
        ("They raised prices without notice", f"they {EVENT} {BLAMED}"),
        ("They changed the price", "they changed the price"),
        ("It saved us from a nightmare", PRAISED),
        ("I'd be lost without the search", f"i 'd {PRAISED} the search"),
        ("So easy to lose your work", f"so {BLAMED} your work"),
        ("How is this an improvement", "this is not improvement"),
        ("insanely easy to use", "very easy to use"),
        ("Yet to get an answer", BLAMED),
        ("Zero dropped calls", PRAISED),
        ("Our old system was faster", BLAMED),
        ("Our new system was faster", "our new system was faster"),
        ("one thumb up, one thumb down", EVEN),
        ("no fewer glitches than in spring", f"no {BLAMED} than in spring"),
        ("Can't sing their praises loudly enough", PRAISED),
        ("Outages have all but vanished", PRAISED),
        ("Far from the nightmare", PRAISED),
        ("We use it daily", "we use it daily"),
    ],
)
def test_a_saying_is_read_as_it_is_meant(text: str, read: str) -> None:
    """Turned words are read as plain ones, or as a mark; other words stay."""
    assert SAYINGS.read(words(text)).tokens == read.split()


@pytest.mark.parametrize(
    "text,mark",
    [
        ("yes", PRAISED),
        ("Honestly, a big no from me!", BLAMED),
        ("no no no", BLAMED),
        ("Would I buy it again? Never.", BLAMED),
        ("Yes, of course", PRAISED),
        ("meh", EVEN),
    ],
)
def test_an_answer_fills_a_comment(text: str, mark: str) -> None:
    """Words that say no more may stand around it, a question before it, and it may be said twice."""
    assert SAYINGS.read(words(text)).tokens == [mark]


@pytest.mark.parametrize("text", ["the form asks yes or no", "Is there no dark mode?", "a team of ten"])
def test_an_answer_among_other_words_is_none(text: str) -> None:
    """What does not fill the comment stays as it is."""
    assert SAYINGS.read(words(text)).tokens == words(text)


def test_what_stood_there_is_kept_for_the_reason() -> None:
    """Each mark has its sign and its words."""
    assert SAYINGS.read(words("Fewer bugs, hats off")).said == ((1, "fewer bugs"), (1, "hats off"))


def test_a_saying_in_a_long_comment_is_left_alone() -> None:
    """Beside very many other words a saying says little, and looking for it would cost the most."""
    tokens = words("hats off " + "and we use it daily " * 20)
    assert SAYINGS.read(tokens).tokens is tokens


def test_a_reader_of_whole_texts_gets_the_other_words() -> None:
    """What is read as other words is one text again, without marks; other comments are not written anew."""
    read = SAYINGS.read(words("It isn't slow and anything but dull, hats off"))
    assert read.reworded == "it isn't slow and not dull , hats off"
    assert not SAYINGS.read(words("Hats off")).reworded


def test_each_answer_has_one_tone() -> None:
    """No answer stands in two lists."""
    answers = packaged.table("sayings.toml")["answers"]
    said = [each for tone in ("praise", "blame", "even") for each in re.split(r"[|\n]", answers[tone])]
    assert len(said) == len(set(said))
    assert all(said)
