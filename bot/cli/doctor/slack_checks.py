"""Looks at Slack: the token, its scopes, the clock, and the channels that the bot must be in."""

from collections.abc import Collection, Iterator

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.cli.doctor.doctor_line import Finding, note, ok, unseen, wrong
from bot.cli.run import utc_now
from bot.connection.slack_contact import SlackAway, SlackContact, WrongToken
from bot.manifest import SCOPES
from jobs.slack.call_outcome import error_code

OPTIONAL = frozenset({"channels:history", "groups:history"})
MOST_CHANNELS = 40  # a minute; Slack takes about fifty such calls
INSTALL = "give the app the new manifest (bifocal manifest) and install it anew"


async def look_at_token(client: AsyncWebClient) -> tuple[list[Finding], bool]:
    """Token, scopes and clock; and whether Slack may be asked more."""
    contact = SlackContact(client, utc_now)
    try:
        await contact.greet()
    except (WrongToken, SlackAway) as problem:
        asked = "Slack has not taken the token"
        return [wrong("token", str(problem)), unseen("scopes", asked), unseen("clock", asked)], False
    clock = contact.clock_off
    return [
        ok("token", "Slack takes it"),
        *_scopes(contact.scopes),
        wrong("clock", f"{clock}: set it right, by NTP for instance") if clock else ok("clock", "as Slack's"),
    ], True


async def look_at_app_token(client: AsyncWebClient, app_token: str) -> Finding:
    """Whether Slack would open a websocket for it; the address that it gives is left unused."""
    try:
        await client.apps_connections_open(app_token=app_token)
    except SlackApiError as error:
        word = error_code(error) or f"HTTP {error.response.status_code}"
        return wrong(
            "app token",
            f"SLACK_APP_TOKEN was refused by Slack ({word}): put an App-Level Token with "
            "connections:write there, from Basic Information",
        )
    except (aiohttp.ClientError, OSError) as error:
        return unseen("app token", f"Slack did not answer ({type(error).__name__})")
    return ok("app token", "Slack opens a websocket for it")


def _scopes(given: frozenset[str]) -> Iterator[Finding]:
    missing = [scope for scope in SCOPES if scope not in given]
    more = sorted(given - set(SCOPES) - OPTIONAL - {""})
    if missing:
        yield wrong("scopes", f"{', '.join(missing)} missing: {INSTALL}")
    else:
        yield ok("scopes", "all that the manifest asks for")
    if more:
        yield note("scopes", f"{', '.join(more)} are not needed: take them out of the app if nothing else is")


async def look_at_channels(client: AsyncWebClient, channel_ids: Collection[str]) -> list[Finding]:
    """A line for each channel that the bot must be in and is not, or one for all."""
    if not channel_ids:
        return [ok("channels", "no question and no digest needs one yet")]
    looked = sorted(channel_ids)[:MOST_CHANNELS]
    found = [await _channel(client, channel_id) for channel_id in looked]
    lines = [line for line in found if line]
    count = f"{len(looked)} of {len(channel_ids)}" if len(looked) < len(channel_ids) else str(len(looked))
    return lines or [ok("channels", f"in all of those that questions and digests need ({count} looked at)")]


async def _channel(client: AsyncWebClient, channel_id: str) -> Finding | None:
    try:
        channel = (await client.conversations_info(channel=channel_id))["channel"]
    except SlackApiError as error:
        word = error_code(error) or f"HTTP {error.response.status_code}"
        if word == "channel_not_found":
            return wrong(
                "channels",
                f"{channel_id} cannot be seen: it is gone, or private and Bifocal was removed from it. "
                "Invite it there (/invite), or end what is asked there",
            )
        return unseen("channels", f"Slack says {word} of {channel_id}")
    except (aiohttp.ClientError, OSError) as error:
        return unseen("channels", f"Slack did not answer ({type(error).__name__})")
    name = f"#{channel.get('name', channel_id)}"
    if channel.get("is_archived"):
        return wrong("channels", f"{name} is archived: unarchive it, or end what is asked there")
    if not channel.get("is_member"):
        return wrong("channels", f"Bifocal is not in {name}: type /invite @Bifocal there")
    return None
