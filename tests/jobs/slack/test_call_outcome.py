"""What a failed call means for the message that it carried."""

from datetime import timedelta

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from jobs.slack.call_outcome import Fate, failure


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
    "error, status, fate",
    [
        ("ratelimited", 429, Fate.AGAIN),
        ("message_limit_exceeded", 200, Fate.AGAIN),
        ("team_added_to_org", 200, Fate.AGAIN),
        ("internal_error", 200, Fate.LOST),
        ("fatal_error", 200, Fate.LOST),
        (None, 503, Fate.LOST),
        (None, 200, Fate.LOST),
        ("message_not_found", 200, Fate.GONE),
        ("cant_update_message", 200, Fate.GONE),
        ("not_in_channel", 200, Fate.REFUSED),
        ("channel_not_found", 200, Fate.REFUSED),
        ("is_archived", 200, Fate.REFUSED),
        ("restricted_action", 200, Fate.REFUSED),
        ("restricted_action_thread_locked", 200, Fate.REFUSED),
        ("token_revoked", 200, Fate.REFUSED),
        ("a_word_of_next_year", 200, Fate.REFUSED),
        ("invalid_blocks", 200, Fate.OURS),
        ("msg_too_long", 200, Fate.OURS),
    ],
)
def test_every_word_of_slack_has_its_fate(error: str | None, status: int, fate: Fate) -> None:
    """Surely not shown: again. Perhaps shown: lost. Slack will not: refused. Built wrongly: ours."""
    assert failure(answered(error, status)).fate is fate


def test_slack_says_how_long_to_wait() -> None:
    """Retry-After is kept, in whatever letters; without one there is a default."""
    assert failure(answered("ratelimited", 429, **{"retry-after": "7"})).wait == timedelta(seconds=7)
    assert failure(answered("ratelimited", 429)).wait > timedelta(0)


def test_a_network_that_fails() -> None:
    """What never reached Slack is tried again; what may have is lost; any other error is not Slack's."""
    refused = aiohttp.ClientConnectorError.__new__(aiohttp.ClientConnectorError)
    assert failure(refused).fate is Fate.AGAIN
    for error in (TimeoutError(), aiohttp.ServerDisconnectedError(), ConnectionResetError()):
        assert failure(error).fate is Fate.LOST
    with pytest.raises(KeyError):
        failure(KeyError("x"))
