"""Who sees what, as it was drawn."""

from dataclasses import replace

import pytest

from jobs.messages.respondent import who_sees
from jobs.privacy.look import KeptFor
from storage.records import Wave
from tests.jobs.messages import examples
from tests.jobs.messages.checking import check
from tests.jobs.messages.drawing import drawn, plainly


def scheduled() -> Wave:
    """A question that is asked every week in a large channel."""
    return examples.wave(replace(examples.pulse(), cadence="weekly mon 09:00"))


def test_privacy_is_as_it_was_drawn() -> None:
    """What was drawn stands there, and what is kept for reminders, and what of saved messages."""
    built = who_sees.privacy(scheduled(), readers=[examples.digest()], weeks=4)
    check(built)
    since = (who_sees.REMINDERS, who_sees.SAVED)
    drawn_ones = [each for each in built["blocks"] if each.get("text", {}).get("text") not in since]
    assert len(drawn_ones) == len(built["blocks"]) - len(since)
    assert who_sees.SAVED in str(who_sees.privacy_in_general(5, weeks=4))
    assert plainly({**built, "blocks": drawn_ones}) == drawn("privacy")


def test_privacy_names_every_reader() -> None:
    """Each channel whose digest reads the question is named, with its rhythm."""
    readers = [
        examples.digest(channel_id=channel, cadence=cadence)
        for channel, cadence in (
            ("C1", "weekly tue 09:00"),
            ("C2", "every 2 weeks fri 09:00 from 2026-11-27"),
            ("C3", "monthly 31 09:00"),
            ("C4", "quarterly 1 09:00"),
            ("C5", "cron 0 9 * * 1"),
        )
    ]
    built = who_sees.privacy(examples.wave(), readers=readers, weeks=4)
    check(built)
    read = built["blocks"][5]["text"]["text"]
    assert read == (
        "*Who asks:* Priya Nair. *Who sees the scores:* <#C1>, on Tuesdays; <#C2>, every second Friday; "
        "<#C3>, once a month; <#C4>, once a quarter; <#C5>, Cron `0 9 * * 1` Europe/Berlin; "
        "<#C0ATLAS>, when somebody there asks for it."
    )


def test_without_a_digest_the_channel_itself_reads() -> None:
    """Without a digest, the channel of the question is named as the reader."""
    built = who_sees.privacy(examples.wave(), readers=[], weeks=4)
    check(built)
    assert "*Who sees the scores:* <#C0ATLAS>, when somebody there asks for it." in str(built)


def test_a_named_question_does_not_promise_what_it_does_not_keep() -> None:
    """A question with names says that leads see them and that the Slack id is kept."""
    built = who_sees.privacy(examples.wave(replace(examples.pulse(), named=True)), readers=[], weeks=4)
    check(built)
    said = str(built)
    assert (
        "*This question is asked with names.* Priya Nair and workspace admins see your name with what you "
        "choose and write. Others see only scores of 10 people or more."
    ) in said
    assert "What you answer here also tells what you probably answered without your name" in said
    assert "quotes it" not in said
    assert "code made from" not in said.replace(who_sees.REMINDERS, "")
    assert who_sees.WHAT_FIGURES_TELL in said


@pytest.mark.parametrize("promise, number, word", [(5, 9, "4 to 8"), (7, 9, "6 to 8"), (12, 11, None)])
def test_the_groups_are_those_that_were_promised(promise: int, number: int, word: str | None) -> None:
    """Privacy says from how many people on a score and a word are shown, and a comment is read."""
    small = examples.wave(scheduled().pulse, promise=promise, invited=11)
    said = str(who_sees.privacy(small, readers=[], weeks=4))
    assert f"It counts only together with {number} others or more." in said
    assert f"once {promise} people have written" in said
    assert ("for a word" in said) is bool(word)
    assert f"With {word} others it may count for a word" in said or word is None


@pytest.mark.parametrize(
    "invited, cadence, word",
    [(11, "weekly mon 09:00", True), (12, None, True), (12, "weekly mon 09:00", False)],
)
def test_a_word_is_announced_where_one_may_be_shown(invited: int, cadence: str | None, word: bool) -> None:  # noqa: FBT001
    """A word needs a small channel, or a question that is not repeated."""
    wave = examples.wave(replace(examples.pulse(), cadence=cadence), invited=invited)
    assert ("for a word" in str(who_sees.privacy(wave, readers=[], weeks=4))) is word


@pytest.mark.parametrize("weeks, said", [(2, "two weeks"), (3, "three weeks"), (4, "four weeks")])
def test_the_time_between_two_counts_is_as_it_is_set(weeks: int, said: str) -> None:
    """Privacy says after how many weeks a question is counted again."""
    built = who_sees.privacy(examples.wave(), readers=[], weeks=weeks)
    assert f"a question is counted at most once in {said}." in str(built)


@pytest.mark.parametrize("named", [False, True])
def test_how_long_it_is_kept_is_said_where_it_is_set(named: bool) -> None:  # noqa: FBT001
    """Beside who reads what you write; without the settings nothing is said of weeks."""
    wave = examples.wave(replace(examples.pulse(), named=named))
    kept = KeptFor(waiting=12, comments=52)
    said = str(who_sees.privacy(wave, readers=[], weeks=4, kept=kept))
    assert "After 52 weeks it is erased." in said
    assert ("What still waits to be counted 12 weeks after" in said) is not named
    assert "After 52 weeks" in str(who_sees.privacy_in_general(5, weeks=4, kept=kept))
    assert "is erased." not in str(who_sees.privacy(wave, readers=[], weeks=4))
