"""Names inside sentences, and words of the command language that are no names."""

from datetime import UTC, datetime

import pytest

from handlers.commands.command_table import SUBCOMMANDS
from handlers.syntax import CommandSyntaxError, read_ask, read_comments, read_score, read_trend, split_command
from handlers.syntax.product_name import COMMANDS, RESERVED
from jobs.instruments import INSTRUMENTS

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
HEARD = [
    ("nps, about Atlas, until fri 17:00", "Atlas"),
    ("nps about Atlas — until fri", "Atlas"),
    ("nps about Atlas – until fri", "Atlas"),
    ("nps about Atlas - until fri", "Atlas"),
    ("nps about Atlas -- until fri", "Atlas"),
    ("nps about Atlas—until fri", "Atlas"),
    ("nps — about Atlas", "Atlas"),
    ("nps—about Atlas", "Atlas"),
    ("nps: about Atlas", "Atlas"),
    ("nps about: Atlas", "Atlas"),
    ("nps about:Atlas", "Atlas"),
    ("nps about - Atlas", "Atlas"),
    ("nps about Atlas.", "Atlas"),
    ("nps about Atlas?", "Atlas"),
    ("nps about Atlas…", "Atlas"),
    ("nps about Atlas; until fri", "Atlas"),
    ("nps (about Atlas)", "Atlas"),
    ("nps about (Atlas)", "Atlas"),
    ("nps for Atlas", "Atlas"),
    ("nps of Atlas", "Atlas"),
    ("nps on Atlas", "Atlas"),
    ("nps regarding Atlas for 3 days", "Atlas"),
    ("nps for Atlas for 3 days", "Atlas"),
    ('nps about "Atlas"', "Atlas"),
    ('nps about "Atlas", until fri', "Atlas"),
    ("nps about “Atlas”.", "Atlas"),
    ("nps about „Atlas“", "Atlas"),
    ("nps about «Atlas»", "Atlas"),
    ("nps about « Atlas »", "Atlas"),
    ("nps about ‹Atlas›", "Atlas"),
    ("nps about 「Atlas」", "Atlas"),
    ("nps about 'Atlas'", "Atlas"),
    ("nps about ‘Atlas’", "Atlas"),
    ("nps about `Atlas`", "Atlas"),
    ('nps about "Atlas', "Atlas"),
    ("nps about All about Us", "All about Us"),
    ('nps about "All about Us" until fri', "All about Us"),
    ("nps about About", None),
    ("nps about Tools for Teams", "Tools for Teams"),
    ("nps about House of Cards", "House of Cards"),
    ("nps about Yahoo!", "Yahoo!"),
    ("nps about C++", "C++"),
    ("nps about C#", "C#"),
    ("nps about .NET", ".NET"),
    ("nps about AT&amp;T", "AT&T"),
    ("nps about R &amp; D", "R & D"),
    ("nps about Levi's", "Levi's"),
    ("nps about Rock'n'Roll", "Rock'n'Roll"),
    ("nps about Atlas - Pro", "Atlas - Pro"),
    ("nps about Atlas-Pro", "Atlas-Pro"),
    ("nps about Atlas (EU)", "Atlas (EU)"),
    ("nps about Acme, Inc.", "Acme, Inc"),
    ("nps about 7-Eleven", "7-Eleven"),
    ("nps about Atlas: send an invoice", "Atlas: send an invoice"),
    ('nps about Atlas: "send an invoice"', "Atlas: send an invoice"),
    ("nps about Atlas, until fri", "Atlas"),
    ("nps about Atlas,until 1.12.", "Atlas"),
    ("nps about Atlas (until fri)", "Atlas"),
    ("nps about Atlas until fri.", "Atlas"),
    ("nps about Atlas until fri 17:00!", "Atlas"),
    ("nps about Atlas until fri, please", "Atlas"),
    ("nps about Atlas until 1.12.", "Atlas"),
    ("nps about Atlas for 3 days.", "Atlas"),
    ("nps about Atlas till fri 17:00", "Atlas"),
    ("nps about Till", "Till"),
    ("nps about Atlas, please", "Atlas"),
    ("nps about Atlas please.", "Atlas"),
    ("please ask the nps about Atlas", "Atlas"),
    ("nps about Atlas :rocket:", "Atlas :rocket:"),
    ("nps about :rocket: Atlas.", ":rocket: Atlas"),
    ("nps about Atlas 😀", "Atlas 😀"),
    ('nps about "Until Dawn" until fri', "Until Dawn"),
]


@pytest.mark.parametrize("text, name", HEARD)
def test_punctuation_of_the_sentence_is_no_part_of_a_name(text: str, name: str | None) -> None:
    """Commas, dashes, quotation marks, brackets and a second "about" neither end up in a name nor vanish."""
    if name is None:
        with pytest.raises(CommandSyntaxError):
            read_ask(text, now=NOW, zone="UTC")
    else:
        words = read_ask(text, now=NOW, zone="UTC")
        assert (words.instrument, words.about) == ("nps", name)
        assert (words.until is not None) == any(said in text for said in (" fri", "days", "1.12."))


@pytest.mark.parametrize(
    "typed",
    [
        "nps about Atlas",
        "nps, about Atlas.",
        "nps for Atlas",
        "nps of «Atlas»",
        "nps — about “Atlas”?",
        "about: Atlas",
    ],
)
def test_reading_commands_hear_the_same_names(typed: str) -> None:
    """What asks and what reads take a name out of a sentence alike."""
    assert read_score(typed, now=NOW, zone="UTC").product == "Atlas"
    assert read_trend(typed, now=NOW, zone="UTC").product == "Atlas"
    comments = read_comments(typed.replace("nps", "ux"), now=NOW, zone="UTC")
    assert comments.product == "Atlas"


NO_NAMES = [
    "stop", "Stop", "pause", "help", "list", "show", "status", "remove", "delete", "off", "on", "now",
    "preview", "weekly", "Monday", "mon", "every day", "daily",
    "score", "ask", "nps", "CSAT", "umux-lite", "stop now",
    "weekly mon 09:00", "Atlas mon 09:00", "Atlas Mon 9:00", "Atlas 9am", "this week", "digest",
    "'stop'", "stop.",
]  # fmt: skip


@pytest.mark.parametrize("name", NO_NAMES)
def test_words_of_the_command_language_are_no_names(name: str) -> None:
    """One sentence says so, with a command that may be meant."""
    with pytest.raises(CommandSyntaxError) as refused:
        read_ask(f"nps about {name}", now=NOW, zone="UTC")
    assert "/pulse" in str(refused.value)
    assert refused.value.form.startswith("/pulse ")


@pytest.mark.parametrize(
    "name", ["Monday.com", "Stopwatch", "Atlas Weekly", "Help Desk", "New York", "On Call", "7"]
)
def test_names_that_only_hold_such_a_word_are_names(name: str) -> None:
    """A name is no word of the command language because a part of it is."""
    assert read_ask(f"nps about {name}", now=NOW, zone="UTC").about == name


def test_the_list_of_reserved_words_has_every_command_and_question() -> None:
    """A new command or instrument is no name from its first day on."""
    assert set(SUBCOMMANDS) <= set(COMMANDS)
    assert {word.replace("_", " ") for word in INSTRUMENTS} <= {word.replace("_", " ") for word in RESERVED}


@pytest.mark.parametrize(
    "typed",
    [
        "score nps",
        "`score nps`",
        "```score nps```",
        "“score nps”",
        "‘score nps’",
        "'score nps'",
        '"score nps"',
        "«score nps»",
        "/pulse score nps",
        "`/pulse score nps`",
    ],
)
def test_a_command_in_back_ticks_is_the_command(typed: str) -> None:
    """Marks around the whole command, and "/pulse" typed twice, make no difference."""
    assert split_command(typed) == ("score", "nps")
