"""What became of a pulse: paused, resumed, changed, closed, taken down."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from jobs.instruments import INSTRUMENTS
from jobs.messages.layout import ids
from jobs.messages.layout.blocks import Message, actions, button, message, section
from jobs.messages.lead.ask_preview import take_down_button
from jobs.messages.wording.escaping import safe
from jobs.messages.wording.voice import MRKDWN, Voice, count, in_both_voices
from storage.records import Pulse, Round, Wave


def paused(pulse: Pulse, *, open_wave: Wave | None = None) -> Message:
    """It is not asked again until somebody resumes it; an open question stays open."""

    def say(voice: Voice) -> str:
        stays = ""
        if open_wave:
            until = voice.when(open_wave.closes_at, pulse.zone)
            stays = f" The question that is open stays open until {until}."
        resume = voice.code(f"/pulse resume {pulse.number}")
        return f"{voice.bold(f'Question {pulse.number} is paused.')} It goes on with {resume}.{stays}"

    return _told(*in_both_voices(say))


def resumed(pulse: Pulse, *, next_at: datetime) -> Message:
    """It is asked again, from `next_at` on."""

    def say(voice: Voice) -> str:
        when = f" {voice.rhythm(pulse.cadence, pulse.zone)}." if pulse.cadence else ""
        following = f"Next: {voice.when(next_at, pulse.zone)}."
        return f"{voice.bold(f'Question {pulse.number} goes on.')}{when} {following}"

    return _told(*in_both_voices(say))


def changes(pulse: Pulse, *, open_wave: Wave | None, reworded: bool, waiting: int) -> list[str]:
    """What a lead should know before a schedule is changed to that of `pulse`, in mrkdwn.

    Other words make another question; `waiting` people's answers go with the former one.
    """
    paused = f"It is paused; {MRKDWN.code(f'/pulse resume {pulse.number}')} goes on with it."
    said = [paused if pulse.paused else f"Changes from {_first(MRKDWN, pulse)} on."]
    if open_wave:
        said.append("The question that is open stays as it is.")
    if reworded:
        go = "goes" if waiting == 1 else "go"
        gone = f" {count(waiting, 'waiting answer')} {go} with the former one." if waiting else ""
        said.append(
            "Other words are a new question: its scores start anew, and earlier ones cannot be compared."
            + gone
        )
    return said


def changed(pulse: Pulse, *, open_wave: Wave | None) -> Message:
    """The schedule is another one from now on; what is open stays as it is."""

    def say(voice: Voice) -> str:
        rhythm = f" {voice.rhythm(pulse.cadence, pulse.zone)}." if pulse.cadence else ""
        following = "It is still paused." if pulse.paused else f"Next: {_first(voice, pulse)}."
        stays = " The question that is open stays as it is." if open_wave else ""
        return (
            f"{voice.bold(f'The schedule of question {pulse.number} is changed.')}{rhythm} {following}{stays}"
        )

    return _told(*in_both_voices(say))


def _first(voice: Voice, pulse: Pulse) -> str:
    """The day on which a pulse is asked next, on its clock."""
    if pulse.next_at is None:
        return "the next time"
    return voice.day(pulse.next_at.astimezone(ZoneInfo(pulse.zone)).date(), weekday=True)


def end_schedule(pulse: Pulse, *, waiting: int) -> Message:
    """Asks once, with the button that does it; `waiting` people's answers go."""
    about = f"{INSTRUMENTS[pulse.instrument].name} about {safe(pulse.about)}, in <#{pulse.channel_id}>"
    answers = (
        "No answers wait to be counted. Comments that are not listed yet go with it, "
        "unless somebody else asks the same."
    )
    if waiting:
        go = "goes" if waiting == 1 else "go"
        answers = f"{count(waiting, 'waiting answer')} {go} with it, and comments that are not listed yet."

    def say(voice: Voice) -> str:
        rhythm = f", {voice.rhythm(pulse.cadence, pulse.zone, inside=True)}" if pulse.cadence else ""
        asked = voice.bold(f"End the schedule of question {pulse.number}?")
        return f"{asked} {about}{rhythm}. It is not asked again. {answers} All scores stay."

    aloud, shown = in_both_voices(say)
    ends = button("End it", ids.END_SCHEDULE, value=str(pulse.number))
    return message(
        f"{aloud} Button: End it.", section(shown), actions(ids.schedule_block(pulse.number), ends)
    )


def ended(pulse: Pulse, *, erased: int) -> Message:
    """It is not asked again, and what waited is erased."""
    gone = f" {count(erased, 'waiting answer')} {'is' if erased == 1 else 'are'} erased." if erased else ""
    return _told(
        *in_both_voices(
            lambda voice: f"{voice.bold(f'The schedule of question {pulse.number} has ended.')}{gone}"
        )
    )


def closed(wave: Wave) -> Message:
    """The open question has ended."""

    def say(voice: Voice) -> str:
        answers = count(wave.answered, "answer") if wave.answered else "No answers"
        return f"{voice.bold(f'Question {wave.pulse.number} is closed.')} {answers}."

    return _told(*in_both_voices(say))


_ALL_OF_FILE = (
    "All rounds that came with it are withdrawn, and its comments are erased. "
    "Of these months only the very same file can be imported again."
)


def take_down(wave: Wave, *, counted_in: Round | None) -> Message:
    """Asks once, with the button that does it; `counted_in` is the round that is withdrawn with the wave."""
    pulse = wave.pulse
    what = f"{INSTRUMENTS[pulse.instrument].name} about {safe(pulse.about)}, in <#{pulse.channel_id}>"
    answers = f"with {count(wave.answered, 'answer')}" if wave.answered else "without answers so far"
    source = counted_in.question.source if counted_in else ""

    def say(voice: Voice) -> str:
        asked = voice.bold(f"Take down question {pulse.number}?")
        if source:
            return f"{asked} {what}, imported from {source}. {_ALL_OF_FILE}"
        gone = (
            "It is removed from the channel, with its answers and comments. "
            "Comments that were listed together with these are listed no more."
        )
        return voice.lines(f"{asked} {what}, {answers}. {gone}", _withdrawing(voice, wave, counted_in))

    aloud, shown = in_both_voices(say)
    buttons = actions(ids.asked_block(wave.id), take_down_button(wave, ask=False))
    return message(f"{aloud} Button: Take it down.", section(shown), buttons)


def _withdrawing(voice: Voice, wave: Wave, counted_in: Round | None) -> str:
    """Which round goes with a wave, what becomes of those counted with it, and what stays."""
    if counted_in is None:
        return "No round goes with it, so all scores stay."
    others, never = counted_in.askings - 1, ""
    if others:
        which = "The other question" if others == 1 else f"The {others} other questions"
        never = f"{which} counted in it never {'counts' if others == 1 else 'count'} again."
    day, people = voice.day(_day(wave, counted_in)), count(counted_in.n, "answer")
    goes = f"1 round is withdrawn: that of {day}, {people}."
    return " ".join(filter(None, [goes, never, "All other rounds stay as they are."]))


def taken_down(wave: Wave, *, counted_in: Round | None, stays: bool = False) -> Message:
    """The question and its answers are gone, and the round in which they were counted is withdrawn.

    Where it `stays`, since Slack never said whether it was posted, that is said, and who can remove it.
    """

    def say(voice: Voice) -> str:
        down = voice.bold(f"Question {wave.pulse.number} is taken down.")
        gone = "Its answers and comments are erased."
        if counted_in and counted_in.question.source:
            gone = "All rounds that came with it are withdrawn, and its comments are erased."
        elif counted_in:
            gone += f" The score of {voice.day(_day(wave, counted_in))} is withdrawn."
        if stays:
            gone += (
                f" Its message could not be removed, since Slack did not say whether it stands in "
                f"<#{wave.pulse.channel_id}>. It goes once somebody presses one of its buttons. "
                "An admin can delete it at once."
            )
        return f"{down} {gone}"

    return _told(*in_both_voices(say))


def _day(wave: Wave, counted_in: Round) -> date:
    return counted_in.counted_at.astimezone(ZoneInfo(wave.pulse.zone)).date()


def _told(aloud: str, shown: str) -> Message:
    return message(aloud, section(shown))
