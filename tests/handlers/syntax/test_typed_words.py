"""A command's words as Slack sends them."""

import pytest

from handlers.syntax.typed_words import Word, joined, split, split_command


@pytest.mark.parametrize(
    "sent, name", [("<#C123|atlas>", "#atlas"), ("<#C123|>", "#channel"), ("<#C123>", "#channel")]
)
def test_a_channel_is_its_id(sent: str, name: str) -> None:
    """Slack names a channel by id, with its name, with an empty one where it is private, or without."""
    assert split(f"ask nps {sent}") == [Word("ask"), Word("nps"), Word(name, channel="C123")]


@pytest.mark.parametrize(
    "sent, text",
    [
        ("R&amp;D", "R&D"),
        ("&lt;!channel&gt;", "<!channel>"),
        ("&amp;lt;", "&lt;"),
        ("<@U1|ana>", "@ana"),
        ("<@U1>", "@U1"),
        ("<!channel>", "@channel"),
        ("<!subteam^S1|@leads>", "@@leads"),
        ("<https://atlas.io|atlas.io>", "atlas.io"),
        ("<https://atlas.io>", "https://atlas.io"),
        ("  a   b ", "a b"),
        ("a\u00a0b\tc\nd", "a b c d"),
        ("a\u202eb\x00c\u200bd\ud800", "abcd"),
        ("👩\u200d🔧", "👩\u200d🔧"),
        ("a<b", "a < b"),
    ],
)
def test_what_was_typed_comes_back(sent: str, text: str) -> None:
    """Entities are characters again, references are words, space is single and the invisible is gone."""
    assert joined(split(sent)) == text


@pytest.mark.parametrize(
    "sent", ['about "Weekly Planner"', "about “Weekly  Planner”", "about «Weekly Planner»"]
)
def test_words_in_quotes_are_one_and_no_keyword(sent: str) -> None:
    """Straight, smart and angled quotes hold a name together and hide its keywords."""
    assert split(sent) == [Word("about"), Word("Weekly Planner", quoted=True)]
    assert split(sent)[1].key == ""


def test_a_channel_inside_quotes_is_its_name() -> None:
    """What stands in quotes is text, and an open quote hides nothing."""
    assert split('"see <#C1|x>"') == [Word("see #x", quoted=True)]
    assert split('"open') == [Word("open")]


@pytest.mark.parametrize(
    "sent, expected",
    [
        ("", ("", "")),
        ("  ", ("", "")),
        ("HELP", ("help", "")),
        ("Score,  nps 30d", ("score", "nps 30d")),
        ("ask nps <#C1|x>", ("ask", "nps <#C1|x>")),
        ("<#C1|x> nps", ("#x", "nps")),
    ],
)
def test_the_subcommand_and_the_rest(sent: str, expected: tuple[str, str]) -> None:
    """The first word is the subcommand without regard to case; the rest stays as Slack sent it."""
    assert split_command(sent) == expected
