"""What a failed call means for the message that it carried."""

from datetime import timedelta

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from jobs.slack.call_outcome import CallOutcome, failed_call


def answered(error: str | None, status: int = 200, **headers: str) -> SlackApiError:
    """What the client raises for such an answer of Slack's."""
    data: dict[str, object] = {"ok": False} | ({"error": error} if error else {})
    response = AsyncSlackResponse(
        client=None,
        http_verb="POST",
        api_url="",
        req_args={},
        data=data,
        headers=headers,
        status_code=status,
    )
    return SlackApiError("refused", response)  # type: ignore[no-untyped-call] # as the SDK has it


@pytest.mark.parametrize(
    "error, status, outcome",
    [
        ("ratelimited", 429, CallOutcome.AGAIN),
        ("message_limit_exceeded", 200, CallOutcome.AGAIN),
        ("team_added_to_org", 200, CallOutcome.AGAIN),
        ("internal_error", 200, CallOutcome.LOST),
        ("fatal_error", 200, CallOutcome.LOST),
        (None, 503, CallOutcome.LOST),
        (None, 200, CallOutcome.LOST),
        ("message_not_found", 200, CallOutcome.GONE),
        ("cant_update_message", 200, CallOutcome.GONE),
        ("not_in_channel", 200, CallOutcome.REFUSED),
        ("channel_not_found", 200, CallOutcome.REFUSED),
        ("is_archived", 200, CallOutcome.REFUSED),
        ("restricted_action", 200, CallOutcome.REFUSED),
        ("restricted_action_thread_locked", 200, CallOutcome.REFUSED),
        ("token_revoked", 200, CallOutcome.AGAIN),
        ("a_word_of_next_year", 200, CallOutcome.REFUSED),
        ("invalid_blocks", 200, CallOutcome.OURS),
        ("msg_too_long", 200, CallOutcome.OURS),
    ],
)
def test_every_word_of_slack_has_its_outcome(error: str | None, status: int, outcome: CallOutcome) -> None:
    """Surely not shown: again. Perhaps shown: lost. Slack will not: refused. Built wrongly: ours."""
    assert failed_call(answered(error, status)).outcome is outcome


def test_slack_says_how_long_to_wait() -> None:
    """Retry-After is kept, in whatever letters; without one there is a default."""
    assert failed_call(answered("ratelimited", 429, **{"retry-after": "7"})).wait == timedelta(seconds=7)
    assert failed_call(answered("ratelimited", 429)).wait > timedelta(0)


def test_a_network_that_fails() -> None:
    """What never reached Slack is tried again; what may have is lost; any other error is not Slack's."""
    refused = aiohttp.ClientConnectorError.__new__(aiohttp.ClientConnectorError)
    assert failed_call(refused).outcome is CallOutcome.AGAIN
    for error in (TimeoutError(), aiohttp.ServerDisconnectedError(), ConnectionResetError()):
        assert failed_call(error).outcome is CallOutcome.LOST
    with pytest.raises(KeyError):
        failed_call(KeyError("x"))


def test_too_many_requests_are_known_from_other_delays() -> None:
    """Only they mean that the method is to be left alone."""
    assert failed_call(answered("ratelimited", 429)).limited
    assert failed_call(answered(None, 429)).limited
    assert not failed_call(answered("message_limit_exceeded")).limited
    assert not failed_call(answered("internal_error")).limited
