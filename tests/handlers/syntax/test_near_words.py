"""Words that people type in the place of those of a command: what they read instead, and what is kept."""

from datetime import UTC, datetime

import pytest

from handlers.syntax import (
    CommandSyntaxError,
    DigestVerb,
    nearest_command,
    read_ask,
    read_digest,
    read_leads,
    read_number,
    read_plan,
    split_command,
)

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
ZONE = "Europe/Berlin"
COMMANDS = ("ask", "score", "trend", "list", "pause", "end", "me", "digest", "products", "remove")


@pytest.mark.parametrize(
    "typed, about",
    [
        ("nps about Beacon open until fri", "Beacon"),
        ("nps about Beacon, closes until fri", "Beacon"),
        ("nps about Beacon open for 3 days", "Beacon"),
        ("nps about Beacon(until fri)", "Beacon"),
        ("nps about Beacon [until fri]", "Beacon"),
        ("nps about Team Open until fri", "Team Open"),
        ("nps about Deadline until fri", "Deadline"),
        ("nps about the deadline until fri", "the deadline"),
        ("nps about the time your shop is open until fri", "the time your shop is open"),
        ("nps about Asia/Pacific until fri", "Asia/Pacific"),
        ("nps please to everybody about Beacon until fri", "Beacon"),
    ],
)
def test_words_beside_until_when_are_no_name(typed: str, about: str) -> None:
    """They go with the day, as in "open until fri"; with a capital they are of the name."""
    asked = read_ask(typed, now=NOW, zone=ZONE)
    assert (asked.about, asked.until is not None) == (about, True)


@pytest.mark.parametrize(
    "typed, right",
    [
        ("nps about Beacon closing friday", "ask nps about Beacon until friday"),
        ("nps about Beacon due friday", "ask nps about Beacon until friday"),
        ("nps about Beacon through friday", "ask nps about Beacon until friday"),
        ("nps about Beacon ends fri 15:00", "ask nps about Beacon until fri 15:00"),
        ("nps about Beacon - closes fri", "ask nps about Beacon until fri"),
        ("seq Beacon: send an invoice", "ask seq about Beacon: send an invoice until fri 17:00"),
        ("seq: send an invoice", "ask seq about send an invoice until fri 17:00"),
        ("nps the Beacon please", "ask nps about Beacon until fri 17:00"),
        ("nps about now", "digest"),
        ("nps about off", "digest"),
        ("nps about at 8", "ask nps about Atlas until fri 17:00"),
        ("nps about in 3 days", "ask nps about Atlas until fri 17:00"),
        ("nps about @here", "ask nps about Atlas until fri 17:00"),
        ("nps about Europe/London", "ask nps about Atlas until fri 17:00"),
        ("nps about Beacon with names", "ask"),
        ("nps about Beacon anonymously", "ask"),
        ("nps named about Beacon until fri", "ask"),
        ("nps about ?", "ask nps about Atlas until fri 17:00"),
        ("nps about <#C1|atlas>", "ask"),
    ],
)
def test_what_is_offered_instead_of_a_question(typed: str, right: str) -> None:
    """It has all words that were typed for the question, and changes nothing that was not asked for."""
    with pytest.raises(CommandSyntaxError) as refused:
        read_ask(typed, now=NOW, zone=ZONE)
    assert refused.value.form == f"/pulse {right}"


@pytest.mark.parametrize(
    "typed, right",
    [
        ("weekends 10:00", "cron 0 10 * * 6,7"),
        ("every 5 minutes", "daily 09:00"),
        ("every 2 hours", "daily 09:00"),
        ("monday mornings 9am", "weekly mon 09:00"),
        ("every 2 months 1 9:00", "monthly 1 09:00"),
        ("every 6 months 15 9:00", "quarterly 15 09:00"),
        ("every 6 weeks tue 9:00", "every 4 weeks tue 09:00"),
        ("yearly 1 9:00", "quarterly 1 09:00"),
        ("every fornight", "every 2 weeks mon 09:00"),
        ("twice a week", "cron 0 9 * * 1,4"),
        ("tue-thu 9:00", "weekly mon 09:00"),
    ],
)
def test_what_is_offered_instead_of_a_schedule(typed: str, right: str) -> None:
    """A schedule as near as there is, with the day and the time that were typed; never another's day."""
    with pytest.raises(CommandSyntaxError) as refused:
        read_plan(f"csat about Beacon {typed}", now=NOW, zone=ZONE)
    assert refused.value.form == f"/pulse schedule csat about Beacon {right} Europe/Berlin"


def test_a_span_of_days_is_a_schedule() -> None:
    """Monday to Friday may be written with a dash."""
    _, rule, _ = read_plan("csat about Beacon mon-fri 9:00", now=NOW, zone=ZONE)
    assert rule == "cron 0 9 * * 1-5"


@pytest.mark.parametrize(
    "verb, typed",
    [
        (DigestVerb.OFF, "mute|silence|rm|erase|destroy|halt|abort|Mute."),
        (DigestVerb.SHOW, "ls|see|sources|next|skip|skip next|never|reset|clear|wipe|ok"),
        (DigestVerb.PREVIEW, "again|last|latest|current|resend"),
        (DigestVerb.FORM, "config"),
    ],
)
def test_more_words_that_make_no_digest(verb: DigestVerb, typed: str) -> None:
    """They do the near thing; what posts or ends nothing where it is not sure."""
    for words in typed.split("|"):
        said = read_digest(words, now=NOW, zone=ZONE)
        assert (said.verb, said.product) == (verb, None), words


@pytest.mark.parametrize("name", ["Skip", "Next", "Clear", "Reset Button", "See Atlas"])
def test_such_words_may_be_names(name: str) -> None:
    """With a capital letter, or beside others, they are the name of a product."""
    assert read_digest(name, now=NOW, zone=ZONE).product == name


@pytest.mark.parametrize(
    "typed, meant",
    [
        ("turn off digest", ("digest", "off")),
        ("turn the digest off", ("digest", "off")),
        ("turn on digest", ("digest", "on")),
        ("disable digest Atlas", ("digest", "off Atlas")),
        ("stop the digest", ("digest", "off")),
        ("rename Borea to Boreas", ("products", "rename Borea to Boreas")),
        ("merge Borea into Beacon", ("products", "merge Borea into Beacon")),
        ("rename", ("products", "")),
        ("please rename Borea to Boreas", ("products", "rename Borea to Boreas")),
    ],
)
def test_commands_in_other_words(typed: str, meant: tuple[str, str]) -> None:
    """The command that is offered does what was said."""
    name, words = split_command(typed)
    assert nearest_command(name, words, COMMANDS) == meant


@pytest.mark.parametrize(
    "typed, right",
    [
        ("list", "list"),
        ("stop", "list"),
        ("off", "list"),
        ("pause 3", "pause 3"),
        ("stop #3", "pause 3"),
        ("remove 3", "end 3"),
        ("resume 3", "resume 3"),
        ("edit 12", "change 12"),
    ],
)
def test_a_schedule_that_is_there_already(typed: str, right: str) -> None:
    """Words that change one are answered with the command that does it."""
    with pytest.raises(CommandSyntaxError) as refused:
        read_plan(typed, now=NOW, zone=ZONE)
    assert refused.value.form == f"/pulse {right}"


@pytest.mark.parametrize("typed", ["1 2", "1 and 2", "1, 2, 3", "#1 & #2"])
def test_several_numbers_at_once(typed: str) -> None:
    """The command for the first is named."""
    with pytest.raises(CommandSyntaxError) as refused:
        read_number(typed, "pause")
    assert (refused.value.problem, refused.value.form) == ("One question at a time.", "/pulse pause 1")


@pytest.mark.parametrize("typed", ["atlas", "#atlas", "beacon"])
def test_what_is_near_no_command(typed: str) -> None:
    """The name of a product is not taken for another word of a command."""
    assert nearest_command(typed, "", COMMANDS) is None


@pytest.mark.parametrize("typed", ["number 1", "no. 1", "nr 1", "(1)", "#1", "question no. 1", "question #1"])
def test_a_number_as_people_write_it(typed: str) -> None:
    """The words and marks around it are left out."""
    assert read_number(typed, "close") == 1


@pytest.mark.parametrize(
    "command, right", [("pause", "off"), ("delete", "off"), ("resume", "on"), ("change", "edit")]
)
def test_a_digest_in_the_place_of_a_number(command: str, right: str) -> None:
    """The command of the digest is named."""
    with pytest.raises(CommandSyntaxError) as refused:
        read_number("digest", command)
    assert refused.value.form == f"/pulse digest {right}"


@pytest.mark.parametrize(
    "typed, number, add",
    [
        ("add <@U1|sam> to 13", 13, True),
        ("add <@U1|sam> to question 13", 13, True),
        ("13 - <@U1|sam>", 13, False),
        ("13 + <@U1|sam>", 13, True),
    ],
)
def test_leads_in_any_order(typed: str, number: int, *, add: bool) -> None:
    """The number may stand last, and signs say what words say."""
    said = read_leads(typed)
    assert (said.number, said.user_id, said.add) == (number, "U1", add)
