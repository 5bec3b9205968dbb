"""What a failed call to Slack means for the message it carried. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

import aiohttp
from slack_sdk.errors import SlackApiError

FAULT = "fault"
"""The error of what is not of Slack's making, such as an edition of a shape that nobody knows."""


class CallOutcome(StrEnum):
    """What became of a message whose call failed."""

    AGAIN = "again"  # surely not shown: try later
    LOST = "lost"  # perhaps shown, perhaps not
    GONE = "gone"  # the message to change is not there any more
    REFUSED = "refused"  # Slack will not take it until a person does something
    OURS = "ours"  # Slack says that we built it wrongly


@dataclass(frozen=True, slots=True)
class FailedCall:
    """What became of the message, Slack's code for the error, and how long to wait before another try."""

    outcome: CallOutcome
    error: str
    wait: timedelta = timedelta(0)

    @property
    def limited(self) -> bool:
        """Whether Slack said "too many requests": the method is to be left alone for `wait`."""
        return self.error in _LIMITED

    @property
    def everywhere(self) -> bool:
        """Whether Slack refuses all of the workspace for now: the token, or what is paid for."""
        return self.error in _EVERYWHERE


_LIMITED = {"ratelimited", "rate_limited"}
_GONE = {"message_not_found", "cant_update_message", "cant_delete_message", "edit_window_closed"}
_PERHAPS = {"internal_error", "fatal_error", "service_unavailable", "request_timeout"}
_EVERYWHERE = {
    "invalid_auth",
    "not_authed",
    "account_inactive",
    "token_revoked",
    "token_expired",
    "team_access_not_granted",
    "team_added_to_org",
    "org_login_required",
    "ekm_access_denied",
    "payment_required",
    "paid_teams_only",
    "upgrade_required",
    "plan_upgrade_required",
    "two_factor_setup_required",
}
_LATER = {*_LIMITED, *_EVERYWHERE, "message_limit_exceeded"}
_OURS = {
    "invalid_blocks",
    "invalid_blocks_format",
    "invalid_arguments",
    "msg_blocks_too_long",
    "msg_too_long",
    "no_text",
    "unknown_method",
}
SERVER_FAULT = 500
PATIENCE = timedelta(seconds=30)


def failed_call(error: Exception) -> FailedCall:
    """What `error`, raised by a call of the Slack client, means for the message.

    Raises the error itself when it is none that a call to Slack can end with.
    """
    if isinstance(error, SlackApiError):
        return _answered(error)
    if isinstance(error, aiohttp.ClientConnectorError):  # never reached Slack
        return FailedCall(CallOutcome.AGAIN, "unreachable", PATIENCE)
    if isinstance(error, (TimeoutError, aiohttp.ClientError, ConnectionError)):
        return FailedCall(CallOutcome.LOST, type(error).__name__)
    raise error


def error_code(error: SlackApiError) -> str:
    """Slack's code for what is wrong; empty where the answer was a page of a server in between."""
    data = error.response.data
    return str(data.get("error") or "") if isinstance(data, dict) else ""


def _answered(error: SlackApiError) -> FailedCall:
    response, code = error.response, error_code(error)
    if response.status_code == 429 or code in _LATER:  # noqa: PLR2004 - Too Many Requests
        return FailedCall(CallOutcome.AGAIN, code or "ratelimited", _retry_after(response.headers))
    if response.status_code >= SERVER_FAULT or code in _PERHAPS or not code:
        return FailedCall(CallOutcome.LOST, code or f"HTTP {response.status_code}")
    if code in _GONE:
        return FailedCall(CallOutcome.GONE, code)
    return FailedCall(CallOutcome.OURS if code in _OURS else CallOutcome.REFUSED, code)


def _retry_after(headers: object) -> timedelta:
    if isinstance(headers, Mapping):  # aiohttp's own kind, not a dict
        for name, value in headers.items():
            if name.lower() == "retry-after" and str(value).isdigit():
                return timedelta(seconds=int(value))
    return PATIENCE
