"""Brings pictures to Slack as files of the bot's own, which its messages show, and files to a person."""

import logging
from collections.abc import Mapping
from contextlib import suppress

import aiohttp
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web.async_client import AsyncWebClient

from jobs.slack.call_outcome import error_code

LOG = logging.getLogger(__name__)
LONGEST_ALT = 1000  # characters that Slack takes
NEVER = {
    "missing_scope",
    "not_allowed_token_type",
    "file_uploads_disabled",
    "file_uploads_except_images_disabled",
    "file_type_not_allowed",
}
"""What Slack says of every picture until a person changes something in the workspace."""


FAILURES = (SlackApiError, SlackRequestError, aiohttp.ClientError, TimeoutError, ConnectionError)


class NoPicture(Exception):
    """Slack has not taken a picture; the message says why in a word."""


class Uploads:
    """Brings pictures to Slack, until it says that it takes none: then no more before the next start."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._refused = ""

    @property
    def possible(self) -> bool:
        """Whether Slack may take a picture, as far as is known."""
        return not self._refused

    async def upload(self, picture: bytes, *, name: str, words: str) -> str:
        """The id of the file that Slack made of a PNG; `words` say what it shows.

        A message can show it a moment later, once Slack has processed it. Raises NoPicture.
        """
        if self._refused:
            raise NoPicture(self._refused)
        try:
            answer = await self._client.files_upload_v2(
                file=picture, filename=f"{name}.png", title=name, alt_txt=words[:LONGEST_ALT]
            )
            return str(answer["files"][0]["id"])
        except SlackApiError as error:
            code = error_code(error) or f"HTTP {error.response.status_code}"
            if code in NEVER:
                self._refuse(code)
            raise NoPicture(code) from None  # its text says it all
        except SlackRequestError:
            raise NoPicture("the bytes were not taken") from None
        except (aiohttp.ClientError, TimeoutError, ConnectionError) as error:
            raise NoPicture(type(error).__name__) from None
        except (KeyError, IndexError, TypeError) as error:
            raise NoPicture("an answer without a file") from error

    async def send_to(self, user_id: str, files: Mapping[str, str], *, words: str) -> None:
        """Send text files, by their names, to one person directly, below these `words`. Raises NoPicture.

        Where a file is not taken the words are removed again.
        """
        if self._refused == "missing_scope":
            raise NoPicture(self._refused)
        posted = None
        try:
            posted = await self._client.chat_postMessage(channel=user_id, text=words)
            given = [{"content": text, "filename": name, "title": name} for name, text in files.items()]
            await self._client.files_upload_v2(channel=posted["channel"], file_uploads=given)
        except FAILURES as error:
            code = error_code(error) if isinstance(error, SlackApiError) else ""
            if posted is not None:
                with suppress(*FAILURES):
                    await self._client.chat_delete(channel=posted["channel"], ts=posted["ts"])
            raise NoPicture(code or type(error).__name__) from None

    def _refuse(self, code: str) -> None:
        self._refused = code
        LOG.warning(
            "Slack takes no pictures (%s): digests go out in words until the next start. "
            "The app needs the scope files:write, and the workspace has to allow files.",
            code,
        )
