"""Numbers, dates and counts in words, for the screen and for a screen reader."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.messages.wording import voice
from jobs.messages.wording.voice import MRKDWN, SPEECH
from storage.records import Period
from tests.jobs.messages import examples


@pytest.mark.parametrize(
    "value, options, shown, aloud",
    [
        (32.14, {"signed": True}, "+32", "plus 32"),
        (0.4, {"signed": True}, "0", "0"),
        (-0.4, {"signed": True}, "0", "0"),
        (-16.5, {"signed": True}, "−17", "minus 17"),
        (-3.0, {}, "−3", "minus 3"),
        (49.5, {"percent": True}, "50%", "50 percent"),
        (5.45, {"digits": 1}, "5.5", "5.5"),
        (69.4, {}, "69", "69"),
    ],
)
def test_numbers(value: float, options: dict[str, bool], shown: str, aloud: str) -> None:
    """Whole unless asked otherwise, half away from zero, with a real minus, in words when read aloud."""
    assert MRKDWN.number(value, **options) == shown
    assert SPEECH.number(value, **options) == aloud


def test_a_moment_is_a_token_for_the_eye_and_a_sentence_for_the_ear() -> None:
    """On the screen each reader sees their own clock; speech names the zone of the schedule."""
    assert MRKDWN.when(examples.CLOSES, "Europe/Berlin") == (
        "<!date^1795795200^{date_short_pretty} at {time}|Fri 27 Nov, 17:00 CET>"
    )
    assert SPEECH.when(examples.CLOSES, "Europe/Berlin") == "Friday 27 November at 17:00 CET"
    assert SPEECH.when(examples.CLOSES, "America/Sao_Paulo") == "Friday 27 November at 13:00 UTC-03"
    assert SPEECH.when(examples.CLOSES, None) == "Friday 27 November at 16:00 UTC"


def test_a_moment_follows_the_clock_of_its_zone() -> None:
    """In summer the same zone is named by its summer time."""
    assert SPEECH.when(datetime(2026, 7, 1, 15, tzinfo=UTC), "Europe/Berlin").endswith("at 17:00 CEST")


def test_a_moment_without_a_zone_is_refused() -> None:
    """A moment without a zone raises ValueError."""
    with pytest.raises(ValueError, match="zone"):
        MRKDWN.when(datetime(2026, 7, 1), "Europe/Berlin")  # noqa: DTZ001


@given(st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
@settings(deadline=None)
def test_a_shown_sentence_is_spoken_as_it_is_said(moment: datetime) -> None:
    """A mrkdwn sentence turned into speech has the words that speech has for its moments."""
    shown = f"*Open* until {MRKDWN.when(moment, 'Asia/Kolkata')}: `/pulse list`"
    assert voice.spoken(shown) == f"Open until {SPEECH.when(moment, 'Asia/Kolkata')}: /pulse list"


def test_spoken_keeps_letters() -> None:
    """Only marks go: stars within words, channels and entities stay, and a link keeps its label."""
    assert voice.spoken("a*b*c <#C1> &lt;x&gt;") == "a*b*c <#C1> &lt;x&gt;"
    assert voice.spoken("as on <https://x.slack.com/p1|16 Nov>.\nMore") == "as on 16 Nov. More"


def test_a_period_names_its_first_and_last_day() -> None:
    """The end is not part of it; years stand where they differ."""
    assert MRKDWN.period(examples.SIX_WEEKS) == "12 Oct to 22 Nov"
    assert SPEECH.period(examples.SIX_WEEKS) == "12 October to 22 November"
    assert MRKDWN.period(examples.NOVEMBER) == "9 to 20 Nov"
    day = Period(examples.NOVEMBER.start, examples.NOVEMBER.start + timedelta(days=1))
    assert SPEECH.period(day) == "9 November"
    over = Period(datetime(2026, 12, 28, tzinfo=UTC), datetime(2027, 2, 8, tzinfo=UTC))
    assert MRKDWN.period(over) == "28 Dec 2026 to 7 Feb 2027"
    assert SPEECH.day(date(2026, 11, 16)) == "16 November"


@pytest.mark.parametrize(
    "first, end, said",
    [
        ("2025-12-01", "2026-01-01", "from 1 to 31 Dec 2025"),
        ("2025-01-01", "2026-01-01", "from 1 Jan to 31 Dec 2025"),
        ("2025-01-01", "2025-04-01", "from 1 Jan to 31 Mar 2025"),
        ("2026-11-08", "2026-11-09", "on 8 Nov 2026"),
        ("2025-12-28", "2026-01-04", "from 28 Dec 2025 to 3 Jan 2026"),
    ],
)
def test_a_period_that_was_asked_for_names_its_year(first: str, end: str, said: str) -> None:
    """It may be another year than the reader thinks of; one day is one day."""
    start, after = (datetime.fromisoformat(each).replace(tzinfo=UTC) for each in (first, end))
    assert MRKDWN.within(Period(start, after)) == said


def test_counts() -> None:
    """One has no plural, and thousands are separated."""
    assert voice.count(1, "answer") == "1 answer"
    assert voice.count(1234, "answer") == "1,234 answers"
    assert voice.count(2, "person", "people") == "2 people"
    assert voice.spelled(10) == "ten"
    assert voice.listed(["a", "b", "c"]) == "a, b and c"
    assert voice.listed(["a"]) == "a"
    assert voice.listed([]) == ""


def test_answered_never_says_more_than_could() -> None:
    """Where it is not known how many could answer, or more did, only the answers are said."""
    assert voice.answered(28, 61) == "28 of 61 answered"
    assert voice.answered(28, None) == "28 answered"
    assert voice.answered(28, 20) == "28 answered"


def test_who_reads_comments() -> None:
    """At most two leads one by one, else how many, and always the admins; a name is text, never a mention."""
    of = replace(examples.pulse(), asked_by="<@U1>")
    said = {n: voice.comment_readers(replace(of, leads=tuple("U12345"[:n]))) for n in (1, 2, 3, 4)}
    assert said == {
        1: "&lt;@U1&gt; and workspace admins",
        2: "&lt;@U1&gt;, another lead and workspace admins",
        3: "3 leads and workspace admins",
        4: "4 leads and workspace admins",
    }


def test_code_ends_where_it_should() -> None:
    """A backtick does not end the code, and what people type stays letters."""
    assert MRKDWN.code("/pulse a`b <!here>") == "`/pulse a'b &lt;!here&gt;`"
    assert SPEECH.code("/pulse list") == "/pulse list"
    longest = (
        f"/pulse digest {'a' * 60} every 2 weeks mon 09:00 from 2026-11-30 America/Argentina/Buenos_Aires"
    )
    assert MRKDWN.code(longest) == f"`{longest}`"


def test_lines_stand_below_each_other_or_follow() -> None:
    """Lines are under each other on the screen and follow in speech; empty ones are left out."""
    assert MRKDWN.lines("a", "", "b") == "a\nb"
    assert SPEECH.lines("a", "", "b") == "a b"


def test_the_zone_of_berlin_is_read_from_its_name() -> None:
    """Aware moments of any zone mean the same moment."""
    local = examples.CLOSES.astimezone(ZoneInfo("Asia/Tokyo"))
    assert MRKDWN.when(local, "Europe/Berlin") == MRKDWN.when(examples.CLOSES, "Europe/Berlin")


@pytest.mark.parametrize(
    "rule, said",
    [
        ("weekly mon 09:00", "Mondays 09:00 Europe/Berlin"),
        ("monthly 1 09:00", "every month on day 1, 09:00 Europe/Berlin"),
        (
            "every 2 weeks mon 09:00 from 2026-11-02",
            "every 2 weeks on Mondays 09:00 Europe/Berlin, from 2 Nov",
        ),
    ],
)
def test_a_schedule_inside_a_sentence(rule: str, said: str) -> None:
    """It begins with a small letter, unless with a day; the zone stands beside the time."""
    assert MRKDWN.rhythm(rule, "Europe/Berlin", inside=True).startswith(said)
