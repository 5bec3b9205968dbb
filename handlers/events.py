"""What an event of Slack says, as typed records. Pure; an event of the wrong shape raises Malformed."""

from collections import OrderedDict

from msgspec import Struct, ValidationError, convert

from handlers.payloads import Body, Malformed, Text, View, clean

MOST_REMEMBERED = 1_000


class _Authorization(Struct, frozen=True):
    team_id: str | None = None
    user_id: str | None = None


class _Inner(Struct, frozen=True, kw_only=True):
    user: Text
    channel: str = ""
    tab: str = ""
    inviter: str = ""
    text: str = ""
    channel_type: str = ""
    subtype: str = ""
    bot_id: str = ""
    view: View | None = None


class Event(Struct, frozen=True, kw_only=True):
    """Something that happened: who did it where, and what came along."""

    event: _Inner
    event_id: str = ""
    own_team_id: str = ""
    authorizations: tuple[_Authorization, ...] = ()

    @property
    def team_id(self) -> str:
        """The workspace where Bifocal is installed."""
        return clean(next((each.team_id for each in self.authorizations if each.team_id), self.own_team_id))

    @property
    def user_id(self) -> str:
        """Whom it is about."""
        return clean(self.event.user)

    @property
    def inviter_id(self) -> str:
        """Who has invited them; empty where nobody has."""
        return clean(self.event.inviter)

    @property
    def channel_id(self) -> str:
        """Where it happened."""
        return clean(self.event.channel)

    @property
    def text(self) -> str:
        """What was written."""
        return clean(self.event.text)

    @property
    def about_bifocal(self) -> bool:
        """Whether it is about Bifocal itself, and about no person."""
        return any(each.user_id == self.event.user for each in self.authorizations)

    @property
    def view(self) -> View | None:
        """The Home tab that is seen until a new one is shown; None before the first."""
        return self.event.view

    @property
    def opens_home(self) -> bool:
        """Whether the Home tab was opened, and not the messages."""
        return self.event.tab == "home"

    @property
    def is_word_of_person(self) -> bool:
        """Whether a person wrote it to Bifocal: no change of a message, and no other bot."""
        return self.event.channel_type == "im" and not (self.event.subtype or self.event.bot_id)


def read_event(body: Body) -> Event:
    """The event in an `event_callback` payload."""
    try:
        return convert(body | {"own_team_id": body.get("team_id") or ""}, Event)
    except (ValidationError, UnicodeError) as error:
        raise Malformed("no Event") from error


class SeenEvents:
    """The newest events: Slack sends one again where its answer was lost, and nobody shall read twice."""

    def __init__(self) -> None:
        self._ids: OrderedDict[str, None] = OrderedDict()

    def is_new(self, event: Event) -> bool:
        """Whether it comes for the first time; it is remembered."""
        if event.event_id in self._ids:
            return False
        if event.event_id:
            self._ids[event.event_id] = None
            if len(self._ids) > MOST_REMEMBERED:
                self._ids.popitem(last=False)
        return True
