"""The question, the name and the time of `/pulse ask` and `schedule`, wherever they stand."""

from datetime import UTC, datetime

import pytest

from handlers.syntax import CommandSyntaxError, read_ask, read_plan

NOW = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)
BERLIN = "Europe/Berlin"


def hint(text: str) -> str:
    """The command that a refusal offers."""
    with pytest.raises(CommandSyntaxError) as refused:
        read_ask(text.replace("#atlas", "<#C1|atlas>"), now=NOW, zone=BERLIN)
    return refused.value.form


@pytest.mark.parametrize(
    "text, instrument, about",
    [
        ("about Atlas nps", "nps", "Atlas"), ("about Atlas csat", "csat", "Atlas"),
        ("about Atlas, sus", "sus", "Atlas"), ("about Atlas: CSAT", "csat", "Atlas"),
        ("about Atlas umux-lite", "umux_lite", "Atlas"), ("about Atlas umux lite", "umux_lite", "Atlas"),
        ("for Atlas nps", "nps", "Atlas"), ("about Atlas nps please", "nps", "Atlas"),
        ("about Atlas please nps", "nps", "Atlas"), ("about Atlas nps until fri", "nps", "Atlas"),
        ("about Atlas until fri nps", "nps", "Atlas"), ("until fri csat about Atlas", "csat", "Atlas"),
        ("until fri about Atlas sus", "sus", "Atlas"), ("about nps Atlas", "nps", "Atlas"),
        ("about Atlas customer effort score", "ces", "Atlas"),
        ("please run nps about Atlas", "nps", "Atlas"),
        ("about Atlas: send an invoice seq", "seq", "Atlas: send an invoice"),
        ("about the support you got ces", "ces", "the support you got"),
        ("about Atlas nps in #atlas", "nps", "Atlas"), ("nps about CSAT Central", "nps", "CSAT Central"),
        ("nps about Team NPS", "nps", "Team NPS"),
    ],
)  # fmt: skip
def test_the_question_stands_before_or_after_the_name(text: str, instrument: str, about: str) -> None:
    """It is in no name; a name that holds one has capitals, and the question stands before it."""
    said = read_ask(text.replace("#atlas", "<#C1|atlas>"), now=NOW, zone=BERLIN)
    assert (said.instrument, said.about) == (instrument, about)


@pytest.mark.parametrize(
    "text, right",
    [
        ("Atlas nps", "nps about Atlas until fri 17:00"),
        ("Atlas csat until fri", "csat about Atlas until fri 17:00"),
        ("Atlas sus #atlas", "sus #atlas about Atlas until fri 17:00"),
        ("Atlas umux lite", "umux_lite about Atlas until fri 17:00"),
        ("nps about Atlas csat", "nps about Atlas until fri 17:00"),
        ("nps about Atlas: about Beacon", "nps about Atlas until fri 17:00"),
        ("nps about Atlas about Beacon", "nps about Atlas until fri 17:00"),
        ("nps about Atlas, about Beacon", "nps about Atlas until fri 17:00"),
        ("nps about Atlas - about Beacon", "nps about Atlas until fri 17:00"),
        ("nps about Atlas. about Beacon", "nps about Atlas until fri 17:00"),
        ("nps about Atlas and about Beacon", "nps about Atlas until fri 17:00"),
        ("csat about Atlas until fri about Beacon", "csat about Atlas until fri 17:00"),
        ("csat about Atlas for 3 days about Beacon", "csat about Atlas until fri 17:00"),
        ("nps about Until Dawn until fri", 'nps about "Until Dawn" until fri'),
        ("nps about Until Dawn", 'nps about "Until Dawn" until fri 17:00'),
        ("nps about Live Until Dawn until fri", 'nps about "Live Until Dawn" until fri'),
        ("nps about Until Dawn for 3 days", 'nps about "Until Dawn" until fri 17:00'),
        ("csat about Till Eulenspiegel till mon", 'csat about "Till Eulenspiegel" until mon'),
        ("nps about Atlas fri", "nps about Atlas until fri"),
        ("nps about Atlas by friday", "nps about Atlas until friday"),
        ("nps about Atlas tomorrow", "nps about Atlas until tomorrow"),
        ("nps about Atlas mon 09:00", "nps about Atlas until mon 09:00"),
        ("nps about Atlas from mon to fri", "nps about Atlas until fri"),
        ("nps about Atlas today until fri", "nps about Atlas until fri"),
    ],
)  # fmt: skip
def test_the_hint_has_what_was_meant(text: str, right: str) -> None:
    """The name without words of the sentence, the channel and until when; it is taken as it is."""
    form = hint(text)
    assert form == f"/pulse ask {right}"
    typed = form.removeprefix("/pulse ask ").replace("#atlas", "<#C1|atlas>")
    names = {"Atlas", "Until Dawn", "Live Until Dawn", "Till Eulenspiegel"}
    assert read_ask(typed, now=NOW, zone=BERLIN).about in names


@pytest.mark.parametrize(
    "text, often",
    [
        ("weekly", "weekly mon 09:00"), ("every week", "weekly mon 09:00"),
        ("on weekdays", "weekdays 09:00"), ("twice a week", "cron 0 9 * * 1,4"), ("hourly", "daily 09:00"),
        ("monthly", "monthly 31 09:00"), ("every mon 9:00", "weekly mon 09:00"),
        ("on mondays and fridays", "cron 0 9 * * 1,5"), ("each monday", "weekly mon 09:00"),
        ("quarterly", "quarterly 15 09:00"),
    ],
)  # fmt: skip
def test_a_rhythm_after_a_name_is_a_schedule(text: str, often: str) -> None:
    """The hint is the command that sets it up, with the same question and name."""
    form = hint(f"csat about Atlas {text}")
    assert form.startswith(f"/pulse schedule csat about Atlas {often}")
    said, rule, _ = read_plan(form.removeprefix("/pulse schedule "), now=NOW, zone=BERLIN)
    assert (said.instrument, said.about) == ("csat", "Atlas")
    assert rule is not None


@pytest.mark.parametrize("before", ["in", "to", "from", "for", "with", "at", "on", "into", "inside", "via"])
def test_a_little_word_before_a_channel_is_in_no_name(before: str) -> None:
    """It says where the question is asked."""
    typed = f"nps about Atlas {before} <#C1|atlas>"
    planned, _, _ = read_plan(typed, now=NOW, zone=BERLIN)
    for said in (read_ask(typed, now=NOW, zone=BERLIN), planned):
        assert (said.about, said.channel_id) == ("Atlas", "C1")


@pytest.mark.parametrize(
    "text",
    [
        "nps about Atlas on weekdays", "nps about Atlas mon and wed 9am", "nps about Atlas twice a week",
        "nps about Atlas last friday of the month", "nps about Atlas hourly", "nps about Atlas until fri",
        "nps about Atlas the 15th", "nps about Atlas tomorrow",
        "about Atlas nps first monday of the month", "nps about Atlas weekly mon 09:00 until dec",
        "nps about Atlas: about Beacon weekly mon 09:00",
    ],
)  # fmt: skip
def test_words_of_a_schedule_are_in_no_name(text: str) -> None:
    """They are refused, with a hint that keeps the question and the name and is taken as it is."""
    with pytest.raises(CommandSyntaxError) as refused:
        read_plan(text, now=NOW, zone=BERLIN)
    typed = refused.value.form.removeprefix("/pulse schedule ")
    said, rule, _ = read_plan(typed, now=NOW, zone=BERLIN)
    assert (said.instrument, said.about) == ("nps", "Atlas")
    assert rule is not None


@pytest.mark.parametrize(
    "text, about",
    [
        ("nps about Black Friday", "Black Friday"),
        ("csat about your last order this week", "your last order this week"),
        ("nps about Far From Home", "Far From Home"),
        ("nps about From Software until fri", "From Software"), ("nps about All about Us", "All about Us"),
        ("nps about Mad About You", "Mad About You"),
        ("nps about for Atlas", "Atlas"), ("nps about about Atlas", "Atlas"),
        ('nps about "Atlas weekly"', "Atlas weekly"), ('nps about "Until Dawn" until fri', "Until Dawn"),
        ("nps about Last Mile", "Last Mile"),
    ],
)  # fmt: skip
def test_names_that_look_like_sentences_stay_names(text: str, about: str) -> None:
    """Written with capitals or in quotes, and words for a question may say when."""
    assert read_ask(text, now=NOW, zone=BERLIN).about == about
