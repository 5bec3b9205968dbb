from typing import Any

import pytest

from bot.sandbox import FakeSlack
from bot.sandbox.acting import acks
from bot.sandbox.acting.outcomes import Outcome
from bot.sandbox.live.answers import Answer
from bot.sandbox.model.channels import Channel
from bot.sandbox.model.people import User
from bot.sandbox.model.views import View
from tests.bot.sandbox.conftest import actions, button, modal, text_input

LATE = Answer(None, why="timeout")


@pytest.fixture
def view(slack: FakeSlack, ana: User) -> View:
    """An open form with one input and one row of buttons."""
    return slack.world.screens.open(ana.id, modal(text_input("why"), actions(button("go"))))


@pytest.mark.parametrize(
    "answer,words",
    [
        (LATE, '/pulse failed with the error "operation_timeout"'),
        (Answer(None, why="ClientOSError"), '/pulse failed with the error "dispatch_failed"'),
        (Answer(404), '/pulse failed with the error "dispatch_failed"'),
        (
            Answer(200, {"text": "x", "replace_original": True}),
            '/pulse failed with the error "invalid_command_response"',
        ),
        (
            Answer(200, {"blocks": [{"type": "alert"}]}),
            '/pulse failed with the error "invalid_command_response"',
        ),
    ],
)
def test_a_command_that_fails_says_so(
    slack: FakeSlack, ana: User, atlas: Channel, answer: Answer, words: str
) -> None:
    """No answer, a wrong status and a wrong message each have their sentence, and show nothing else."""
    assert acks.of_command(slack.world, ana, atlas, "/pulse", answer) == words
    assert slack.ephemerals(ana) == atlas.messages == []


def test_a_command_shows_what_it_is_acked_with(slack: FakeSlack, ana: User, atlas: Channel) -> None:
    """Nothing, text, a message to the commander, a message to all."""
    for body in ("", "plain", {"text": "object"}, {"text": "all", "response_type": "in_channel"}):
        assert acks.of_command(slack.world, ana, atlas, "/pulse", Answer(200, body)) is None
    assert [m.text for m in slack.ephemerals(ana, atlas)] == ["plain", "object"]
    assert [m.text for m in atlas.messages] == ["all"]


def test_a_click_wants_a_200() -> None:
    """Anything else is trouble to the person; the body is not looked at."""
    assert acks.of_click(Answer(200, "whatever")) is None
    assert acks.of_click(Answer(500)) == acks.of_click(LATE) == acks.TROUBLE


def test_an_empty_ack_closes_the_form(slack: FakeSlack, ana: User, view: View) -> None:
    """The view that was sent goes; one under it comes back."""
    upper = slack.world.screens.push(ana.id, modal(text_input("more")))
    assert acks.of_submission(slack.world, upper, Answer(200)) == ({}, None)
    assert slack.views(ana) == [view]


@pytest.mark.parametrize(
    "body,left",
    [
        ({"response_action": "clear"}, 0),
        ({"response_action": "update", "view": modal(text_input("next"))}, 1),
        ({"response_action": "push", "view": modal(text_input("next"))}, 2),
    ],
)
def test_an_ack_can_change_the_form(
    slack: FakeSlack, ana: User, view: View, body: dict[str, Any], left: int
) -> None:
    """clear, update and push do what they say."""
    assert acks.of_submission(slack.world, view, Answer(200, body)) == ({}, None)
    assert len(slack.views(ana)) == left
    assert not left or slack.views(ana)[-1].blocks[0]["block_id"] == "next"


@pytest.mark.parametrize(
    "answer",
    [
        LATE,
        Answer(500),
        Answer(200, "text"),
        Answer(200, {"response_action": "errors", "errors": {}}),
        Answer(200, {"response_action": "errors", "errors": {"row": "no input block"}}),
        Answer(200, {"response_action": "errors", "errors": {"why": ""}}),
        Answer(200, {"response_action": "clear", "view": modal()}),
        Answer(200, {"response_action": "update", "view": modal()}),
        Answer(200, {"response_action": "dance"}),
    ],
)
def test_an_ack_that_slack_does_not_understand_leaves_the_form(
    slack: FakeSlack, ana: User, view: View, answer: Answer
) -> None:
    """The person reads of trouble and can send the same form again."""
    assert acks.of_submission(slack.world, view, answer) == ({}, acks.TROUBLE)
    assert slack.views(ana) == [view]


def test_an_outcome_says_in_one_word_whether_it_went_well() -> None:
    """Sent, acked, and no error before the person's eyes."""
    assert Outcome(Answer(200)).ok
    assert not Outcome(Answer(200), errors={"why": "no"}).ok
    assert not Outcome(Answer(500), trouble="x").ok
    assert (Outcome().sent, Outcome().ok, Outcome().status) == (False, False, None)
