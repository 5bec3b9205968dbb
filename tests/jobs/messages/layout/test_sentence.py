"""A sentence is said for the screen and for a screen reader; what is to be typed is shown as code."""

from jobs.messages.layout.sentence import sentence
from tests.jobs.messages.checking import check


def test_code_is_marked_on_the_screen_and_read_as_words() -> None:
    """Marks are for the screen only, whether they stand in the sentence or are filled in."""
    built = sentence("There is no `/pulse scroe`. Did you mean `/pulse score`?")
    check(built)
    assert built["text"] == "There is no /pulse scroe. Did you mean /pulse score?"
    assert built == sentence("There is no {}. Did you mean {}?", "/pulse scroe", "/pulse score")


def test_a_sentence_with_braces_of_somebody_else_stays() -> None:
    """Braces are filled only where code is given."""
    assert sentence("{} and {0}")["text"] == "{} and {0}"
