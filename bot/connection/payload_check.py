"""What a payload from Slack looks like, as far as Bolt takes it for granted.

Bolt 1.30 raises on a payload that lacks these parts (a block_actions without actions, a view without a type,
a number for a team), before any listener or error handler of ours is asked.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
DEEPEST = 50  # Slack's own payloads stay under 20
MOST_FIELDS = 100  # Slack sends about 15


class InvalidPayload(ValueError):
    """A body that is no payload of Slack's. The message says why and holds nothing of the body."""


def read_payload(raw: bytes, content_type: str) -> dict[str, Any]:
    """The payload in the bytes of a request: a JSON object, a form, or the JSON in a form's field `payload`.

    `content_type` is the bare media type. Raises InvalidPayload.
    """
    if content_type == JSON:
        return _checked(_parsed(raw), EVENTS)
    if content_type != FORM:
        raise InvalidPayload("neither JSON nor a form")
    try:
        fields = dict(parse_qsl(raw.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError as error:
        raise InvalidPayload("not UTF-8, or too many fields") from error
    if "payload" in fields:
        return _checked(_parsed(fields["payload"]), INTERACTIONS)
    if "command" not in fields and "ssl_check" not in fields:
        raise InvalidPayload("a form without command or payload")
    return fields


def _parsed(text: str | bytes) -> object:
    try:
        return json.loads(text.decode() if isinstance(text, bytes) else text)
    except ValueError as error:
        raise InvalidPayload("not JSON") from error
    except RecursionError as error:
        raise InvalidPayload("too deep") from error


def check(payload: object) -> dict[str, Any]:
    """The payload itself, if Bolt can take it; for those that come over a websocket.

    Raises InvalidPayload.
    """
    if isinstance(payload, dict) and "command" in payload:
        return payload
    return _checked(payload, EVENTS | INTERACTIONS)


def _checked(payload: object, kinds: Mapping[str, Callable[[dict[str, Any]], bool]]) -> dict[str, Any]:
    if not isinstance(payload, dict):
        raise InvalidPayload("not a JSON object")
    if not _within(payload, DEEPEST):
        raise InvalidPayload("too deep")
    kind = payload.get("type")
    if not isinstance(kind, str) or kind not in kinds:
        raise InvalidPayload("an unknown type")
    if not kinds[kind](payload) or not _has_plain_parts(payload):
        raise InvalidPayload(f"not the shape of {kind}")
    return payload


def _within(payload: object, deepest: int) -> bool:
    level = [payload]
    for _ in range(deepest):
        containers = [item for item in level if isinstance(item, (dict, list))]
        level = [
            child for item in containers for child in (item.values() if isinstance(item, dict) else item)
        ]
        if not level:
            return True
    return False


def _has_plain_parts(payload: dict[str, Any]) -> bool:
    references = (payload.get(key) for key in ("team", "user", "enterprise", "channel"))
    lists = (payload.get(key, []) for key in ("authorizations", "response_urls"))
    return (
        all(part is None or isinstance(part, (str, dict)) for part in references)
        and all(isinstance(part, list) and all(isinstance(item, dict) for item in part) for part in lists)
        and len(payload.get("response_urls", [])) <= 1  # Bolt 1.30 stumbles over a second one
        and all(isinstance(payload.get(key, {}), dict) for key in ("event", "view"))
    )


def _has_event(payload: dict[str, Any]) -> bool:
    event = payload.get("event")
    return isinstance(event, dict) and isinstance(event.get("type"), str)


def _has_actions(payload: dict[str, Any]) -> bool:
    actions = payload.get("actions")
    return (
        isinstance(actions, list)
        and bool(actions)
        and all(isinstance(action, dict) and isinstance(action.get("action_id"), str) for action in actions)
    )


def _has_view(payload: dict[str, Any]) -> bool:
    view = payload.get("view")
    return isinstance(view, dict) and all(isinstance(view.get(key), str) for key in ("type", "callback_id"))


def _anything(_: dict[str, Any]) -> bool:
    return True


EVENTS = {"url_verification": _anything, "event_callback": _has_event}
INTERACTIONS = {"block_actions": _has_actions, "view_submission": _has_view, "view_closed": _has_view}
"""What each type of payload must hold; a new kind of listener begins with a line here."""
