"""Whether Slack takes the token, and what its clock says: asked at the start and every ten minutes."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.connection.clock_check import OWN, ClockCheck
from jobs.slack.call_outcome import error_code

LOG = logging.getLogger(__name__)
TOKEN = "SLACK_BOT_TOKEN"  # noqa: S105 - its name
AWAY = timedelta(minutes=15)  # without an answer: two looks in vain
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
        self._refused: str | None = None
        self._away_since: datetime | None = None

    @property
    def why_not(self) -> str | None:
        """Why nothing of Slack's can be taken, as one line; None when all is well."""
        if self._refused:
            return (
                f"Slack refuses the token ({self._refused}): put the one of OAuth & Permissions into {TOKEN}"
            )
        if not self.accepted:
            return "Slack has not accepted the token yet"
        if self._away_since and self._clock() - self._away_since >= AWAY:
            return self._away_words
        refuses = self._clock_check.refuses
        return f"{refuses}: set it right, by NTP for instance" if refuses else None

    @property
    def clock_off(self) -> str | None:
        """By how much the clock differs from Slack's, as one line; None where it does not."""
        return self._clock_check.off

    @property
    def odd(self) -> str | None:
        """What should be mended although it works, as one line."""
        return self.clock_off or self._away_words

    @property
    def _away_words(self) -> str | None:
        if self._away_since is None:
            return None
        return (
            f"Slack has not answered since {self._away_since:%Y-%m-%d %H:%M} UTC: "
            f"see that this machine reaches {self._client.base_url}"
        )

    async def greet(self) -> None:
        """Ask Slack once whether the token is good; raises WrongToken when it is not, else SlackAway."""
        began = self._clock()
        try:
            answer = await self._client.auth_test()
        except SlackApiError as error:
            word = error_code(error) or f"HTTP {error.response.status_code}"
            if word not in REFUSED:
                raise self._away(word, began) from error
            self.accepted, self._refused, self._away_since = False, word, None
            raise WrongToken(
                f"SLACK_BOT_TOKEN was refused by Slack ({word}). "
                "Copy the Bot User OAuth Token, xoxb-..., from OAuth & Permissions."
            ) from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise self._away(type(error).__name__, began) from error
        self.accepted, self._refused, self._away_since = True, None, None
        said = answer.headers.get("X-OAuth-Scopes") or answer.headers.get("x-oauth-scopes") or ""
        self.scopes = frozenset(scope.strip() for scope in str(said).split(","))
        self._clock_check.compare(str(answer.headers.get("Date", "")), began=began)

    async def look(self) -> None:
        """Compare the clocks again; that Slack gives no answer now is one line in the log."""
        try:
            await self.greet()
        except (WrongToken, SlackAway) as problem:
            LOG.warning("%s", problem)

    def _away(self, word: str, began: datetime) -> SlackAway:
        self._away_since = self._away_since or began
        at = f"{self._client.base_url} ({word})"
        return SlackAway(f"Slack did not answer at {at}. Is SLACK_API_URL right, and the network up?")
