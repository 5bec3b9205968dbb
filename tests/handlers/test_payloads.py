"""What a payload says, read once; a wrong shape raises, whatever it is."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.form_values import chosen, ticked, typed_text
from handlers.payloads import Malformed, clean, read_click, read_command, read_submission

ACTION = {"block_id": "b", "action_id": "a", "action_ts": "1793610000.000100", "value": "v"}
CLICK: dict[str, Any] = {
    "user": {"id": "U1", "team_id": "T2"},
    "team": {"id": "T1"},
    "actions": [ACTION],
    "channel": {"id": "C1"},
    "container": {"is_ephemeral": True},
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def test_a_click() -> None:
    """Who, where, what and when; from another company is external; private is what one person sees."""
    click = read_click(CLICK)
    assert (click.actor.team_id, click.actor.user_id, click.actor.external) == ("T1", "U1", True)
    assert (click.value, click.channel_id, click.private, click.view) == ("v", "C1", True, None)
    assert click.at.isoformat() == "2026-11-02T09:00:00.000100+00:00"
    assert not read_click(CLICK | {"container": {}}).private
    assert not read_click(CLICK | {"user": {"id": "U1", "team_id": "T1"}}).actor.external


def test_a_form_belongs_to_the_installing_team() -> None:
    """For somebody of another company the view says where the bot is installed."""
    body = CLICK | {"team": {"id": "T2"}, "view": {"app_installed_team_id": "T1", "state": {"values": {}}}}
    form = read_submission(body)
    assert (form.actor.team_id, form.actor.external) == ("T1", True)


@pytest.mark.parametrize("key", ["user", "team", "actions"])
@given(value=JSON)
@settings(max_examples=25)
def test_any_other_shape_raises_malformed(key: str, value: object) -> None:
    """Whatever stands in a field: a click, or Malformed; never another error."""
    for read in (read_click, read_submission):
        try:
            read(CLICK | {key: value, "view": {"state": {"values": value}}})
        except Malformed:
            continue


@pytest.mark.parametrize("moment", ["", "nan", "inf", "1e99", "yesterday"])
def test_a_moment_that_is_none(moment: str) -> None:
    """A press without a time is not from Slack."""
    with pytest.raises(Malformed):
        read_click(CLICK | {"actions": [ACTION | {"action_ts": moment}]})


def test_a_command() -> None:
    """The words without what no database takes; a missing field raises."""
    fields = {"team_id": "T1", "user_id": "U1", "channel_id": "C1", "response_url": "https://x.example"}
    typed = read_command(fields | {"text": "ask\x00 nps \ud800"})
    assert typed.text == "ask nps ?"
    with pytest.raises(Malformed):
        read_command({"team_id": "T1"})


@pytest.mark.parametrize(
    "channel_id, name, direct",
    [
        ("D0SELF", "directmessage", True),
        ("D0BOT", "", True),
        ("C0GROUP", "mpdm-ada--sam-1", True),
        ("G0GROUP", "mpdm-ada--sam-1", True),
        ("C0ATLAS", "atlas", False),
        ("G0SECRET", "privategroup", False),
    ],
)
def test_where_a_command_was_typed(channel_id: str, name: str, *, direct: bool) -> None:
    """A direct message, of two people or more, is no channel."""
    fields = {"team_id": "T1", "user_id": "U1", "channel_id": channel_id, "response_url": "https://x"}
    assert read_command(fields | {"channel_name": name}).in_direct_message is direct


def test_what_was_put_into_a_form() -> None:
    """Text, ticks and choices; what was not filled in is empty."""
    option = {"value": "quote"}
    values: dict[str, dict[str, Any]] = {
        "comment": {"value": "  words \x00"},
        "allow": {"selected_options": [option]},
        "names": {"selected_option": option},
        "odd": {"value": 7, "selected_option": "x"},
    }
    assert typed_text(values, "comment") == "words"
    assert typed_text(values, "odd") == typed_text(values, "none") == ""
    assert ticked(values, "allow")
    assert not ticked(values, "none")
    assert chosen(values, "names") == "quote"
    assert chosen(values, "odd") is None
    assert clean("😀") == "😀"
