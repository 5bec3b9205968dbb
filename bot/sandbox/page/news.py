"""What happens, told to one person's page as it happens: server-sent events made of the feed."""

import asyncio
import json
from typing import Any

from aiohttp import web

from bot.sandbox.model.channels import Channel
from bot.sandbox.model.clock import unix
from bot.sandbox.model.feed import Event
from bot.sandbox.model.messages import Message
from bot.sandbox.model.people import User
from bot.sandbox.page import shown
from bot.sandbox.page.calls import line
from bot.sandbox.server import FakeSlack

HEARTBEAT = 15.0  # seconds; a comment that keeps the connection and finds out when it is gone


async def stream(
    request: web.Request, slack: FakeSlack, user: User, *, since: int, calls: bool, ended: asyncio.Event
) -> web.StreamResponse:
    """Every further event that this person sees, from `since` on, until the page or the server goes."""
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await response.prepare(request)
    with slack.feed.follow() as queue:
        for event in list(slack.feed)[since:]:
            queue.put_nowait(event)
        try:
            await response.write(b": here\n\n")
            while not ended.is_set():
                if coming := await _next(queue, ended):
                    await _write(response, coming, news(slack, user, coming, calls=calls))
                else:
                    await response.write(b": still here\n\n")
        except ConnectionError:  # the page was closed
            pass
    return response


async def _next(queue: asyncio.Queue[Event], ended: asyncio.Event) -> Event | None:
    """The next event; None when none came for a while or the server ends."""
    if not queue.empty():
        return queue.get_nowait()
    getting, ending = asyncio.ensure_future(queue.get()), asyncio.ensure_future(ended.wait())
    try:
        await asyncio.wait({getting, ending}, timeout=HEARTBEAT, return_when=asyncio.FIRST_COMPLETED)
        return getting.result() if getting.done() else None
    finally:
        getting.cancel()
        ending.cancel()


async def _write(response: web.StreamResponse, event: Event, told: list[dict[str, Any]]) -> None:
    if told:
        data = json.dumps(told, ensure_ascii=False)
        await response.write(f"id: {event.number}\ndata: {data}\n\n".encode())


def news(slack: FakeSlack, user: User, event: Event, *, calls: bool = False) -> list[dict[str, Any]]:
    """What an event changes on this person's screen; empty when nothing.

    It carries the state as it is now, not as it was: a page that comes back late is not shown the past.
    """
    told = _seen(slack, user, event)
    call = line(event) if calls else None
    return [*told, {"type": "call", **call}] if call else told


def _seen(slack: FakeSlack, user: User, event: Event) -> list[dict[str, Any]]:
    place, _, change = event.kind.partition(".")
    match place, change:
        case "clock", _:
            return [{"type": "clock", "now": unix(event.at), "going": event["going"]}]
        case "trouble", _ if event["user"] == user.id:
            return [{"type": "trouble", "words": event["words"]}]
        case "view" | "home", _ if event["user"] == user.id:
            return [{"type": "views", "views": shown.views(slack, user), "home": shown.home(slack, user)}]
        case "message", _ if user.id in slack.channel(event["channel"]).members:
            return [_message(slack, slack.channel(event["channel"]), event, change)]
        case "ephemeral", _ if event["user"] == user.id:
            return [_message(slack, slack.channel(event["channel"]), event, change, viewer=user.id)]
    return []


def _message(
    slack: FakeSlack, place: Channel, event: Event, change: str, *, viewer: str | None = None
) -> dict[str, Any]:
    ts = event["message"]["ts"]
    now = _standing(slack, place, ts, viewer)
    gone = {"type": "gone", "channel": place.id, "ts": ts}
    if now is None:
        return gone
    return {
        "type": "message",
        "new": change == "posted",
        "channel": shown.channel(slack, place),
        "message": shown.message(now),
    }


def _standing(slack: FakeSlack, place: Channel, ts: str, viewer: str | None) -> Message | None:
    if viewer is None:
        return place.message(ts)
    return next((one for one in slack.ephemerals(viewer, place) if one.ts == ts), None)
