"""A sentence is said for the screen and for a screen reader; what is to be typed is shown as code."""

from handlers.syntax import unknown_command
from jobs.messages.layout.sentence import sentence
from tests.jobs.messages.checking import check
from tests.jobs.messages.drawing import drawn, plainly


def test_an_unknown_word_is_answered_as_it_was_drawn() -> None:
    """The answer says what was wrong, the nearest right form, and that nothing was changed."""
    built = sentence(unknown_command("scroe", ["score", "help"]))
    check(built)
    assert plainly(built) == drawn("answer_unknown")
    same = sentence(
        "There is no {}. Did you mean {}?\nNothing was changed. All commands: {}.",
        "/pulse scroe",
        "/pulse score",
        "/pulse help",
    )
    assert same == built


def test_a_sentence_with_braces_of_somebody_else_stays() -> None:
    """Braces are filled only where code is given."""
    assert sentence("{} and {0}")["text"] == "{} and {0}"
