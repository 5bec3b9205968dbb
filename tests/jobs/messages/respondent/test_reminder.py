"""The reminder and the words around it, as they were drawn, in every state."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from jobs.messages.respondent import quiet_words
from jobs.messages.respondent.reminder import quiet_row, reminder
from storage.records import Quiet, Wave, WhyQuiet
from tests.jobs.messages import examples
from tests.jobs.messages.checking import check, labels

LINK = "https://example.slack.com/archives/C0CUST/p1"
UNTIL = datetime(2026, 12, 14, 9, tzinfo=UTC)
ALONE = "Only you see this; there is no second reminder."
BEFORE = "Bifocal will not write to you before Mon 14 Dec,"
SILENT = "because three reminders in a row went without an answer."
WAVE = examples.wave()
CLOSED = replace(WAVE, closed_at=WAVE.closes_at)
GONE = replace(CLOSED, taken_down=True)
STOPPED = Quiet(why=WhyQuiet.STOPPED)
LATELY = Quiet(why=WhyQuiet.WRITTEN, until=UNTIL, since=UNTIL - timedelta(days=14))


@pytest.mark.parametrize(
    "instrument, closes_on, is_eve, when, effort",
    [
        ("nps", 4, True, "tomorrow", "One click"),
        ("nps", 0, False, "on Monday", "One click"),
        ("sus", 4, True, "tomorrow", "About 2 minutes"),
    ],
)
def test_a_reminder_is_as_it_was_drawn(
    instrument: str, closes_on: int, when: str, effort: str, *, is_eve: bool
) -> None:
    """It says the true day and the true effort, and nothing of who else has answered."""
    built = reminder("41", examples.pulse(instrument), closes_on=closes_on, is_eve=is_eve, link=LINK)
    check(built)
    rest = f"{effort}, in this channel. {ALONE}"
    buttons = "Buttons: Go to the question, Not now, Stop asking me."
    assert built["text"] == f"A question about Atlas closes {when}. {rest} {buttons}"
    assert built["blocks"][0]["text"]["text"] == f"*A question about Atlas closes {when}.* {rest}"
    actions = [each["action_id"] for each in built["blocks"][1]["elements"]]
    assert actions == ["open_link", "not_now", "stop_asking"]


def test_a_reminder_does_without_a_link() -> None:
    """Where Slack gives no link the reminder comes all the same; a subject is no markup."""
    pulse = replace(examples.pulse(), subject="<!channel> & *you*")
    built = reminder("41", pulse, closes_on=4, is_eve=True, link=None)
    check(built)
    assert labels(built) == ["Not now", "Stop asking me"]
    assert "<!channel>" not in str(built)


def test_the_quiet_buttons_say_what_they_do() -> None:
    """Under a question three quiet buttons stand, each with words for whoever hears them."""
    assert [each["accessibility_label"] for each in quiet_row("41")["elements"]] == [
        "Privacy: who sees this",
        "Not now: no reminder for this question",
        "Stop asking me: no reminders, no private messages",
    ]


@pytest.mark.parametrize(
    "wave, sent, answered, said, buttons",
    [
        (
            WAVE,
            False,
            False,
            "No reminder for this question. You can still answer until Friday 27 No",
            ["Undo"],
        ),
        (WAVE, True, False, "No more reminders for this question. You can still answer until", ["Undo"]),
        (WAVE, False, True, "No reminder for this question. You can change your answer until", ["Undo"]),
        (CLOSED, False, False, "This question has closed. There is no reminder for it.", []),
        (GONE, False, False, "This question is no longer here. There is no reminder for it.", []),
    ],
)
def test_not_now_says_what_is_true(
    wave: Wave, said: str, buttons: list[str], *, sent: bool, answered: bool
) -> None:
    """Of an open question with and without reminder or answer, of a closed one, of one that is gone."""
    built = quiet_words.no_reminder(wave, sent=sent, answered=answered, now=examples.NOW)
    check(built)
    assert built["text"].startswith(said)
    assert labels(built) == buttons


@pytest.mark.parametrize(
    "wave, sent, quiet, said",
    [
        (WAVE, False, None, f"Taken back. You may be reminded again: {quiet_words.AT_MOST}."),
        (WAVE, True, None, "Taken back. The reminder for this question went out to you; there is no second"),
        (WAVE, False, STOPPED, "Taken back. Bifocal does not write to you. Button: Ask me again."),
        (WAVE, False, LATELY, "Taken back. Bifocal will not write to you before Monday 14 December, because"),
        (CLOSED, False, None, "Taken back. This question has closed. There is no reminder for it."),
        (GONE, True, STOPPED, "Taken back. This question is no longer here. There is no reminder for it."),
    ],
)
def test_undo_says_what_is_true(wave: Wave, quiet: Quiet | None, said: str, *, sent: bool) -> None:
    """A reminder that was sent stays sent, a Stop or another pause holds on, and what is over is over."""
    built = quiet_words.reminder_again(wave, sent=sent, quiet=quiet, zone="UTC", now=examples.NOW)
    check(built)
    assert built["text"].startswith(said)


@pytest.mark.parametrize(
    "quiet, said",
    [
        (None, "Bifocal writes to you at most once in 14 days, such as a reminder before a question closes."),
        (STOPPED, "Bifocal does not write to you."),
        (
            LATELY,
            "Bifocal will not write to you before Mon 14 Dec, because a message went out to you on 30 Nov.",
        ),
        (
            Quiet(why=WhyQuiet.NOT_NOW, until=UNTIL),
            "Bifocal will not write to you before Mon 14 Dec, because you pressed Not now.",
        ),
        (Quiet(why=WhyQuiet.SILENT, until=UNTIL, since=UNTIL), f"{BEFORE} {SILENT}"),
    ],
)
def test_when_bifocal_may_write_next(quiet: Quiet | None, said: str) -> None:
    """The day and the reason stand in one plain sentence."""
    assert quiet_words.next_words(quiet, "Europe/Berlin") == said


def test_a_day_is_the_one_of_the_person() -> None:
    """Late in the evening in UTC it is the next day in Tokyo."""
    late = Quiet(why=WhyQuiet.NOT_NOW, until=UNTIL.replace(hour=20))
    assert "before Tue 15 Dec," in quiet_words.next_words(late, "Asia/Tokyo")
