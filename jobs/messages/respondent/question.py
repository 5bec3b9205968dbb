"""A question in a channel: open with its buttons, or closed with its count."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from jobs.cadence import DAYS
from jobs.instruments import INSTRUMENTS, Instrument
from jobs.messages.layout import ids
from jobs.messages.layout.blocks import Block, Message, actions, button, context, message, section
from jobs.messages.respondent.reminder import quiet_row
from jobs.messages.respondent.restore_words import AfterRestore, earlier_gone
from jobs.messages.wording.escaping import escape, one_line, safe
from jobs.messages.wording.voice import (
    MRKDWN,
    SPEECH,
    Voice,
    comment_readers,
    in_both_voices,
    listed,
    promise,
    spelled,
)
from jobs.messages.wording.waiting_words import closed_waiting, erased_waiting
from jobs.privacy.progress_rule import ClosedWait
from storage.records import Pulse, Wave

UI_VERSION = 1
"""The layout, stored with each wave: another one would restart a trend."""

NAMES_TELL = (
    "What you answer here also tells what you probably answered without your name, "
    "and what those who do not answer here answered."
)
"""What a named answer gives away beside itself."""

MOST_IN_A_ROW = 4
LONGEST_QUESTION = 400  # more than any wording with its subject; escaped it still fits a paragraph
LONGEST_READ_AS = 75  # Slack's limit for what is read instead of a label


def question_text(instrument: Instrument, subject: str) -> str:
    """The plain question, its lead-in first, as it is stored with the wave. Not escaped."""
    words = one_line(subject)
    return " ".join(filter(None, [instrument.lead_in_about(words), instrument.question_about(words)]))


def question(
    wave: Wave, *, answered: int, added: Sequence[str] = (), restored: AfterRestore | None = None
) -> Message:
    """The open question; at no answers the count is left out.

    `added` are channels that read the results since the question was last asked, and the small print says so;
    so it does where nothing was asked here since the database was `restored`.
    """
    instrument = INSTRUMENTS[wave.pulse.instrument]
    wording = QuestionWording(instrument, wave.question, wave.pulse.subject, named_to(wave.pulse))
    small = [_small_print(voice, wave, answered, added, restored) for voice in (MRKDWN, SPEECH)]
    quiet = "Privacy, Not now, Stop asking me."
    buttons = f"Buttons: Answer, {quiet}" if instrument.has_form else f"Other buttons: {quiet}"
    return message(
        f"{wording.full(SPEECH)} {small[1]} {buttons}",
        section(wording.full(MRKDWN)),
        *_answer_rows(wave, instrument),
        context(small[0]),
        quiet_row(wave.id),
    )


def named_to(pulse: Pulse) -> str | None:
    """Who sees the names in a named pulse: "Priya Nair and workspace admins"; None in a confidential one."""
    return comment_readers(pulse) if pulse.named else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """The edition that will have the results of a closed question; no day: no digest reads it.

    It is in a channel that everybody here may know, or in a private one, whose `lead` is named instead.
    `soon` says that it comes within a week after the close. Or somebody has shared them here on `shared_on`,
    in the message at `shared_link`, where that is known.
    """

    on: date | None = None
    soon: bool = False
    channel_id: str | None = None
    lead: str | None = None
    shared_on: date | None = None
    shared_link: str | None = None


def closed(
    wave: Wave, *, answered: int, results: Results | None, waits: ClosedWait | None = None, weeks: int = 4
) -> Message:
    """The question after its close, without buttons.

    `results` says where they will be read; None: there will be none. Or it `waits`, by the setting of so many
    weeks between two scores; or, where the wave was taken out of what waits, its answers are erased.
    """
    thanks = f"{answered:,} answered, thank you." if answered else ""
    in_speech, where = in_both_voices(lambda voice: _where(voice, results, wave) if results else "")
    if waits:
        in_speech = where = closed_waiting(waits, answered, weeks, once=wave.pulse.cadence is None)
    if wave.taken_down and answered:
        in_speech = where = erased_waiting(answered)
    when = [voice.when(wave.closes_at, wave.pulse.zone) for voice in (MRKDWN, SPEECH)]
    shown = f"Closed {when[0]}" + (f" · {thanks}" if thanks else ".")
    wording = QuestionWording(INSTRUMENTS[wave.pulse.instrument], wave.question, wave.pulse.subject, None)
    aloud = [wording.bold(SPEECH), f"Closed on {when[1]}.", thanks, in_speech]
    return message(
        " ".join(filter(None, aloud)),
        section(wording.bold(MRKDWN)),
        context("\n".join(filter(None, [shown, where]))),
    )


def _where(voice: Voice, results: Results, wave: Wave) -> str:
    """Where the results will be read: in this channel, in another one, or by somebody who is named."""
    if results.shared_on is not None:
        shared = f"shared here on {voice.day(results.shared_on)}"
        link = results.shared_link
        return f"Results: <{escape(link)}|{shared}>." if link and not voice.aloud else f"Results: {shared}."
    if results.on is None:  # results are shared from a digest
        return ""
    day = voice.day(results.on, weekday=True)
    if results.lead is not None:
        return f"{safe(results.lead)} gets the results on {day} and can share them here."
    if results.channel_id != wave.pulse.channel_id:
        return f"Results: in the digest on {day} in <#{results.channel_id}>."
    edition = f"{DAYS[results.on.weekday()]}'s digest"
    if not results.soon:
        edition = f"the digest of {voice.day(results.on)}"
    return f"Results: {edition}, in this channel."


@dataclass(frozen=True, slots=True)
class QuestionWording:
    """The question as it stands above its buttons; `text` is what `question_text` gave when it was asked."""

    instrument: Instrument
    text: str
    subject: str
    seen_by: str | None

    def full(self, voice: Voice) -> str:
        """The bold question, the words of its scale, and whose names are seen, line by line."""
        names: tuple[str, ...] = ()
        if self.seen_by:
            seen = f"With your name: {self.seen_by} see your name with your answer and your comment."
            names = (voice.bold(seen), NAMES_TELL)
        return voice.lines(self.bold(voice), self._how(voice), *names)

    def bold(self, voice: Voice) -> str:
        """The question alone, its lead-in in plain letters above it."""
        text = escape(one_line(self.text, LONGEST_QUESTION))
        lead_in = self.instrument.lead_in_about(safe(self.subject))
        if lead_in and text.startswith(f"{lead_in} "):
            return voice.lines(lead_in, voice.bold(text.removeprefix(f"{lead_in} ")))
        return voice.bold(text)

    def _how(self, voice: Voice) -> str:
        if not self.instrument.has_form:
            return _choose(self.instrument) if voice.aloud else self.instrument.scale.words
        effort = self.instrument.effort or ""
        return f"{effort} Press Answer.".strip() if voice.aloud else effort


def _small_print(
    voice: Voice, wave: Wave, answered: int, added: Sequence[str], restored: AfterRestore | None
) -> str:
    pulse = wave.pulse
    read_by = comment_readers(pulse)
    promised = promise(
        named=pulse.named,
        group=wave.promise,
        members=wave.invited,
        once=pulse.asked_once,
        read_by=read_by,
    )
    who = f"Asked by {safe(pulse.asked_by)}. {promised}"
    if added:
        channels = listed([f"<#{channel}>" for channel in added])
        who += f" New: {channels} now {'sees' if len(added) == 1 else 'see'} the scores."
    closes = f"Closes {voice.when(wave.closes_at, pulse.zone)}"
    put_back = earlier_gone(voice, restored) if restored else ""
    if voice.aloud:
        return voice.lines(who, put_back, f"{closes}.", f"{answered:,} answered." if answered else "")
    return voice.lines(who, put_back, closes + (f" · {answered:,} answered" if answered else ""))


def _choose(instrument: Instrument) -> str:
    """What to do, for somebody who hears it: every point with its words, or the two ends."""
    scale = instrument.scale
    if len(scale.labels) == len(scale.points):
        points = ", ".join(f"{point} {scale.labels[point]}" for point in scale.points)
        return f"Choose a number with the buttons of this message: {points}."
    ends = ", to ".join(f"{point}, {scale.labels[point]}" for point in (scale.low, scale.high))
    return f"Choose a number from {ends}, with the buttons of this message."


def _answer_rows(wave: Wave, instrument: Instrument) -> list[Block]:
    if instrument.has_form:
        subject, many = one_line(wave.pulse.subject), spelled(instrument.item_count)
        read_as = f"Answer {many} statements about {subject}"
        if len(read_as) > LONGEST_READ_AS:
            read_as = f"Answer {many} statements"
        return [
            actions(ids.form_block(wave.id), button("Answer", ids.OPEN_FORM, value=wave.id, read_as=read_as))
        ]
    return [
        actions(ids.rate_block(wave.id, 1, row[0]), *(_point(instrument, point) for point in row))
        for row in rows(instrument.scale.points)
    ]


def rows(points: Sequence[int]) -> list[Sequence[int]]:
    """The points in even rows of at most four, the longer ones first: 11 as 4, 4, 3; 5 as 3, 2."""
    number = -(-len(points) // MOST_IN_A_ROW)
    size, longer = divmod(len(points), number)
    starts = [row * size + min(row, longer) for row in range(number + 1)]
    return [points[start:end] for start, end in pairwise(starts)]


def _point(instrument: Instrument, point: int) -> Block:
    label = instrument.scale.labels.get(point)
    read_as = f"{point} of {instrument.scale.high}"
    if label and len(f"{read_as}, {label}") <= LONGEST_READ_AS:
        read_as = f"{read_as}, {label}"
    return button(str(point), ids.point(point), value=str(point), read_as=read_as)
