import pytest

from bot.sandbox import FakeSlack
from bot.sandbox.api import access
from bot.sandbox.live.world import World
from bot.sandbox.model.app import DEFAULT_SCOPES, App
from bot.sandbox.model.channels import Channel, Kind
from bot.sandbox.model.clock import SteppedClock
from bot.sandbox.model.errors import RefusedError
from bot.sandbox.model.people import Team, User
from bot.sandbox.model.workspace import Workspace
from tests.bot.sandbox.conftest import MONDAY


def test_ids_are_given_or_counted() -> None:
    """People and channels are found by id, channels by name, people by handle."""
    workspace = Workspace(Team("T1", "Acme", "acme"))
    ana = workspace.add_user("Ana Lima")
    ben = workspace.add_user("Ben Ode", id="U0BEN", is_owner=True)
    atlas = workspace.add_channel("atlas", members=[ana, ben])
    assert workspace.users == {ana.id: ana, "U0BEN": ben}
    assert workspace.named("atlas") is atlas
    assert workspace.called("ana.lima") is ana
    assert workspace.dm(ana.id) is None
    assert workspace.open_dm(ana.id, "U0BOT") is workspace.dm(ana.id)


def test_a_channel_with_another_company_is_shared() -> None:
    """Whoever is of another team makes the channel externally shared."""
    workspace = Workspace(Team("T1", "Acme", "acme"))
    eve = workspace.add_user("Eve Roy", team_id=workspace.add_team("Client").id)
    assert workspace.add_channel("shared", members=[eve]).is_ext_shared
    assert not workspace.add_channel("own", members=[workspace.add_user("Ana Lima")]).is_ext_shared


def test_people_of_another_company_come_without_locale_and_roles() -> None:
    """users.info tells of our own people their roles and locale, of others neither."""
    clock = SteppedClock(MONDAY)
    ours = User("U1", "T1", "ana", "Ana Lima", is_owner=True).profile(clock, home="T1", locale=True)
    theirs = User("U2", "T2", "eve", "Eve Roy").profile(clock, home="T1", locale=True)
    gone = User("U3", "T1", "ben", "Ben Ode", deleted=True).profile(clock, home="T1", locale=False)
    assert (ours["locale"], ours["is_admin"], ours["tz"], ours["tz_offset"]) == (
        "en-US",
        True,
        "Europe/Berlin",
        3600,
    )
    assert "locale" not in theirs
    assert "is_admin" not in theirs
    assert (gone["deleted"], "tz" in gone) == (True, False)


@pytest.mark.parametrize(
    "channel,error",
    [
        (Channel("C1", "away"), "not_in_channel"),
        (Channel("C1", "hidden", Kind.PRIVATE), "channel_not_found"),
        (Channel("C1", "old", members=["U0BIFOCAL"], is_archived=True), "is_archived"),
        (Channel("C1", "news", members=["U0BIFOCAL"], is_restricted=True), "restricted_action"),
    ],
)
def test_where_the_bot_may_not_post(channel: Channel, error: str) -> None:
    """Membership, archive and posting rules each have Slack's own word."""
    world = _world()
    world.workspace.channels["C1"] = channel
    with pytest.raises(RefusedError, match=error):
        access.postable(world, "C1")


@pytest.mark.parametrize("traits", [{"deleted": True}, {"is_stranger": True}])
def test_whom_the_bot_may_not_write_to(traits: dict[str, bool]) -> None:
    """Somebody who left or shares no channel has no direct messages, also not those opened before."""
    world = _world()
    ana = world.workspace.add_user("Ana Lima")
    opened = access.postable(world, ana.id)
    assert access.postable(world, ana.id) is opened
    for name, value in traits.items():
        setattr(ana, name, value)
    for target in (ana.id, opened.id):
        with pytest.raises(RefusedError, match="channel_not_found"):
            access.postable(world, target)


def test_without_its_scope_nothing_is_read() -> None:
    """The refusal names the scope that is needed and those that there are."""
    world = _world()
    world.app.scopes = DEFAULT_SCOPES - {"channels:read"}
    world.workspace.add_channel("atlas", id="C1")
    with pytest.raises(RefusedError) as refused:
        access.readable(world, "C1")
    assert refused.value.body() == {
        "ok": False,
        "error": "missing_scope",
        "needed": "channels:read",
        "provided": "chat:write,commands,files:write,groups:read,im:history,users:read",
    }


async def test_the_bot_is_a_member_where_it_is_put(slack: FakeSlack, ana: User) -> None:
    """add_channel puts the bot in, unless told otherwise."""
    assert slack.bot.id in slack.add_channel("atlas", ana).members
    assert slack.bot.id not in slack.add_channel("other", ana, bot=False).members


def _world() -> World:
    workspace = Workspace(Team("T1", "Acme", "acme"))
    return World(clock=SteppedClock(MONDAY), workspace=workspace, app=App())
