"""Under which key answers are kept."""

from dataclasses import replace

from jobs.answers.respondent_key import Respondents
from tests.jobs.messages.examples import pulse

PULSE = pulse()


def test_a_confidential_key_says_nothing() -> None:
    """It depends on the secret, the team and the user, and holds none of them."""
    one, other = Respondents("secret"), Respondents("another")
    key = one.confidential("T1", "U1")
    assert len(key) == 64
    assert "U1" not in key
    assert len({key, other.confidential("T1", "U1"), one.confidential("T2", "U1")}) == 3
    assert key == Respondents("secret").confidential("T1", "U1")


def test_team_and_user_do_not_run_together() -> None:
    """Ids of Slack begin with a letter of their own, so that two pairs are never one text."""
    keys = Respondents("secret")
    assert keys.confidential("T1", "U23") != keys.confidential("T12", "U3")


def test_a_named_question_keeps_the_id() -> None:
    """With names the user id itself is the key, and both forms belong to one person."""
    keys = Respondents("secret")
    assert keys.of(replace(PULSE, named=True), "U1") == "U1"
    assert keys.of(replace(PULSE, named=False), "U1") == keys.confidential(PULSE.team_id, "U1")
    assert keys.both(PULSE.team_id, "U1") == (keys.confidential(PULSE.team_id, "U1"), "U1")
