"""What a Slack payload says, as typed records. Pure; a payload of the wrong shape raises Malformed.

A record names only what a listener reads: whatever else Slack sends is passed over.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar

from msgspec import Meta, Struct, ValidationError, convert, field

Clock = Callable[[], datetime]
Body = dict[str, Any]  # of a request, as Bolt hands it to a listener
Payload = TypeVar("Payload", bound=Struct)

Text = Annotated[str, Meta(min_length=1)]
OneInput = Annotated[dict[str, dict[str, Any]], Meta(min_length=1, max_length=1)]


class Malformed(ValueError):
    """A payload that Slack would not send: forged, or from a version of Bifocal long gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts, and in whose workspace: `team_id` is the one where Bifocal is installed."""

    team_id: str
    user_id: str
    external: bool


class _User(Struct, frozen=True):
    id: Text
    team_id: str | None = None


class _Team(Struct, frozen=True):
    id: Text


class _Channel(Struct, frozen=True):
    id: str | None = None


class _Container(Struct, frozen=True):
    is_ephemeral: bool = False
    message_ts: str = ""


class _Label(Struct, frozen=True):
    text: str = ""


class _Option(Struct, frozen=True):
    value: str | None = None
    text: _Label | None = None


class _Action(Struct, frozen=True):
    block_id: Text
    action_id: Text
    action_ts: Text
    value: str | None = None
    selected_option: _Option | None = None
    text: _Label | None = None


class View(Struct, frozen=True):
    """A form on somebody's screen, or their Home tab (`type` is "home")."""

    id: str = ""
    type: str = "modal"
    hash: str | None = None
    private_metadata: str | None = None
    app_installed_team_id: str | None = None
    previous_view_id: str | None = None


class _State(Struct, frozen=True):
    values: dict[str, OneInput]


class SubmittedView(View, frozen=True, kw_only=True):
    """A form with what was put into it."""

    state: _State


class Interaction(Struct, frozen=True, kw_only=True):
    """What somebody does: who, and in which workspace."""

    user: _User
    team: _Team | None = None
    view: View | None = None

    @property
    def actor(self) -> Actor:
        """Who acts; for somebody of another company the view says where Bifocal is installed."""
        team_id = self.view.app_installed_team_id if self.view else None
        team_id = clean(team_id or (self.team.id if self.team else ""))
        if not team_id:
            raise Malformed("no team")
        home = self.user.team_id
        return Actor(team_id=team_id, user_id=clean(self.user.id), external=bool(home) and home != team_id)


class Click(Interaction, frozen=True, kw_only=True):
    """A press of a button, or a choice in a menu; `view` is None in messages."""

    actions: tuple[_Action]
    channel: _Channel | None = None
    container: _Container | None = None
    trigger_id: str = ""

    @property
    def block_id(self) -> str:
        """The block that holds the button."""
        return clean(self.actions[0].block_id)

    @property
    def action_id(self) -> str:
        """What kind of button it is."""
        return clean(self.actions[0].action_id)

    @property
    def value(self) -> str:
        """The value of the button, or of the option that was chosen in the menu; empty without one."""
        action = self.actions[0]
        return clean((action.selected_option or action).value or "")

    @property
    def label(self) -> str:
        """What stands on the button, or on the option that was chosen in the menu."""
        action = self.actions[0]
        text = (action.selected_option or action).text
        return clean(text.text) if text else ""

    @property
    def at(self) -> datetime:
        """When it was pressed, by Slack's clock."""
        try:
            return datetime.fromtimestamp(float(self.actions[0].action_ts), UTC)
        except (ValueError, OverflowError, OSError) as error:
            raise Malformed("no time") from error

    @property
    def channel_id(self) -> str | None:
        """The channel of the message; None inside a form."""
        return self.channel.id if self.channel else None

    @property
    def in_form(self) -> bool:
        """Whether it was pressed in a form: not in a message, not in the Home tab."""
        return self.view is not None and self.view.type != "home"

    @property
    def private(self) -> bool:
        """Whether the message is seen by this person alone, so that it may be replaced."""
        return self.container is not None and self.container.is_ephemeral


class Submission(Interaction, frozen=True, kw_only=True):
    """A form that was sent."""

    view: SubmittedView

    @property
    def values(self) -> Mapping[str, Mapping[str, Any]]:
        """The state of each block's one input, by its block_id."""
        return {
            block_id: state
            for block_id, inputs in self.view.state.values.items()
            for state in inputs.values()
        }

    @property
    def private_metadata(self) -> str:
        """What the form carried along unseen."""
        return self.view.private_metadata or ""


class Typed(Struct, frozen=True, kw_only=True):
    """A slash command as it was typed."""

    team_id: Text
    user_id: Text
    channel_id: Text
    response_url: Text
    trigger_id: str = ""
    channel_name: str = ""
    raw_text: str = field(name="text", default="")

    @property
    def actor(self) -> Actor:
        """Who typed: only members of the workspace where Bifocal is installed can."""
        return Actor(team_id=clean(self.team_id), user_id=clean(self.user_id), external=False)

    @property
    def in_direct_message(self) -> bool:
        """Whether it was typed in a conversation of a few people, which is no channel."""
        return self.channel_id.startswith("D") or self.channel_name.startswith(("mpdm-", "directmessage"))

    @property
    def text(self) -> str:
        """What stands behind the command."""
        return clean(self.raw_text)


def clean(text: str) -> str:
    """Text that every database and every screen takes: no NUL, no lone surrogate."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def read_click(body: Body) -> Click:
    """The button press in a `block_actions` payload, timed by the press itself."""
    click = _read(body, Click)
    _ = click.actor, click.at  # both have a meaning, or it is malformed here and now
    return click


def read_submission(body: Body) -> Submission:
    """The form in a `view_submission` payload."""
    form = _read(body, Submission)
    _ = form.actor
    return form


def read_command(body: Body) -> Typed:
    """The slash command in its form fields."""
    return _read(body, Typed)


def _read(body: Body, kind: type[Payload]) -> Payload:
    try:
        return convert(body, kind)
    except (ValidationError, UnicodeError) as error:  # the latter for a key with half a surrogate pair
        raise Malformed(f"no {kind.__name__}") from error
