"""Whether Slack takes the token, and what its clock says: asked at the start and every ten minutes."""

import logging
from collections.abc import Callable
from datetime import datetime

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.connection.clock_check import OWN, ClockCheck
from jobs.slack.call_outcome import error_code

LOG = logging.getLogger(__name__)
REFUSED = {
    "invalid_auth",
    "not_authed",
    "account_inactive",
    "token_revoked",
    "token_expired",
    "not_allowed_token_type",
}


class WrongToken(Exception):
    """A token that Slack does not know, or no more."""


class SlackAway(Exception):
    """Slack gave no answer, or one that says nothing about the token."""


class SlackContact:
    """What Slack last said of the token and of the time."""

    def __init__(self, client: AsyncWebClient, clock: Callable[[], datetime], *, whose: str = OWN) -> None:
        self._client = client
        self._clock = clock
        self._clock_check = ClockCheck(clock, whose=whose)
        self.accepted = False
        self.scopes: frozenset[str] = frozenset()

    @property
    def why_not(self) -> str | None:
        """Why nothing of Slack's can be taken, as one line; None when all is well."""
        return self._clock_check.refuses if self.accepted else "Slack has not accepted the token yet"

    @property
    def odd(self) -> str | None:
        """What should be mended although it works, as one line."""
        return self._clock_check.off

    async def greet(self) -> None:
        """Ask Slack once whether the token is good; raises WrongToken when it is not, else SlackAway."""
        began = self._clock()
        try:
            answer = await self._client.auth_test()
        except SlackApiError as error:
            word = error_code(error) or f"HTTP {error.response.status_code}"
            if word not in REFUSED:
                raise self._away(word) from error
            raise WrongToken(
                f"SLACK_BOT_TOKEN was refused by Slack ({word}). "
                "Copy the Bot User OAuth Token, xoxb-..., from OAuth & Permissions."
            ) from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise self._away(type(error).__name__) from error
        self.accepted = True
        said = answer.headers.get("X-OAuth-Scopes") or answer.headers.get("x-oauth-scopes") or ""
        self.scopes = frozenset(scope.strip() for scope in str(said).split(","))
        self._clock_check.compare(str(answer.headers.get("Date", "")), began=began)

    async def look(self) -> None:
        """Compare the clocks again; that Slack gives no answer now is one line in the log."""
        try:
            await self.greet()
        except (WrongToken, SlackAway) as problem:
            LOG.warning("%s", problem)

    def _away(self, word: str) -> SlackAway:
        at = f"{self._client.base_url} ({word})"
        return SlackAway(f"Slack did not answer at {at}. Is SLACK_API_URL right, and the network up?")
