import pytest

from bot.sandbox.live import posting
from bot.sandbox.live.world import World
from bot.sandbox.model.app import App
from bot.sandbox.model.channels import Channel
from bot.sandbox.model.clock import SteppedClock
from bot.sandbox.model.errors import RefusedError
from bot.sandbox.model.messages import elements, with_ids
from bot.sandbox.model.people import Team
from bot.sandbox.model.workspace import Workspace
from tests.bot.sandbox.conftest import MONDAY, actions, button


@pytest.fixture
def world() -> World:
    """A workspace with one channel."""
    workspace = Workspace(Team("T1", "Acme", "acme"))
    workspace.add_channel("atlas", id="C1")
    return World(clock=SteppedClock(MONDAY), workspace=workspace, app=App())


@pytest.fixture
def atlas(world: World) -> Channel:
    """That channel."""
    return world.workspace.channels["C1"]


def test_ids_are_filled_in_as_slack_does() -> None:
    """Missing ids are made, unique; those given stay; what was sent stays as it was."""
    sent = [actions(button("go"), block_id="b1"), {"type": "divider"}, {"type": "divider"}]
    filled = with_ids(sent)
    assert [block["block_id"] for block in filled] == ["b1", "b1_", "b2"]
    assert elements(filled[0])[0]["action_id"] == "go"
    assert "block_id" not in sent[1]


def test_a_message_changes_in_place_and_a_snapshot_does_not(world: World, atlas: Channel) -> None:
    """Who holds the message sees the change; who holds a snapshot sees what was."""
    message = posting.post(world, atlas, posting.content("first", [actions(button("go"))]))
    before = message.snapshot()
    posting.rewrite(world, message, posting.content("second", None))
    assert (message.text, message.blocks, message.versions) == ("second", [], 2)
    assert (before.text, len(before.blocks), before.live) == ("first", 1, message)
    posting.remove(world, message)
    assert (message.deleted, atlas.messages) == (True, [])


def test_only_text_is_marked_as_edited(world: World, atlas: Channel) -> None:
    """Slack marks what it renders from text; an update of blocks leaves no mark."""
    message = posting.post(world, atlas, posting.content("first", None))
    posting.rewrite(world, message, posting.content("second", [actions(button("go"))]))
    assert "edited" not in message.payload()
    posting.rewrite(world, message, posting.content("third", None))
    assert message.payload()["edited"]["user"] == world.app.bot_user_id


@pytest.mark.parametrize(
    "text,blocks,error",
    [
        ("", None, "no_text"),
        (None, [], "no_text"),
        ("x" * 40_001, None, "msg_too_long"),
        ("x", [{"type": "section"}], "invalid_blocks"),
        ("x", {"type": "section"}, "invalid_blocks_format"),
    ],
)
def test_content_that_slack_does_not_take(text: str | None, blocks: object, error: str) -> None:
    """Each fault has Slack's own word."""
    with pytest.raises(RefusedError) as refused:
        posting.content(text, blocks)
    assert refused.value.error == error


def test_invalid_blocks_are_pointed_at() -> None:
    """The refusal says where and what, as response_metadata.messages does."""
    with pytest.raises(RefusedError) as refused:
        posting.content("x", [{"type": "divider"}, {"type": "header", "text": "no object"}])
    assert refused.value.body()["response_metadata"]["messages"] == [
        "[ERROR] must be an object [json-pointer:/blocks/1/text]"
    ]


def test_what_one_person_sees_is_not_in_the_channel(world: World, atlas: Channel) -> None:
    """A private message is kept apart and can be taken away."""
    private = posting.whisper(world, "C1", "U1", posting.content("psst", None))
    assert (atlas.messages, world.whispers) == ([], [private])
    posting.remove(world, private)
    assert world.whispers == []
    assert [e.kind for e in world.feed] == ["ephemeral.posted", "ephemeral.deleted"]
