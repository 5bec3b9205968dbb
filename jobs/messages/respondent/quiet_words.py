"""What is said of reminders: after each of their buttons, and when Bifocal may write to somebody next."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from jobs.messages.layout import ids
from jobs.messages.layout.blocks import Block, Message, actions, button, message, named_buttons, section
from jobs.messages.respondent.reminder import stop_button
from jobs.messages.wording.voice import MRKDWN, Voice, in_both_voices
from storage.records import Quiet, Wave, WhyQuiet

AT_MOST = "at most one reminder for a question, and one message in 14 days"
_ASKED_TO_STOP = "Bifocal does not write to you."
_MAY = "Bifocal writes to you at most once in 14 days, such as a reminder before a question closes."


def no_reminder(wave: Wave, *, sent: bool, answered: bool, now: datetime) -> Message:
    """Not now was pressed: of a question that is open, closed or gone."""
    if not wave.open_at(now):
        return _told(lambda voice: f"{_ended(voice, wave)} There is no reminder for it.")

    def say(voice: Voice) -> str:
        none = "No more reminders for this question." if sent else "No reminder for this question."
        can = "You can change your answer" if answered else "You can still answer"
        return f"{voice.bold(none)} {can} until {voice.when(wave.closes_at, wave.pulse.zone)}."

    return _told(say, _in_row(wave.id, button("Undo", ids.UNDO_NOT_NOW, value=wave.id)))


def reminder_again(wave: Wave, *, sent: bool, quiet: Quiet | None, zone: str, now: datetime) -> Message:
    """Not now was taken back."""

    def say(voice: Voice) -> str:
        said = voice.bold("Taken back.")
        if not wave.open_at(now):
            return f"{said} {_ended(voice, wave, plain=True)} There is no reminder for it."
        if sent:
            return f"{said} The reminder for this question went out to you; there is no second one."
        if quiet:
            return f"{said} {next_words(quiet, zone, voice)}"
        return f"{said} You may be reminded again: {AT_MOST}."

    row = [next_button(quiet, wave.id)] if quiet and quiet.why is WhyQuiet.STOPPED else []
    return _told(say, _in_row(wave.id, *row))


def stopped(*, leads: bool) -> Message:
    """Nothing is written to the person any more, but for what they lead, if they do."""

    def say(voice: Voice) -> str:
        never = voice.bold("Bifocal will not remind you or write to you any more.")
        still = "Questions still appear in your channels; you need not answer."
        return f"{never} {still}" + (" What you run still tells you when it fails." if leads else "")

    return _told(say, _in_row(ids.HOME, button("Undo", ids.ASK_AGAIN, value=ids.HOME)))


def asked_again(quiet: Quiet | None, zone: str) -> Message:
    """Something may be written to the person again, perhaps only later."""

    def say(voice: Voice) -> str:
        again = f"{voice.bold('Bifocal may write to you again:')} {AT_MOST}."
        return f"{again} {next_words(quiet, zone, voice)}" if quiet else again

    return _told(say)


def next_words(quiet: Quiet | None, zone: str, voice: Voice = MRKDWN) -> str:
    """When Bifocal may write to somebody next, and why not before; days are those of their zone."""
    if quiet is None:
        return _MAY
    if quiet.until is None:
        return _ASKED_TO_STOP
    until = voice.day(quiet.until.astimezone(ZoneInfo(zone)).date(), weekday=True)
    why = "you pressed Not now"
    if quiet.why is WhyQuiet.SILENT:
        why = "three reminders in a row went without an answer"
    elif quiet.since:
        why = f"a message went out to you on {voice.day(quiet.since.astimezone(ZoneInfo(zone)).date())}"
    return f"Bifocal will not write to you before {until}, because {why}."


def next_section(quiet: Quiet | None, zone: str) -> Block:
    """The same as a paragraph of the Home tab, with the button that stops it or lets it begin again."""
    words = MRKDWN.lines("*Next*", next_words(quiet, zone))
    return section(words, accessory=next_button(quiet, ids.HOME))


def next_button(quiet: Quiet | None, value: str) -> Block:
    """Stop asking me; once that is said, Ask me again. `value` says where it stands."""
    if quiet and quiet.why is WhyQuiet.STOPPED:
        return button("Ask me again", ids.ASK_AGAIN, value=value)
    return stop_button(value)


def _ended(voice: Voice, wave: Wave, *, plain: bool = False) -> str:
    gone = "This question is no longer here." if wave.taken_down else "This question has closed."
    return gone if plain else voice.bold(gone)


def _in_row(value: str, *row: Block) -> list[Block]:
    return [actions(ids.quiet_block(value), *row)] if row else []


def _told(say: Callable[[Voice], str], rows: list[Block] | None = None) -> Message:
    aloud, shown = in_both_voices(say)
    named = [named_buttons(row["elements"]) for row in rows or []]
    return message(" ".join([aloud, *named]), section(shown), *(rows or []))
