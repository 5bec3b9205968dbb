"""The Slack app manifest."""

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.manifest import CREATE, SLACK_PATH, BadAddress, as_json, create_link, manifest
from bot.sandbox.model.app import DEFAULT_EVENTS, DEFAULT_SCOPES, App

URL = "https://bifocal.example.com"
ROOT = Path(__file__).parent.parent.parent


def test_the_file_at_the_top_is_what_the_command_prints() -> None:
    """`manifest.json` is the output for Socket Mode, to the letter."""
    assert (ROOT / "manifest.json").read_text() == as_json()


def test_the_least_scopes() -> None:
    """The scopes are those that the strict fake grants, with which every test runs; no others."""
    scopes = manifest()["oauth_config"]["scopes"]
    assert list(scopes) == ["bot"]
    assert set(scopes["bot"]) == DEFAULT_SCOPES


@pytest.mark.parametrize("url", [None, URL])
def test_nothing_that_is_not_built(url: str | None) -> None:
    """One message shortcut, as the fake Slack offers it; no rotation of tokens, no installing over an org."""
    made = manifest(url)
    assert set(made["features"]) == {"app_home", "bot_user", "shortcuts", "slash_commands"}
    offered = {(each["type"], each["callback_id"]): each["name"] for each in made["features"]["shortcuts"]}
    assert offered == {("message", id_): name for id_, name in App().shortcuts.items()}
    assert made["features"]["app_home"]["home_tab_enabled"] is True
    assert set(made["settings"]["event_subscriptions"]["bot_events"]) == DEFAULT_EVENTS
    assert made["settings"]["token_rotation_enabled"] is made["settings"]["org_deploy_enabled"] is False


def test_people_get_its_messages_and_can_write_back() -> None:
    """The messages tab is on, so that words to owners arrive, and open: what is written there is answered."""
    home = manifest()["features"]["app_home"]
    assert (home["messages_tab_enabled"], home["messages_tab_read_only_enabled"]) == (True, False)


def test_a_public_address_means_http() -> None:
    """With an address, command and clicks go to Slack's path there; without one, over the websocket."""
    made = manifest(f"{URL}/")
    assert made["features"]["slash_commands"][0]["url"] == f"{URL}{SLACK_PATH}"
    assert made["settings"]["interactivity"]["request_url"] == f"{URL}{SLACK_PATH}"
    assert made["settings"]["event_subscriptions"]["request_url"] == f"{URL}{SLACK_PATH}"
    assert made["settings"]["socket_mode_enabled"] is False
    assert manifest()["settings"]["socket_mode_enabled"] is True
    assert "url" not in manifest()["features"]["slash_commands"][0]


def test_the_command_is_escaped() -> None:
    """Channels arrive as ids."""
    (command,) = manifest()["features"]["slash_commands"]
    assert (command["command"], command["should_escape"]) == ("/pulse", True)


@pytest.mark.parametrize(
    "url", ["http://x.example.com", "x.example.com", "https://", "https://x y", "https://x\n", ""]
)
def test_an_address_that_slack_would_not_take(url: str) -> None:
    """Only a public https address is taken."""
    with pytest.raises(BadAddress, match="such as https://bifocal"):
        manifest(url)


@pytest.mark.parametrize("url", [None, URL])
def test_json_and_link_hold_the_same(url: str | None) -> None:
    """JSON is the manifest, and the link offers to create the app from it."""
    assert json.loads(as_json(url)) == manifest(url)
    link = create_link(url)
    assert link.startswith(CREATE)
    query = parse_qs(urlsplit(link).query)
    assert json.loads(query["manifest_json"][0]) == manifest(url)
    assert query["new_app"] == ["1"]
    assert len(link) < 2000


def test_slacks_limits() -> None:
    """Names and descriptions are as long as Slack's schema lets them be."""
    made = manifest()
    assert len(made["display_information"]["name"]) <= 35
    assert len(made["display_information"]["description"]) <= 140
    assert len(made["features"]["bot_user"]["display_name"]) <= 80
    (command,) = made["features"]["slash_commands"]
    assert len(command["usage_hint"]) <= 1000
