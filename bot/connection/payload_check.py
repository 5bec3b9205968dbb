"""What a payload from Slack looks like, as far as Bolt takes it for granted.

Bolt 1.30 raises on a payload that lacks these parts (a block_actions without actions, a view without a type,
a number for a team), before any listener or error handler of ours is asked. What is odd in another way is for
the listeners to judge, so that the person gets an answer.
"""

import binascii
import json
from collections.abc import Mapping
from typing import Annotated, Any, Required, TypedDict
from urllib.parse import parse_qsl

import msgspec
from msgspec import Meta

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
DEEPEST = 50  # Slack's own payloads stay under 20
MOST_FIELDS = 100  # Slack sends about 15

_FIELD = b"payload="
_NO_PART_OF_A_VALUE = (b"&", b"\n", b"\r")  # another field; ends of lines mean something else to the decoder

Reference = str | dict[str, Any] | None
Objects = list[dict[str, Any]]


class InvalidPayload(ValueError):
    """A body that is no payload of Slack's. The message says why and holds nothing of the body."""


class _Action(TypedDict, total=False):
    action_id: Required[str]
    block_id: Any
    type: Any
    value: Any
    selected_option: Any
    text: Any
    action_ts: Any


class _View(TypedDict, total=False):
    type: str
    callback_id: str
    id: Any
    hash: Any
    blocks: Any
    state: Any
    private_metadata: Any
    app_installed_team_id: Any
    previous_view_id: Any


class _Event(TypedDict, total=False):
    type: Required[str]
    user: Reference
    channel: Reference
    team: Reference


class _Payload(TypedDict, total=False):
    """All that Bolt and the listeners read of a click or a form, and what Bolt reads of an event.

    What Slack sends besides with a click is not even decoded; above all, that is the message it was made in.
    """

    type: Required[str]
    team: Reference
    user: Reference
    enterprise: Reference
    channel: Reference
    authorizations: Objects
    response_urls: Annotated[Objects, Meta(max_length=1)]  # Bolt 1.30 stumbles over a second one
    response_url: Any
    trigger_id: Any
    container: Any
    is_enterprise_install: Any
    actions: Annotated[list[_Action], Meta(min_length=1)]
    view: _View
    event: _Event


class _Shortcut(_Payload, total=False):
    """A message shortcut: here the message is what it is about."""

    callback_id: str
    message_ts: Any
    message: Any


SHORTCUT = "message_action"
EVENTS: dict[str, set[str]] = {"url_verification": set(), "event_callback": {"event"}}
INTERACTIONS = {
    "block_actions": {"actions"},
    "view_submission": {"view"},
    "view_closed": {"view"},
    SHORTCUT: {"callback_id", "message"},
}
"""The parts that each type of payload must hold; a new kind of listener begins with a line here."""
VIEW = {"type", "callback_id"}


def read_payload(raw: bytes, content_type: str) -> dict[str, Any]:
    """The payload in the bytes of a request: a JSON object, a form, or the JSON in a form's field `payload`.

    `content_type` is the bare media type. Raises InvalidPayload.
    """
    if content_type == JSON:
        event: dict[str, Any] = _decoded(raw, dict[str, Any])
        _checked(_converted(event, _Payload), EVENTS)
        return event
    if content_type != FORM:
        raise InvalidPayload("neither JSON nor a form")
    quick = _only_payload(raw)
    if quick is not None:
        return _interaction(quick)
    try:
        fields = dict(parse_qsl(raw.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError as error:
        raise InvalidPayload("not UTF-8, or too many fields") from error
    if "payload" in fields:
        return _interaction(fields["payload"].encode())
    if "command" not in fields and "ssl_check" not in fields:
        raise InvalidPayload("a form without command or payload")
    return fields


def _interaction(raw: bytes) -> dict[str, Any]:
    payload: dict[str, Any] = _decoded(raw, _Payload)
    if payload["type"] == SHORTCUT:  # read twice, so that a click is not read for what only this one needs
        payload = _decoded(raw, _Shortcut)
    return _checked(payload, INTERACTIONS)


def _only_payload(raw: bytes) -> bytes | None:
    """The bytes of `payload` in a form that has no other field; None where that takes a closer look.

    A form's escapes are those of quoted-printable with another sign, and C decodes them: for a click of 4 kB
    that is ten times as fast as `parse_qsl`.
    """
    if not raw.startswith(_FIELD) or any(sign in raw for sign in _NO_PART_OF_A_VALUE):
        return None
    value = raw[len(_FIELD) :]
    if b"=" in value:
        return None
    found = binascii.a2b_qp(value.replace(b"+", b" ").replace(b"%", b"="))
    whole = len(found) == len(value) - 2 * value.count(b"%")  # or an escape was broken
    return found if whole else None


def check(payload: object) -> dict[str, Any]:
    """The payload itself, if Bolt can take it; for those that come over a websocket.

    Raises InvalidPayload.
    """
    if not isinstance(payload, dict):
        raise InvalidPayload("another shape")
    if "command" not in payload:
        kind = _Shortcut if payload.get("type") == SHORTCUT else _Payload
        _checked(_converted(payload, kind), EVENTS | INTERACTIONS)
    return payload


def _decoded(raw: bytes, kind: Any) -> Any:
    try:
        return msgspec.json.decode(raw, type=kind)
    except msgspec.ValidationError as error:
        raise InvalidPayload("another shape") from error
    except msgspec.DecodeError:  # perhaps half an emoji, which Python's json takes
        return _converted(_parsed(raw), kind)
    except RecursionError as error:
        raise InvalidPayload("too deep") from error


def _parsed(raw: bytes) -> object:
    try:
        return json.loads(raw.decode())
    except ValueError as error:
        raise InvalidPayload("not JSON") from error
    except RecursionError as error:
        raise InvalidPayload("too deep") from error


def _converted(payload: object, kind: Any) -> Any:
    try:
        return msgspec.convert(payload, kind)
    except (msgspec.ValidationError, UnicodeError) as error:
        raise InvalidPayload("another shape") from error


def _checked(payload: dict[str, Any], kinds: Mapping[str, set[str]]) -> dict[str, Any]:
    kind = payload["type"]
    if kind not in kinds:
        raise InvalidPayload("an unknown type")
    view = payload.get("view", {})
    if not kinds[kind] <= set(payload) or ("view" in kinds[kind] and not set(view) >= VIEW):
        raise InvalidPayload(f"not the shape of {kind}")
    if not _within(payload, DEEPEST):
        raise InvalidPayload("too deep")
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


KINDS = {
    "block_actions": "click",
    "view_submission": "form",
    "view_closed": "form",
    "block_suggestion": "form",
    "message_action": "shortcut",
    "shortcut": "shortcut",
    "event_callback": "event",
}


def kind_of(payload: Mapping[str, Any]) -> str:
    """What somebody did, as one of a few words."""
    return "command" if "command" in payload else KINDS.get(str(payload.get("type")), "other")
