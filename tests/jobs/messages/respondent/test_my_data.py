"""What is kept of a person, as it was drawn."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from jobs.messages.respondent.my_data import forget_button, my_data_message, my_data_view
from jobs.messages.respondent.quiet_words import next_words
from storage.records import Comment, CountedAnswer, KeptOfPerson, Response
from tests.jobs.messages import examples
from tests.jobs.messages.checking import check, labels
from tests.jobs.messages.drawing import drawn, plainly


def october(comment: Comment | None = None) -> CountedAnswer:
    """Two statements about Atlas, counted in October."""
    of = replace(examples.pulse("umux_lite"), channel_id="C0USERS")
    closed = datetime(2026, 10, 20, tzinfo=UTC)
    wave = examples.wave(of, closes_at=closed, closed_at=closed, counted_at=closed)
    return CountedAnswer(wave=wave, counted_on=closed.date(), comment=comment)


def latest() -> Response:
    """A 9 with a comment, still open."""
    return examples.response(said=examples.comment(f"Support is quick and kind. {examples.INVOICE}"))


BOTH = KeptOfPerson(responses=[latest()], counted=[october()])


def test_what_is_kept_is_as_it_was_drawn() -> None:
    """Each answer with its comment and the way to take it back; of a counted one, that it was counted."""
    built = my_data_view(BOTH, now=examples.NOW)
    check(built)
    (following,) = [each for each in built["blocks"] if "*Next:*" in str(each)]
    assert following["text"]["text"] == f"*Next:* {next_words(None, 'UTC')}"
    rest = [each for each in built["blocks"] if each is not following]
    assert plainly({**built, "blocks": rest}) == drawn("kept_of_me")


def test_the_message_says_the_same_as_the_form() -> None:
    """The message has the blocks of the form, and its text says them all."""
    built = my_data_message(BOTH, now=examples.NOW)
    check(built)
    said = built["text"].replace(f" Next: {next_words(None, 'UTC')}", "").replace(", Stop asking me.", ".")
    rest = [each for each in built["blocks"] if "*Next:*" not in str(each)]
    assert plainly({"text": said, "blocks": rest}) == drawn("answer_me")
    assert built["blocks"][1:] == my_data_view(BOTH, now=examples.NOW)["blocks"]


def test_a_comment_stays_one_s_own_after_the_count() -> None:
    """Under a counted answer stands what was written, with its permission, and never what was chosen."""
    built = my_data_message(KeptOfPerson(counted=[october(examples.comment())]), now=examples.NOW)
    check(built)
    assert (
        "UMUX-Lite about Atlas: counted in October, no longer tied to you. "
        f"You wrote: {examples.INVOICE} May be quoted without your name."
    ) in built["text"]
    assert "chose" not in str(built)


def test_a_comment_whose_answer_was_left_out_stands_alone() -> None:
    """Where nothing says that the person was counted, neither does this page."""
    left_out = replace(october(examples.comment()), counted_on=None)
    built = my_data_message(KeptOfPerson(counted=[left_out]), now=examples.NOW)
    check(built)
    assert "UMUX-Lite about Atlas, <#C0USERS>, October. You wrote:" in built["text"]
    assert "counted" not in built["text"]


def test_nothing_kept_offers_nothing_to_erase() -> None:
    """Where nothing is kept, one sentence says so and another when something may come; there is no button."""
    nothing = KeptOfPerson()
    for built in (my_data_view(nothing, now=examples.NOW), my_data_message(nothing, now=examples.NOW)):
        check(built)
        assert "Nothing is kept of you." in str(built)
        assert labels(built) == []


def test_a_closed_answer_cannot_be_taken_back() -> None:
    """After the close the month stands in place of "open", with its year if that has passed."""
    later = examples.CLOSES + timedelta(days=60)
    built = my_data_message(KeptOfPerson(responses=[latest()]), now=later)
    check(built)
    assert labels(built) == ["Forget me", "Stop asking me"]
    assert "NPS about Atlas, <#C0ATLAS>, November 2026: you chose 9." in built["text"]


def test_a_comment_that_may_not_be_quoted_says_so() -> None:
    """Whether it may be quoted stands under every comment."""
    said = examples.comment(may_quote=False)
    built = my_data_view(KeptOfPerson(responses=[examples.response(said=said)]), now=examples.NOW)
    assert "Not to be quoted" in str(built)


@pytest.mark.parametrize(
    "named, kept",
    [
        ([False], "Stored without your name, under a code made from your Slack id."),
        ([True], "Stored with your Slack id, as the question said."),
        ([False, True], "; where it says “with your name”, with your Slack id."),
    ],
)
def test_under_which_id_it_is_kept_is_said(named: list[bool], kept: str) -> None:
    """Confidential and named answers are kept in different ways, and both are said."""
    responses = [examples.response(examples.wave(replace(examples.pulse(), named=each))) for each in named]
    built = my_data_message(KeptOfPerson(responses=responses), now=examples.NOW)
    check(built)
    assert kept in built["text"]
    assert (", with your name, open" in built["text"]) is (True in named)


@pytest.mark.parametrize("number", [1, 12, 31, 300])
def test_what_has_no_room_is_counted(number: int) -> None:
    """A form takes 100 blocks, a message 50 and 4,000 characters; what is left out is said."""
    responses = [
        examples.response(said=examples.comment("x" * 1000, key=str(each))) for each in range(number)
    ]
    kept = KeptOfPerson(responses=responses)
    form, told = my_data_view(kept, now=examples.NOW), my_data_message(kept, now=examples.NOW)
    for built in (form, told):
        check(built)
        shown = str(built).count("'rich_text_quote'")
        left = number - shown
        more = f"{left} more {'is' if left == 1 else 'are'} kept." if left else ""
        assert more in str(built)
        assert (" more " in str(built)) is bool(left)


def test_erasing_asks_once_in_red() -> None:
    """The confirmation of erasing is the only part that has the danger style."""
    for named in (False, True):
        button = forget_button(named=named)
        assert button["confirm"]["style"] == "danger"
        assert "style" not in button
