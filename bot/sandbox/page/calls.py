"""The side panel: what bot and Slack say to each other, one line a call."""

from typing import Any

from bot.sandbox.model.clock import unix
from bot.sandbox.model.feed import Event

Line = dict[str, Any]
BOT, SLACK = "Bifocal", "Slack"
HTTP_OK = 200


def line(event: Event) -> Line | None:
    """The line of an event; None for what is no call. `facts` is the whole of it, without secrets."""
    words = _words(event)
    if words is None:
        return None
    who, what, good = words
    return {"at": unix(event.at), "who": who, "what": what, "ok": good, "facts": dict(event.facts)}


def _words(event: Event) -> tuple[str, str, bool] | None:
    match event.kind:
        case "bot.request":
            return SLACK, _payload(event["delivery"], event["payload"]), True
        case "bot.answer":
            return BOT, _ack(event), event["status"] == HTTP_OK
        case "api.request" | "response_url.request":
            return BOT, event.facts.get("method", "response_url"), True
        case "api.answer" | "response_url.answer":
            words = "ok" if event["ok"] else str(event["error"])
            return SLACK, f"{event.facts.get('method', 'response_url')}: {words}", bool(event["ok"])
    return None


def _payload(kind: str, payload: dict[str, Any]) -> str:
    if kind == "slash_commands":
        return f"{payload['command']} {payload['text']}".strip()
    if kind == "events_api":
        return f"event {payload['event']['type']}"
    if payload["type"] == "block_actions":
        return f"block_actions {payload['actions'][0]['action_id']}"
    return f"{payload['type']} {payload['view']['callback_id']}".strip()


def _ack(event: Event) -> str:
    status, body = event["status"], event["body"]
    words = f"no answer ({event['why']})" if status is None else f"ack {status}"
    action = f", {body['response_action']}" if isinstance(body, dict) and "response_action" in body else ""
    return f"{words} in {event['took_ms']:g} ms{action}"
