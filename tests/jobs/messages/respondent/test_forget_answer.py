"""Being forgotten, as it was drawn."""

import pytest

from jobs.messages.respondent.forget_answer import COMPARED, LIST_KEPT, asked_to_forget, forgotten
from jobs.messages.respondent.my_data import forget_button
from storage.records import Forgotten
from tests.jobs.messages.checking import check
from tests.jobs.messages.drawing import drawn, plainly


def test_what_goes_and_what_stays_is_as_it_was_drawn() -> None:
    """Before the button stands what is erased and what stays in the scores."""
    built = asked_to_forget(named=False)
    check(built)
    assert plainly(built) == drawn("answer_forget")


def test_answers_with_a_name_are_said_to_go() -> None:
    """They go from the list, the number stays, and who kept the list can work it out."""
    built = asked_to_forget(named=True)
    check(built)
    assert "Answers with your name: they go from the list of answers; no score moves." in str(built)
    assert LIST_KEPT in built["text"]
    assert "Answers without your name already in a score: they stay" in built["text"]
    assert str(built).count("obody can trace them") == built["text"].count("obody can trace them") * 2
    assert "nobody can trace them" not in str(forget_button(named=True))
    assert "whoever kept a list with your name can still work out" in str(forget_button(named=True))
    assert LIST_KEPT in forgotten(Forgotten(named_answers=1))["text"]
    assert LIST_KEPT not in forgotten(Forgotten(answers=1))["text"]


@pytest.mark.parametrize("named", [False, True])
def test_saved_messages_are_said_to_go_where_there_are_any(named: bool) -> None:  # noqa: FBT001
    """On the page and in the confirmation, within the room that Slack gives."""
    built = asked_to_forget(named=named, saved=True, savings=True)
    check(built)
    assert "Saved messages of yours, and what you said in passing: erased." in built["text"]
    assert "That you saved messages of others: erased; the messages stay." in built["text"]
    assert "saved messages and words in passing are erased everywhere" in str(built["blocks"][-1])
    without = str(asked_to_forget(named=named))
    assert "aved messages" not in without


def test_the_receipt_is_as_it_was_drawn() -> None:
    """What was erased is counted, and what others may still know is said."""
    built = forgotten(Forgotten(comments=2, answers=1, marks=2, quotes=True))
    check(built)
    assert plainly(built) == drawn("forgotten")


def test_of_nothing_nothing_is_erased() -> None:
    """Where nothing was kept, one sentence says so."""
    built = forgotten(Forgotten())
    check(built)
    assert plainly(built) == drawn("forgotten_nothing")


@pytest.mark.parametrize(
    "gone, said",
    [
        (Forgotten(answers=3), "3 open answers deleted. Counted answers were not tied to you before."),
        (Forgotten(marks=1), "You are forgotten. Counted answers were not tied to you before."),
        (
            Forgotten(comments=1, named_answers=1),
            "with your name erased. Counted answers without your name were not tied to you before.",
        ),
    ],
)
def test_only_what_there_was_is_counted(gone: Forgotten, said: str) -> None:
    """Nothing is counted of which there was none; without a comment no list can give anybody away."""
    built = forgotten(gone)
    check(built)
    assert said in built["text"]
    assert "0 " not in built["text"]
    assert (COMPARED in built["text"]) is bool(gone.comments)
