"""response_urls: what the bot posts there, and what Slack makes of it."""

import json
from typing import Any

from aiohttp import web

from bot.sandbox.api.failing import failing
from bot.sandbox.api.faults import Faults
from bot.sandbox.live import posting
from bot.sandbox.live.posting import Content
from bot.sandbox.live.tickets import ResponseUrl
from bot.sandbox.live.world import World
from bot.sandbox.model.channels import Channel
from bot.sandbox.model.errors import RefusedError
from bot.sandbox.model.messages import Message

KNOWN = frozenset(
    {
        "text",
        "blocks",
        "response_type",
        "replace_original",
        "delete_original",
        "thread_ts",
        "unfurl_links",
        "unfurl_media",
        "mrkdwn",
        "parse",
    }
)


class Responses:
    """The endpoint behind every response_url."""

    def __init__(self, world: World, faults: Faults) -> None:
        self._world = world
        self._faults = faults

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One use of a response_url."""
        raw = await request.read()
        fault = self._faults.next("response_url", None)
        if fault is None:
            return self._use(request.path, raw)
        return await failing(
            fault, request, call=lambda: self._use(request.path, raw), refuse=_refusal, faults=self._faults
        )

    def _use(self, path: str, raw: bytes) -> web.Response:
        try:
            url = self._world.response_urls.spend(path)
        except RefusedError as refused:
            self._world.feed.note("response_url.answer", ok=False, error=refused.error)
            return web.json_response(refused.body(), status=404)
        try:
            given = _parsed(raw)
            self._world.feed.note("response_url.request", user=url.user_id, arguments=given)
            respond(self._world, url, given)
        except RefusedError as refused:
            self._world.feed.note("response_url.answer", ok=False, error=refused.error)
            return web.json_response(refused.body(), status=400)
        self._world.feed.note("response_url.answer", ok=True, error=None)
        return web.Response(text="ok")


def respond(world: World, url: ResponseUrl, given: dict[str, Any]) -> Message | None:
    """Delete, replace or post as the bot asks: a new private message unless it says otherwise.

    Gives the message that now stands; RefusedError for what Slack does not take.
    """
    if unknown := set(given) - KNOWN:
        raise RefusedError("invalid_payload", unknown=sorted(unknown))
    if given.get("delete_original"):
        if any(given[key] for key in given if key != "delete_original"):
            raise RefusedError("invalid_payload")
        posting.remove(world, _original(url))
        return None
    kind = given.get("response_type", "ephemeral")
    if kind not in ("ephemeral", "in_channel"):
        raise RefusedError("invalid_response_type")
    channel = world.workspace.channels[url.channel_id]
    said = said_by(given, channel)
    if given.get("replace_original"):
        original = _original(url)
        if original.viewer is not None and given.get("response_type") == "in_channel":
            raise RefusedError("invalid_response_type")
        return posting.rewrite(world, original, said)
    if kind == "ephemeral":
        return posting.whisper(world, url.channel_id, url.user_id, said)
    return posting.post(world, channel, said)


def said_by(given: dict[str, Any], channel: Channel) -> Content:
    """The content of a message given as a JSON object, to be shown in this channel."""
    return posting.content(
        given.get("text"),
        given.get("blocks"),
        thread_ts=posting.replying(channel, given.get("thread_ts")),
        mrkdwn=given.get("mrkdwn", True),
        parse=given.get("parse", "none"),
        unfurl=given.get("unfurl_links", True) or given.get("unfurl_media", True),
    )


def _refusal(error: str, wait: int) -> web.Response:
    if wait:
        return web.Response(status=429, text=error, headers={"Retry-After": str(wait)})
    return web.json_response({"ok": False, "error": error}, status=404)


def _original(url: ResponseUrl) -> Message:
    """What was clicked on; a slash command has no message to replace or delete."""
    if url.message is None:
        raise RefusedError("invalid_payload")
    if url.message.deleted:
        raise RefusedError("message_not_found")
    return url.message


def _parsed(raw: bytes) -> dict[str, Any]:
    try:
        given = json.loads(raw)
    except ValueError as error:
        raise RefusedError("invalid_payload") from error
    if not isinstance(given, dict):
        raise RefusedError("invalid_payload")
    return given
