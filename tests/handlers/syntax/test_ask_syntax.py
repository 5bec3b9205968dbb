"""`/pulse ask`."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from handlers.syntax.ask_syntax import AskWords, read_ask
from handlers.syntax.syntax_error import CommandSyntaxError

BERLIN = "Europe/Berlin"
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 27, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize("parts", [*permutations(["<#C1|buyers>", "about Atlas Pro", "until fri 17:00"])])
def test_clauses_come_in_any_order(parts: tuple[str, ...]) -> None:
    """Channel, product and close may stand in any order after the instrument."""
    assert read_ask(f"nps {' '.join(parts)}", now=NOW, zone=BERLIN) == AskWords(
        instrument="nps", channel_id="C1", product="Atlas Pro", until=FRIDAY
    )


@pytest.mark.parametrize(
    "text, expected",
    [
        ("", AskWords()),
        ("nps", AskWords(instrument="nps")),
        ("NPS  about  Atlas", AskWords(instrument="nps", product="Atlas")),
        ("umux-lite here", AskWords(instrument="umux_lite")),
        ("UMUX lite in <#C1|>", AskWords(instrument="umux_lite", channel_id="C1")),
        ("nps for 3 days", AskWords(instrument="nps", until=NOW + timedelta(days=3))),
        ("nps about Tools for Teams", AskWords(instrument="nps", product="Tools for Teams")),
        ("nps about “Wait until Dark”", AskWords(instrument="nps", product="Wait until Dark")),
        ("nps about R&amp;D", AskWords(instrument="nps", product="R&D")),
        ("nps about Atlas in <#C1|x>", AskWords(instrument="nps", channel_id="C1", product="Atlas")),
    ],
)
def test_what_people_type(text: str, expected: AskWords) -> None:
    """What is not said is None; a name that holds a keyword stands in quotes."""
    assert read_ask(text, now=NOW, zone=BERLIN) == expected


@pytest.mark.parametrize(
    "text, says",
    [
        ("about Atlas", "Say which question"),
        ("<#C1|x>", "Say which question"),
        ("nsp about Atlas", "Did you mean nps?"),
        ("nps about", "at least one character"),
        ("nps about *Atlas*", "marks of formatting"),
        (f"nps about {'x' * 61}", "at most 60"),
        ("nps #nowhere", '"#nowhere" is not a channel'),
        ("nps <#C1> <#C2>", "One channel"),
        ("nps until 25:00", '"25:00" is not a time'),
        ("nps until yesterday", '"yesterday" is over.'),
        ("nps until", "is not a day and a time"),
        ("nps until fri for 3 days", '"fri for 3 days" is not a day and a time'),
    ],
)
def test_bad_words_get_one_sentence(text: str, says: str) -> None:
    """What was wrong, the nearest right form, that nothing was changed."""
    with pytest.raises(CommandSyntaxError) as refused:
        read_ask(text, now=NOW, zone=BERLIN)
    assert says in refused.value.problem
    assert str(refused.value).endswith(
        "Try `/pulse ask nps about Atlas until fri 17:00`. Nothing was changed."
    )


@pytest.mark.parametrize(
    "text, nearest",
    [
        ("nps for 3 years", "for 3 days"),
        ("nps until 12/01/2026", "until 2026-12-01"),
        ("nps until fri 25:00", "until fri 17:00"),
        ("nps until fryday 9am", "until friday 9am"),
    ],
)
def test_a_refused_moment_is_offered_the_nearest(text: str, nearest: str) -> None:
    """The command that is offered closes when the reader of moments says, and is read when it is typed."""
    with pytest.raises(CommandSyntaxError) as refused:
        read_ask(text, now=NOW, zone=BERLIN)
    assert refused.value.form == f"/pulse ask nps about Atlas {nearest}"
    assert read_ask(refused.value.form.removeprefix("/pulse ask "), now=NOW, zone=BERLIN).until
