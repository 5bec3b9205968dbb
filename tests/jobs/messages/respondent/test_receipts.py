"""Private words after a click, as they were drawn."""

from dataclasses import replace

import pytest

from jobs.messages.respondent import receipts
from tests.jobs.messages import examples
from tests.jobs.messages.checking import check, labels
from tests.jobs.messages.drawing import drawn, plainly

UNTIL = "<!date^1795795200^{date_short_pretty} at {time}|Fri 27 Nov, 17:00 CET>"


def shown(built: dict[str, list[dict[str, dict[str, str]]]]) -> str:
    """The first paragraph."""
    return built["blocks"][0]["text"]["text"]


def test_a_first_answer_gets_the_drawn_receipt() -> None:
    """A first answer is saved, can be changed and taken back, and can get a comment."""
    built = receipts.saved(examples.wave())
    check(built)
    assert plainly(built) == drawn("receipt")


def test_the_receipt_names_no_number_and_says_that_a_name_stands_beside() -> None:
    """It stays true after a change of mind; of a question with names it says so."""
    built = receipts.saved(examples.wave(replace(examples.pulse(), named=True)))
    check(built)
    assert shown(built) == (
        f"*Your answer is saved.* To change it, click another number until {UNTIL}.\nWith your name."
    )
    assert labels(built) == ["My answer and comment", "Take it back"]


def test_taken_back() -> None:
    """An answer that was taken back is erased and can be given again; where there is none, that is said."""
    built = receipts.taken_back(examples.wave())
    check(built)
    assert shown(built) == f"*Your answer is erased.* You can answer again until {UNTIL}."
    several = receipts.taken_back(examples.wave(examples.pulse("sus")))
    assert shown(several).startswith("*Your answers are erased.*")
    none = receipts.no_answer(examples.wave())
    assert shown(none) == f"*There is no answer of yours to this question.* You can answer it until {UNTIL}."
    since = receipts.answered_since(examples.wave())
    assert shown(since).startswith("*You have answered again since then.* That answer stays.")
    for told in (none, since, receipts.taken_down()):
        check(told)


def test_what_was_not_saved_is_said() -> None:
    """A click that was not saved, was too late or came from an old button gets its sentence."""
    away = receipts.not_saved(database=True)
    assert away["text"] == "Not saved. Bifocal could not reach its database. Please click again in a minute."
    fault = receipts.not_saved(database=False)
    assert shown(fault) == ("*Not saved.* Something went wrong in Bifocal. Please click again in a minute.")
    late = receipts.too_late(examples.wave(), answered=False)
    closed = "This closed Friday 27 November at 17:00 CET, before your click."
    assert late["text"] == f"{closed} Nothing was saved."
    assert shown(late) == f"*This closed {UNTIL}, before your click.* Nothing was saved."
    earlier = receipts.too_late(examples.wave(), answered=True)
    assert earlier["text"] == f"{closed} Your earlier answer stays."
    assert receipts.old_button()["text"] == "This button is no longer in use."
    for built in (away, fault, late, earlier, receipts.old_button()):
        check(built)


@pytest.mark.parametrize(
    "counted, answered, said",
    [
        (False, True, "Your answer can no longer be changed."),
        (True, True, "Your answer can no longer be changed."),
        (False, False, "There is no answer of yours to it."),
        (True, False, "Its answers are counted and can no longer be changed."),
    ],
)
def test_after_the_close_nothing_can_be_changed(*, counted: bool, answered: bool, said: str) -> None:
    """Nobody is told of an answer that is not known to be theirs, nor that theirs was not counted."""
    of = examples.wave(closed_at=examples.CLOSES, counted_at=examples.CLOSES if counted else None)
    built = receipts.too_late_to_change(of, answered=answered)
    check(built)
    assert shown(built) == f"*This closed {UNTIL}.* {said}"
    assert built["text"].endswith(f"{said} Button: What is kept of me.")
    assert labels(built) == ["What is kept of me"]


def test_the_same_words_stand_in_a_form() -> None:
    """A receipt can take the place of the form whose button was pressed."""
    check(receipts.as_view(receipts.taken_back(examples.wave())))
    check(receipts.as_view(receipts.old_button()))
