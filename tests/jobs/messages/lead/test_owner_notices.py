"""Sentences to owners say what happened and what to do."""

from dataclasses import replace
from datetime import date

import pytest

from jobs.messages.layout.sentence import sentence
from jobs.messages.lead import owner_notices
from storage.records import Digest, Pulse
from tests.jobs.messages import examples
from tests.jobs.messages.checking import check

WEEKLY = replace(examples.pulse(), cadence="weekly mon 09:00")
ERRORS = ["not_in_channel", "is_archived", "restricted_action_read_only_channel", "token_revoked", "odd_one"]


@pytest.mark.parametrize(
    "owned", [WEEKLY, examples.pulse(), examples.digest()], ids=["weekly", "once", "digest"]
)
@pytest.mark.parametrize("error", ERRORS)
def test_a_refused_post_says_why_and_what_to_do(owned: Pulse | Digest, error: str) -> None:
    """The notice says why, what became of the post, and what to type; nothing in it is active."""
    said = owner_notices.refused(owned, error)
    check(sentence(said))
    assert "<#C0ATLAS>" in said or "<#C0TEAM>" in said
    assert ("and is paused" in said) is (owned is not examples.pulse() and owned != examples.pulse())
    assert "`/pulse " in said


def test_the_way_back_depends_on_what_it_is() -> None:
    """A schedule is resumed, a single question is asked again, a digest is posted now."""
    assert owner_notices.refused(WEEKLY, "is_archived").endswith("Then `/pulse resume 41`.")
    assert owner_notices.refused(examples.pulse(), "is_archived").endswith(
        "Then `/pulse ask nps about Atlas` once more."
    )
    assert owner_notices.refused(examples.digest(), "is_archived").endswith(
        "Then `/pulse digest Atlas now` once more."
    )


def test_a_message_that_stands_is_not_called_unposted() -> None:
    """Where Slack refused only a later change, nothing is said of pausing."""
    said = owner_notices.refused(WEEKLY, "is_archived", posted=True)
    assert "could not be brought up to date" in said
    assert "paused" not in said
    assert "Question 41 (NPS about Atlas)" in said


def test_a_fault_of_bifocal_is_not_laid_on_slack() -> None:
    """Where Bifocal itself failed, one sentence says so, and nothing of a refusal or a pause."""
    said = owner_notices.broken(WEEKLY)
    check(sentence(said))
    assert said == (
        "Question 41 (NPS about Atlas) could not be posted in <#C0ATLAS> because of a fault in Bifocal; "
        "whoever runs Bifocal finds more in its log."
    )
    assert "could not be brought up to date in <#C0ATLAS>" in owner_notices.broken(WEEKLY, posted=True)


def test_an_unknown_post_is_not_repeated() -> None:
    """Where Slack's answer was lost, the owner is asked to look before posting again."""
    said = owner_notices.uncertain(WEEKLY)
    check(sentence(said))
    assert said.startswith(
        "Slack did not say whether question 41 (NPS about Atlas) was posted in <#C0ATLAS>. "
        "It is not sent again, so that nobody sees it twice."
    )


def test_a_question_that_waited_says_how_many_and_what_helps() -> None:
    """The notice names the count and the smallest group, and suggests two things."""
    said = owner_notices.waiting(examples.pulse(), answers=3, waves=2, need=5)
    check(sentence(said))
    assert "Question 41 (NPS about Atlas) in <#C0ATLAS> has closed 2 times with 3 answers in all" in said
    assert "scores are shown from 5. These 3 join the next round; none is planned. After 26 weeks" in said
    assert "What would help:" in said
    said = owner_notices.waiting(WEEKLY, answers=1, waves=2, need=10, again=date(2026, 12, 14))
    assert "This answer joins the next round, asked Mon 14 Dec. What would help:" in said


@pytest.mark.parametrize(
    "owned, begins",
    [
        (WEEKLY, "Question 41 (NPS about Atlas) in <#C0ATLAS> could"),
        (examples.digest(), "The digest of Atlas in"),
    ],
    ids=["pulse", "digest"],
)
def test_what_fails_again_and_again_says_what_becomes_of_it(owned: Pulse | Digest, begins: str) -> None:
    """What could not be done, that it is tried again, and where the reason stands."""
    said = owner_notices.failing(owned, "could not be asked")
    check(sentence(said))
    assert said.startswith(begins)
    assert said.endswith(
        "could not be asked so far. Bifocal tries again, at least once an hour. "
        "Whoever runs Bifocal finds the reason in its log."
    )


def test_missing_labels_say_whose() -> None:
    """The question is named, and no comment."""
    said = owner_notices.unlabelled(WEEKLY)
    check(sentence(said))
    assert said.startswith(
        "Tone and topic of comments on question 41 (NPS about Atlas) in <#C0ATLAS> may be missing. "
        "Bifocal tries again"
    )
