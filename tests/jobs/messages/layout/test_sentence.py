"""A sentence is said in both voices, what is to be typed stands as code."""

from handlers.syntax import unknown_command
from jobs.messages.layout.sentence import sentence
from tests.jobs.messages.checking import check
from tests.jobs.messages.drawing import drawn, plainly


def test_an_unknown_word_is_answered_as_it_was_drawn() -> None:
    """What was wrong, the nearest right form, that nothing was changed."""
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
    """Only where code is given are braces filled."""
    assert sentence("{} and {0}")["text"] == "{} and {0}"
