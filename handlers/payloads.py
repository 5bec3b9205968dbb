"""What a Slack payload says, read once and cleaned. Pure; a payload of the wrong shape raises Malformed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

Clock = Callable[[], datetime]
Body = dict[str, Any]  # of a request, as Bolt hands it to a listener


class Malformed(ValueError):
    """A payload that Slack would not send: forged, or from a version of Bifocal long gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts, and in whose workspace: `team_id` is the one where Bifocal is installed."""

    team_id: str
    user_id: str
    external: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Click:
    """A press of a button. `response_url` is None inside forms, `view` is None in messages.

    `private` says that the message is seen by this person alone, so that it may be replaced.
    """

    actor: Actor
    block_id: str
    action_id: str
    value: str
    at: datetime
    trigger_id: str
    response_url: str | None
    channel_id: str | None
    view: Mapping[str, Any] | None
    private: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A form that was sent. `values` maps block_id to its one input's state."""

    actor: Actor
    view: Mapping[str, Any]
    values: Mapping[str, Mapping[str, Any]]
    private_metadata: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A slash command as it was typed."""

    actor: Actor
    channel_id: str
    text: str
    trigger_id: str
    response_url: str


def clean(text: str) -> str:
    """Text that every database and every screen takes: no NUL, no lone surrogate."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def read_actor(body: Mapping[str, Any]) -> Actor:
    """Who acts in an interaction payload."""
    user = _mapping(body, "user")
    user_id, home = _text(user, "id"), user.get("team_id")
    team_id = _installed_in(body)
    return Actor(team_id=team_id, user_id=user_id, external=bool(home) and home != team_id)


def read_click(body: Mapping[str, Any]) -> Click:
    """The button press in a `block_actions` payload, timed by the press itself."""
    actions = body.get("actions")
    if not isinstance(actions, list) or len(actions) != 1 or not isinstance(actions[0], dict):
        raise Malformed("no single action")
    action = actions[0]
    channel = body.get("channel")
    view, container = body.get("view"), body.get("container")
    return Click(
        actor=read_actor(body),
        block_id=_text(action, "block_id"),
        action_id=_text(action, "action_id"),
        value=clean(str(_value(action) or "")),
        at=_moment(_text(action, "action_ts")),
        trigger_id=str(body.get("trigger_id") or ""),
        response_url=body.get("response_url") or None,
        channel_id=channel.get("id") if isinstance(channel, dict) else None,
        view=view if isinstance(view, dict) else None,
        private=isinstance(container, dict) and container.get("is_ephemeral") is True,
    )


def _value(action: Mapping[str, Any]) -> object:
    """The value of a button, or of the option that was chosen in a menu."""
    option = action.get("selected_option")
    return option.get("value") if isinstance(option, dict) else action.get("value")


def read_submission(body: Mapping[str, Any]) -> Submission:
    """The form in a `view_submission` payload."""
    view = _mapping(body, "view")
    values = _mapping(_mapping(view, "state"), "values")
    flat: dict[str, Mapping[str, Any]] = {}
    for block_id, inputs in values.items():
        if not isinstance(inputs, dict) or len(inputs) != 1:
            raise Malformed("a block holds one input")
        state = next(iter(inputs.values()))
        if not isinstance(state, dict):
            raise Malformed("an input has a state")
        flat[block_id] = state
    return Submission(
        actor=read_actor(body),
        view=view,
        values=flat,
        private_metadata=str(view.get("private_metadata") or ""),
    )


def read_command(body: Mapping[str, Any]) -> Typed:
    """The slash command in its form fields."""
    return Typed(
        actor=Actor(team_id=_text(body, "team_id"), user_id=_text(body, "user_id"), external=False),
        channel_id=_text(body, "channel_id"),
        text=clean(str(body.get("text") or "")),
        trigger_id=str(body.get("trigger_id") or ""),
        response_url=_text(body, "response_url"),
    )


def typed_text(values: Mapping[str, Mapping[str, Any]], block_id: str) -> str:
    """What was typed into a text input, cleaned and stripped; empty when nothing was."""
    value = values.get(block_id, {}).get("value")
    return clean(value).strip() if isinstance(value, str) else ""


def ticked(values: Mapping[str, Mapping[str, Any]], block_id: str) -> bool:
    """Whether any box of a checkbox input is ticked."""
    return bool(values.get(block_id, {}).get("selected_options"))


def chosen(values: Mapping[str, Mapping[str, Any]], block_id: str) -> str | None:
    """The value of the chosen option of a radio or select input, or None."""
    option = values.get(block_id, {}).get("selected_option")
    value = option.get("value") if isinstance(option, dict) else None
    return value if isinstance(value, str) else None


def _installed_in(body: Mapping[str, Any]) -> str:
    view = body.get("view")
    if isinstance(view, dict) and view.get("app_installed_team_id"):
        return _text(view, "app_installed_team_id")
    return _text(_mapping(body, "team"), "id")


def _mapping(body: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = body.get(key)
    if not isinstance(value, dict):
        raise Malformed(f"no {key}")
    return value


def _text(body: Mapping[str, Any], key: str) -> str:
    value = body.get(key)
    if not isinstance(value, str) or not value:
        raise Malformed(f"no {key}")
    return clean(value)


def _moment(action_ts: str) -> datetime:
    try:
        return datetime.fromtimestamp(float(action_ts), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise Malformed("no time") from error
