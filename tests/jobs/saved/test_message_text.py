"""The words of a message, without anybody's name."""

from typing import Any

import pytest

from jobs.saved.message_text import is_from_person, kept_of, words_of
from storage.records import MOST_CHARACTERS


@pytest.mark.parametrize(
    "text, words",
    [
        ("The export is broken again", "The export is broken again"),
        ("<@U0P01> and <@U0P02|ben> wait", "@somebody and @somebody wait"),
        ("see <#C0SECRET|board-only>", "see #channel"),
        ("<!here> <!subteam^S1|@sales> <!date^0^{date}|1 Jan>", "@here @group 1 Jan"),
        ("<https://x.example/a|the page>, <https://y.example>", "the page, https://y.example"),
        ("&lt;@U1&gt; &amp; &amp;lt;", "<@U1> & &lt;"),
        ("line one\nline two", "line one\nline two"),
        (":tada:", ":tada:"),
        ("", ""),
        ("  \u200b\u202e \n", ""),
        ("<@U0P01>", ""),
        ("<#C1|x> <@U2>", ""),
        (
            "<https://acme.slack.com/team/U0P03> and <https://acme.slack.com/team/U0P03|Ana>",
            "@somebody and @somebody",
        ),
        ("see https://acme.enterprise.slack.com/team/U0P03.", "see @somebody."),
        ("see <https://acme.slack.com/archives/C0B/p17?thread_ts=1.2&amp;cid=C0B|this>", "see a message"),
        ("(http://ACME.slack.com/archives/C0B)", "(a message)"),
        ("<slack://user?team=T0A01&amp;id=U0P03>, <slack://channel?id=C0P03>", "@somebody, a place in Slack"),
        ("in <https://app.slack.com/client/T0A01/C0P03>, x", "in a place in Slack, x"),
        ("<https://acme.slack.com/files/U0P03/F0A/plan.pdf>!", "a place in Slack!"),
        (
            "<https://slack.com/help/articles> <https://notslack.com/team/x>",
            "https://slack.com/help/articles https://notslack.com/team/x",
        ),
        ("<https://acme.slack.com/team/U0P03>", ""),
        ("<https://acme.slack.com/archives/C0B/p17>", ""),
        (None, ""),
        (7, ""),
    ],
)
def test_nobody_and_no_channel_is_named(text: object, words: str) -> None:
    """References become words, entities characters; a message of nothing else has no words."""
    assert words_of(text).replace("\u200b", "").strip() == words


@pytest.mark.parametrize(
    "message, person",
    [
        ({"user": "U1"}, True),
        ({"user": "U1", "subtype": "thread_broadcast"}, True),
        ({"user": "U1", "subtype": "file_share"}, True),
        ({"user": "U1", "bot_id": "B1"}, False),
        ({"subtype": "bot_message", "username": "hook"}, False),
        ({"user": "USLACKBOT"}, False),
        ({"user": "U1", "subtype": "channel_join"}, False),
        ({"user": "U1", "subtype": "tombstone"}, False),
        ({"user": 7}, False),
        ({"user": ""}, False),
        ({}, False),
    ],
)
def test_only_what_a_person_wrote_is_a_persons(message: dict[str, Any], person: bool) -> None:  # noqa: FBT001
    """No app, no bot, not Slack itself."""
    assert is_from_person(message) is person


def test_as_much_is_kept_as_of_a_comment() -> None:
    """Of twelve thousand characters the first thousand."""
    assert len(kept_of("x" * 12_000)) == MOST_CHARACTERS
    assert kept_of("short") == "short"
