"""Sentences to askers and owners say what happened and what to do."""

from dataclasses import replace
from datetime import date

import pytest

from jobs.instruments import INSTRUMENTS
from jobs.messages.lead import owner_notices as notices
from jobs.messages.report.score_answer import sentence
from jobs.messages.wording import why_not as refusals
from storage.records import Digest, Pulse
from tests.jobs.messages import examples
from tests.jobs.messages.checking import check

WEEKLY = replace(examples.pulse(), cadence="weekly mon 09:00")
ERRORS = ["not_in_channel", "is_archived", "restricted_action_read_only_channel", "token_revoked", "odd_one"]


def test_a_channel_without_bifocal() -> None:
    """To the letter of the drawing, the channel by its id."""
    assert notices.not_in_channel("C0TEAM") == (
        "Bifocal is not in <#C0TEAM>. Type `/invite @Bifocal` there, then send this again. "
        "Nothing was changed."
    )


def test_cautions() -> None:
    """What is said before asking, and not refused."""
    assert notices.asked_lately(INSTRUMENTS["nps"], date(2026, 11, 3)) == (
        "NPS was asked here on 3 Nov. Asking again within 90 days tires people."
    )
    assert notices.small_channel(5) == "With fewer than 5 answers nothing is shown; here that may happen."
    assert notices.still_open(examples.wave()).startswith("The same question is open here until <!date^")


@pytest.mark.parametrize(
    "owned", [WEEKLY, examples.pulse(), examples.digest()], ids=["weekly", "once", "digest"]
)
@pytest.mark.parametrize("error", ERRORS)
def test_a_refused_post_says_why_and_what_to_do(owned: Pulse | Digest, error: str) -> None:
    """Why, what became of it, and the words that bring it back; nothing alive in it."""
    said = notices.refused(owned, error)
    check(sentence(said))
    assert "<#C0ATLAS>" in said or "<#C0TEAM>" in said
    assert ("and is paused" in said) is (owned is not examples.pulse() and owned != examples.pulse())
    assert "`/pulse " in said


def test_the_way_back_depends_on_what_it_is() -> None:
    """A schedule is resumed, a single question is asked again, a digest is posted now."""
    assert notices.refused(WEEKLY, "is_archived").endswith("Then `/pulse resume 41`.")
    assert notices.refused(examples.pulse(), "is_archived").endswith(
        "Then `/pulse ask nps about Atlas` once more."
    )
    assert notices.refused(examples.digest(), "is_archived").endswith(
        "Then `/pulse digest Atlas now` once more."
    )


def test_a_message_that_stands_is_not_called_unposted() -> None:
    """Where only the renewal was refused, nothing is said of pausing."""
    said = notices.refused(WEEKLY, "is_archived", posted=True)
    assert "could not be brought up to date" in said
    assert "paused" not in said
    assert "Pulse 41 (NPS about Atlas)" in said


def test_an_unknown_post_is_not_repeated() -> None:
    """Slack's answer was lost: look, and only then post again."""
    said = notices.uncertain(WEEKLY)
    check(sentence(said))
    assert said.startswith(
        "Slack did not say whether pulse 41 (NPS about Atlas) was posted in <#C0ATLAS>. "
        "It is not sent again, so that nobody sees it twice."
    )


def test_a_question_that_waited_says_how_many_and_what_helps() -> None:
    """The count, the smallest group, and two things to do."""
    said = notices.waiting(examples.pulse(), answers=3, waves=2)
    check(sentence(said))
    assert "Pulse 41 (NPS about Atlas) in <#C0ATLAS> has closed 2 times with 3 answers in all" in said
    assert "scores are shown from 5" in said
    assert "What would help:" in said


def test_refusals() -> None:
    """To the letter of the drawing where there is one."""
    assert (
        refusals.no_such_pulse(41)
        == "There is no pulse 41 in this channel. `/pulse list` shows what runs here."
    )
    assert refusals.not_a_lead(examples.pulse(), "close") == (
        "Only Priya Nair, other leads of this pulse and workspace admins can close it."
    )
    assert refusals.comments_for_leads(examples.pulse()) == "Only Priya Nair and other leads read comments."
    assert refusals.nothing_asked(None) == (
        "Nothing has been asked here yet. Start with `/pulse ask nps about Atlas`."
    )
    assert refusals.hidden_group() == "Hidden, to protect the few people who answered."
    assert refusals.database_away() == "Bifocal cannot reach its database. Please try again in a minute."


def test_every_refusal_is_a_valid_answer() -> None:
    """Each can be sent as it stands, also with hostile names in it."""
    of = replace(examples.pulse(), asked_by="<!channel>*`")
    for said in (
        refusals.no_such_pulse("<@U1>"),
        refusals.not_a_lead(of, "pause"),
        refusals.not_a_lead_of_digest(examples.digest("<!here>"), "end"),
        refusals.comments_for_leads(None),
        refusals.comments_for_leads(of),
        refusals.comments_too_few(5),
        refusals.no_comments(),
        refusals.no_digest(),
        refusals.nothing_asked("`<!here>`"),
        refusals.nothing_open(of),
        refusals.not_scheduled(of),
        refusals.fault(),
        notices.archived("C1"),
        notices.asker_not_in_channel("C1"),
    ):
        check(sentence(said))
