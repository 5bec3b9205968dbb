"""`/pulse ask`."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from handlers.syntax.pulses import AskWords, check_ask, read_ask, read_plan
from handlers.syntax.syntax_error import CommandSyntaxError
from jobs.messages.layout import ids
from jobs.messages.lead.ask_draft import AskDraft

BERLIN = "Europe/Berlin"
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 27, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize("parts", [*permutations(["<#C1|buyers>", "about Atlas Pro", "until fri 17:00"])])
def test_clauses_come_in_any_order(parts: tuple[str, ...]) -> None:
    """Channel, product and close may stand in any order after the instrument."""
    assert read_ask(f"nps {' '.join(parts)}", now=NOW, zone=BERLIN) == AskWords(
        instrument="nps", channel_id="C1", about="Atlas Pro", until=FRIDAY
    )


@pytest.mark.parametrize(
    "text, expected",
    [
        ("", AskWords()),
        ("nps", AskWords(instrument="nps")),
        ("NPS  about  Atlas", AskWords(instrument="nps", about="Atlas")),
        ("umux-lite here", AskWords(instrument="umux_lite")),
        ("UMUX lite in <#C1|>", AskWords(instrument="umux_lite", channel_id="C1")),
        ("nps for 3 days", AskWords(instrument="nps", until=NOW + timedelta(days=3))),
        ("nps about Tools for Teams", AskWords(instrument="nps", about="Tools for Teams")),
        ("nps about “Wait until Dark”", AskWords(instrument="nps", about="Wait until Dark", quoted=True)),
        ("nps about R&amp;D", AskWords(instrument="nps", about="R&D")),
        ("nps about Atlas in <#C1|x>", AskWords(instrument="nps", channel_id="C1", about="Atlas")),
    ],
)
def test_what_people_type(text: str, expected: AskWords) -> None:
    """What is not said is None; a name that holds a keyword stands in quotes."""
    assert read_ask(text, now=NOW, zone=BERLIN) == expected


@pytest.mark.parametrize(
    "text, says",
    [
        ("about Atlas", "Say which question"),
        ("nsp about Atlas", "Did you mean nps?"),
        ("nps about", "Say which product it is about"),
        ("nps about *Atlas*", "Leave out the * in the name"),
        (f"nps about {'x' * 61}", "at most 60"),
        ("nps until 25:00", '"25:00" is not a time'),
        ("nps until yesterday", '"yesterday" is over.'),
        ("nps until", 'Say a day or a time after "until".'),
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


@pytest.mark.parametrize(
    "rule, days, says",
    [
        ("weekly mon 09:00", 14, "It is asked again after 1 week. Choose 1 week or less."),
        ("daily 09:00", 3, "It is asked again after 1 day. Choose 1 day or less."),
        ("weekdays 09:00", 3, "It is asked again after 1 day. Choose 1 day or less."),
        ("cron 0 9 * * 1,4", 7, "It is asked again after 3 days. Choose 3 days or less."),
        ("cron 0 9 * * 1,3", 3, "It is asked again after 2 days. Choose 1 day or less."),
        ("cron 0 9 1,8 * *", 14, "It is asked again after 1 week. Choose 1 week or less."),
        ("weekly mon 09:00", 7, None),
        ("daily 09:00", 1, None),
        ("daily 09:00", None, None),
        ("every 2 weeks mon 09:00", 14, None),
        ("monthly 31 09:00", 14, None),
        ("quarterly 15 09:00", 14, None),
    ],
)
def test_a_question_is_not_open_when_it_is_asked_again(rule: str, days: int | None, says: str | None) -> None:
    """A schedule that would overlap itself is refused at its field, with the longest time that works."""
    length = None if days is None else timedelta(days=days)
    draft = AskDraft(
        instrument="nps", product="Atlas", channel_id="C1", zone=BERLIN, cadence=rule, open_for=length
    )
    assert check_ask(draft, zone=BERLIN, now=NOW)[1].get(ids.OPEN_FOR_BLOCK) == says


@pytest.mark.parametrize("often", ["monday 9am", "every fornight 09:00", "mondays", "every day", "25:00 mon"])
def test_the_hint_of_a_schedule_works_in_its_field(often: str) -> None:
    """What the field of a schedule offers is taken by it when it is typed exactly."""
    draft = AskDraft(instrument="nps", product="Atlas", channel_id="C1", zone=BERLIN, cadence=often)
    problem = check_ask(draft, zone=BERLIN, now=NOW)[1].get(ids.OFTEN_BLOCK)
    if problem:
        offered = problem.partition("For example: ")[2].removesuffix(".")
        assert check_ask(replace(draft, cadence=offered), zone=BERLIN, now=NOW)[1] == {}


@pytest.mark.parametrize(
    "text, offered",
    [
        ("<#C1|x>", "ask nps #x until fri 17:00"),
        ("nps #nowhere", "ask"),
        ("nps in #nowhere about Atlas", "ask"),
        ("nps <#C1> about Atlas until fri 25:00", "ask"),
        ("nps <#C1|x> <#C2|y>", "ask"),
        ("npss <#C1|x>", "ask nps #x until fri 17:00"),
        ("<#C1|x> Atlas", "ask nps #x until fri 17:00"),
        ("csat <#C1|x> Atlas", "ask csat #x about Atlas until fri 17:00"),
        ("csat <#C1|x> about *Atlas*", "ask csat #x about Atlas until fri 17:00"),
        ("csat in <#C1|x> about Atlas until yesterday", "ask csat #x about Atlas until fri 17:00"),
        ("csat about Beacon to <#C1|x> for 3 parsecs", "ask csat #x about Beacon for 3 days"),
        ("nps <#C1|x> about Beacon until fri 25:00", "ask nps #x about Beacon until fri 17:00"),
        (
            "nps about Beacon until tue 25:00 New York",
            "ask nps about Beacon until tue 17:00 America/New_York",
        ),
        ("nps <#C1|x> until tue 25:00 GMT+1", "ask nps #x until tue 17:00 GMT+1"),
        ("nps about Beacon until fri morning", "ask nps about Beacon until fri 09:00"),
        ("nps about Beacon until fri 18:00 sharp", "ask nps about Beacon until fri 18:00"),
        ("nps about Beacon until fri latest", "ask nps about Beacon until fri 17:00"),
    ],
)
def test_what_is_offered_posts_where_and_about_what_was_typed(text: str, offered: str) -> None:
    """The channel, the zone, the question and the name stay; else the form is offered, which only opens."""
    with pytest.raises(CommandSyntaxError) as refused:
        read_ask(text, now=NOW, zone=BERLIN)
    assert refused.value.form == f"/pulse {offered}"
    typed = offered.removeprefix("ask").replace("#x", "<#C1|x>")
    assert (read_ask(typed, now=NOW, zone=BERLIN).channel_id or "") == ("C1" if "#x" in offered else "")


@pytest.mark.parametrize(
    "text, offered",
    [
        ("csat about Beacon monthly", "csat about Beacon monthly 31 09:00 Europe/Berlin"),
        (
            "csat <#C1|x> about Beacon every fornight",
            "csat #x about Beacon every 2 weeks mon 09:00 Europe/Berlin",
        ),
        ("csat about Beacon tue 8:00 GMT+5:30", "csat about Beacon weekly tue 08:00 Asia/Kolkata"),
        ("csat Beacon tue 8:00 London", "csat about Beacon weekly tue 08:00 Europe/London"),
        ("npss about Beacon tue 8:00", "nps about Beacon weekly tue 08:00"),
        ("csat about Beacon tue 25:00", "csat about Beacon weekly tue 09:00 Europe/Berlin"),
        ("csat #nowhere about Beacon tue 8:00", ""),
        ("csat about Beacon weekly on monday at 9", "csat about Beacon weekly mon 09:00 Europe/Berlin"),
        ("csat about Beacon weekly mon 09:00 for 2 weeks", "csat about Beacon weekly mon 09:00"),
    ],
)
def test_what_is_offered_of_a_schedule_keeps_what_was_typed(text: str, offered: str) -> None:
    """The question, the name, the channel, the rhythm and the zone of the line stand in what is offered."""
    with pytest.raises(CommandSyntaxError) as refused:
        read_plan(text, now=NOW, zone=BERLIN)
    assert refused.value.form == f"/pulse schedule {offered}".strip()
    asked, _, _ = read_plan(offered.replace("#x", "<#C1|x>"), now=NOW, zone=BERLIN)
    assert (asked.channel_id == "C1") is ("#x" in offered)


FOUR, EVERY_WEEK = "every 4 weeks mon 09:00 from", "weekly fri 09:00"


@pytest.mark.parametrize(
    "text, instrument, name, rule",
    [
        ("nps about Atlas every 4 weeks mon 09:00", "nps", "Atlas", FOUR),
        ("every 4 weeks mon 9am nps about Atlas", "nps", "Atlas", FOUR),
        ("nps every 4 weeks mon 09:00 about Atlas", "nps", "Atlas", FOUR),
        ("csat about Atlas weekly fri 09:00", "csat", "Atlas", EVERY_WEEK),
        ("csat on fridays 9:00 about Atlas", "csat", "Atlas", EVERY_WEEK),
        ("csat for Atlas every friday 9:00 Europe/London", "csat", "Atlas", EVERY_WEEK),
        ("monthly 31 09:00 about Atlas", None, "Atlas", "monthly 31 09:00"),
        ("umux-lite cron 0 9 * * 1", "umux_lite", None, "cron 0 9 * * 1"),
        ("nps about Atlas", "nps", "Atlas", None),
        ("nps", "nps", None, None),
    ],
)
def test_a_schedule_by_words_is_read(text: str, instrument: str | None, name: str | None, rule: str) -> None:
    """Question, product and rhythm in any order fill the form; what was not said stays open."""
    words, found, _ = read_plan(text, now=NOW, zone=BERLIN)
    assert (words.instrument, words.about) == (instrument, name)
    assert (found or "").startswith(rule or "")
    assert bool(found) is bool(rule)


@pytest.mark.parametrize(
    "text", ["nps about Atlas every fornight", "mood weekly mon 09:00", "nps weekly 25:00"]
)
def test_a_schedule_by_words_that_is_not_understood_is_said(text: str) -> None:
    """No words are passed over in silence; what is offered is read."""
    with pytest.raises(CommandSyntaxError) as refused:
        read_plan(text, now=NOW, zone=BERLIN)
    assert read_plan(refused.value.form.removeprefix("/pulse schedule "), now=NOW, zone=BERLIN)
