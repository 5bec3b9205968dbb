"""The name of a product in the words of `/pulse digest`."""

from datetime import UTC, datetime

import pytest

from handlers.syntax.digests import DigestVerb, DigestWords, read_digest
from handlers.syntax.syntax_error import CommandSyntaxError

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
ATLAS, TEAM = "<#C1|atlas>", "<#C2|atlas-team>"


def heard(text: str) -> DigestWords:
    """The words after `/pulse digest`, with channels as Slack sends them."""
    text = text.replace("#team", TEAM).replace("#atlas", ATLAS)
    return read_digest(text, now=NOW, zone="Europe/Berlin")


def hint(text: str) -> str:
    """The command that a refusal offers."""
    with pytest.raises(CommandSyntaxError) as refused:
        heard(text)
    return refused.value.form


@pytest.mark.parametrize(
    "text",
    [
        "Atlas mon and wed 9am", "Atlas mon,wed 9:00", "Atlas mon, wed 9:00", "Atlas Mon/Wed 9am",
        "Atlas monday and thursday", "Atlas last friday of the month", "Atlas first monday of the month",
        "Atlas the last friday of the month", "Atlas on the 15th", "Atlas at the end of the month",
        "Atlas twice a week", "Atlas twice weekly", "Atlas 2x a week", "Atlas 3 times a week",
        "Atlas hourly", "Atlas nightly", "Atlas yearly", "Atlas on weekdays", "Atlas workdays",
        "Atlas weekdays", "Atlas until fri", "Atlas until", "Atlas till friday 17:00", "Atlas for 4 weeks",
        "Atlas by friday", "Atlas next monday", "Atlas starting monday", "Atlas next week",
        "Atlas per week", "Atlas each monday", "Atlas in the morning", "Atlas tomorrow",
        "for Atlas on weekdays", "ATLAS ON WEEKDAYS", "Atlas weekly mon 09:00 until dec",
        "Atlas weekly mon 09:00 for 4 weeks",
    ],
)  # fmt: skip
def test_words_of_a_schedule_are_no_part_of_a_name(text: str) -> None:
    """They are refused, with a hint that keeps the product and is taken as it is."""
    taken = heard(hint(text).removeprefix("/pulse digest "))
    assert (taken.verb, taken.product and taken.product.casefold()) == (DigestVerb.SET, "atlas")
    assert taken.cadence is not None


@pytest.mark.parametrize(
    "text, rule",
    [
        ("Atlas mon and wed 9am", "cron 0 9 * * 1,3"),
        ("Atlas last friday of the month", "cron 0 9 * * 5l"),
        ("Atlas first monday of the month 8:30", "cron 30 8 * * 1#1"),
        ("Atlas on the 15th", "monthly 15 09:00"), ("Atlas twice a week", "cron 0 9 * * 1,4"),
        ("Atlas hourly", "cron 0 9 * * *"), ("Atlas on weekdays", "cron 0 9 * * 1-5"),
        ("Atlas each monday", "weekly mon 09:00"), ("Atlas fri 16:00 until dec", "weekly fri 16:00"),
        ("Atlas on mondays and fridays", "cron 0 9 * * 1,5"),
    ],
)  # fmt: skip
def test_the_hint_has_the_days_that_were_meant(text: str, rule: str) -> None:
    """As near as a schedule can come to them."""
    assert str(heard(hint(text).removeprefix("/pulse digest ")).cadence) == rule


@pytest.mark.parametrize(
    "text",
    [
        "Atlas in #atlas", "Atlas to #atlas", "Atlas into #atlas", "Atlas post in #atlas",
        "move Atlas to #atlas", "Atlas posted to #atlas", "for Atlas in #atlas", "Atlas, in #atlas please",
        "put Atlas in #atlas", "set up a digest about Atlas in #atlas",
    ],
)  # fmt: skip
def test_a_channel_after_in_is_where_it_is_posted(text: str) -> None:
    """It is neither read nor part of the name, whatever else is said."""
    said = heard(text)
    assert (said.product, said.place, said.sources) == ("Atlas", "C1", ())


def test_a_place_goes_with_channels_that_are_read() -> None:
    """Before or after them, and before or after a schedule."""
    said_first = "from #team in #atlas weekly mon 09:00"
    for text in (said_first, "in #atlas from #team mon 9:00", "mon 9am from #team to #atlas"):
        said = heard(f"Atlas {text}")
        assert (said.product, said.place, said.sources) == ("Atlas", "C1", ("C2",)), text
        assert str(said.cadence) == "weekly mon 09:00"


@pytest.mark.parametrize(
    "text, right",
    [
        ("Atlas #atlas", "Atlas from #atlas"), ("Atlas with #atlas", "Atlas from #atlas"),
        ("Atlas for #atlas", "Atlas from #atlas"),
        ("Atlas using #atlas #team", "Atlas from #atlas #atlas-team"),
        ("Atlas and #atlas", "Atlas from #atlas"), ("Altas off #atlas", "show"), ("off #atlas", "show"),
        ("Atlas now #atlas", "show"), ("Atlas at", "Atlas setup"), ("Atlas to", "Atlas setup"),
        ("Atlas in", "Atlas setup"), ("Atlas with", "Atlas setup"), ("Atlas from nowhere", "Atlas setup"),
        ("Atlas from here", "Atlas setup"), ("Atlas about Beacon", "Atlas setup"),
        ("about Atlas about Beacon", "Atlas setup"),
        ("weekly mon 9:00 about Atlas about Beacon", "Atlas setup"),
    ],
)  # fmt: skip
def test_what_stands_open_is_refused(text: str, right: str) -> None:
    """The hint has the name without the words around it, and ends or posts nothing."""
    assert hint(text) == f"/pulse digest {right}"


@pytest.mark.parametrize(
    "text, right",
    [
        ("rename Atlas to Beacon", "rename Atlas to Beacon"),
        ("please rename Atlas to Beacon", "rename Atlas to Beacon"),
        ("Atlas rename to Beacon", "rename Atlas to Beacon"),
        ("change Atlas to Beacon", "rename Atlas to Beacon"),
        ("merge Atlas into Beacon", "merge Atlas into Beacon"), ("rename Atlas", ""),
        ("rename to Beacon", ""), ("call it Beacon", ""), ("change name to Beacon", ""), ("rename", ""),
        ("rename Atlas as Beacon", "rename Atlas to Beacon"),
    ],
)  # fmt: skip
def test_a_rename_is_another_command(text: str, right: str) -> None:
    """The hint is the command that does it."""
    assert hint(text) == f"/pulse products {right}".strip()


@pytest.mark.parametrize(
    "text, name",
    [
        ("for Atlas", "Atlas"), ("of Atlas", "Atlas"), ("regarding Atlas", "Atlas"),
        ("Atlas please", "Atlas"), ("please Atlas", "Atlas"), ("Atlas, please", "Atlas"),
        ("Atlas thank you", "Atlas"), ("Atlas here", "Atlas"), ("Atlas in this channel", "Atlas"),
        ("a digest for Atlas", "Atlas"), ("give me Atlas", "Atlas"),
        ("i want a digest about Atlas please", "Atlas"), ("(Atlas)", "Atlas"), ("Atlas;", "Atlas"),
        ("Atlas on mobile", "Atlas on mobile"), ("Last Mile", "Last Mile"), ("Until Dawn", "Until Dawn"),
        ("Twice", "Twice"), ('"Atlas on weekdays"', "Atlas on weekdays"),
        ("Link to Windows", "Link to Windows"), ("Lord of the Rings", "Lord of the Rings"),
        ("When I Work", "When I Work"), ("the app", "the app"), ("Sunday Times", "Sunday Times"),
        ("For Honor", "For Honor"), ('"Log in"', "Log in"),
    ],
)  # fmt: skip
def test_what_is_said_around_a_name_is_not_in_it(text: str, name: str) -> None:
    """Names that look like parts of sentences stay as they are: with capitals, or in quotes."""
    said = heard(text)
    assert (said.verb, said.product, said.cadence) == (DigestVerb.SET, name, None)
    weekly = heard(f"{text} weekly mon 09:00")
    assert (weekly.product, str(weekly.cadence)) == (name, "weekly mon 09:00")


@pytest.mark.parametrize(
    "text",
    ["please", "what", "when", "when does Atlas come", "why", "who gets it", "where is it posted", "pls"],
)
def test_a_question_about_a_digest_names_none(text: str) -> None:
    """It is answered with what is set, or with help."""
    said = heard(text)
    assert said.verb in {DigestVerb.SHOW, DigestVerb.HELP}
    assert (said.product, said.cadence) == (None, None)
