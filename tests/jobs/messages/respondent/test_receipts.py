"""Private words after a click, as they were drawn."""

from dataclasses import replace
from datetime import timedelta

from jobs.messages.respondent import receipts
from tests.jobs.messages import examples
from tests.jobs.messages.checking import check, labels
from tests.jobs.messages.drawing import drawn, plainly

UNTIL = "<!date^1795795200^{date_short_pretty} at {time}|Fri 27 Nov, 17:00 CET>"


def shown(built: dict[str, list[dict[str, dict[str, str]]]]) -> str:
    """The first paragraph."""
    return built["blocks"][0]["text"]["text"]


def test_a_first_answer_gets_the_drawn_receipt() -> None:
    """A first answer is saved, can be changed, and can get a comment."""
    built = receipts.chosen(examples.wave(), 9, before=None, has_comment=False)
    check(built)
    assert plainly(built) == drawn("receipt")


def test_another_number_gets_the_drawn_receipt() -> None:
    """A second number names the first one, and says that the comment is kept."""
    built = receipts.chosen(examples.wave(), 6, before=9, has_comment=True)
    check(built)
    assert plainly(built) == drawn("receipt_changed")


def test_a_comment_is_mentioned_only_when_there_is_one() -> None:
    """Without a comment the receipt says nothing of one."""
    built = receipts.chosen(examples.wave(), 6, before=9, has_comment=False)
    assert shown(built) == f"*Changed from 9 to 6.* Change it by clicking another number until {UNTIL}."
    assert labels(built) == ["Add a comment", "Take it back"]


def test_the_same_number_again_is_no_change() -> None:
    """The same number again is said to be as before."""
    built = receipts.chosen(examples.wave(), 9, before=9, has_comment=False)
    check(built)
    assert shown(built) == "*You chose 9,* as before."
    assert built["text"] == "You chose 9, as before. Buttons: Add a comment, Take it back."


def test_the_words_do_not_depend_on_the_number() -> None:
    """The receipt after a 0 has the words of that after a 10."""
    low, high = (
        str(receipts.chosen(examples.wave(), point, before=None, has_comment=False)) for point in (0, 10)
    )
    assert low.replace("You chose 0", "You chose 10") == high


def test_taken_back() -> None:
    """An answer that was taken back is gone and can be given again."""
    built = receipts.taken_back(examples.wave())
    check(built)
    assert shown(built) == f"*Your answer is gone.* You can answer again until {UNTIL}."
    several = receipts.taken_back(examples.wave(examples.pulse("sus")))
    assert shown(several).startswith("*Your answers are gone.*")


def test_what_was_not_counted_is_said() -> None:
    """A click that was not saved, was too late or came from an old button gets its sentence."""
    assert receipts.not_saved()["text"] == "Not saved. Please click again in a minute."
    assert shown(receipts.not_saved()) == "*Not saved.* Please click again in a minute."
    late = receipts.too_late(examples.wave())
    stays = "Nothing was saved. An answer that you gave before stays as it is."
    assert late["text"] == f"This closed Friday 27 November at 17:00 CET, before your click. {stays}"
    assert shown(late) == f"*This closed {UNTIL}, before your click.* {stays}"
    assert receipts.old_button()["text"] == "This button is no longer in use."
    for built in (receipts.not_saved(), late, receipts.old_button()):
        check(built)


def test_nobody_reads_that_their_answer_was_not_counted() -> None:
    """Who wants to change an answer too late reads that it is fixed, and that it is counted once it is."""
    closed = examples.wave(closed_at=examples.CLOSES)
    fixed = "can no longer be changed or taken back."
    assert shown(receipts.too_late_to_change(closed)) == f"*This closed {UNTIL}.* Its answers {fixed}"
    counted = replace(closed, counted_at=examples.CLOSES + timedelta(minutes=15))
    built = receipts.too_late_to_change(counted)
    check(built)
    assert shown(built) == f"*This closed {UNTIL}.* Its answers are counted and {fixed}"


def test_a_late_form_keeps_its_text_in_the_hands_of_the_writer() -> None:
    """A form after the close gets a plain sentence that nothing was saved, and keeps its text."""
    assert receipts.form_too_late(examples.wave()) == (
        "This closed Friday 27 November at 17:00 CET. Nothing was saved; copy your text if you need it."
    )


def test_the_same_words_stand_in_a_form() -> None:
    """A receipt can take the place of the form whose button was pressed."""
    check(receipts.as_view(receipts.taken_back(examples.wave())))
    check(receipts.as_view(receipts.old_button()))
