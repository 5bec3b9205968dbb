"""What became of a pulse: paused, resumed, closed, taken down."""

from datetime import datetime

from jobs.instruments import INSTRUMENTS
from jobs.messages.layout import ids
from jobs.messages.layout.blocks import Message, actions, message, section
from jobs.messages.lead.ask_preview import take_down_button
from jobs.messages.wording.escaping import safe
from jobs.messages.wording.voice import Voice, count, in_both_voices
from storage.records import Pulse, Wave


def paused(pulse: Pulse, *, open_wave: Wave | None = None) -> Message:
    """It is not asked again until somebody resumes it; an open question stays open."""

    def say(voice: Voice) -> str:
        stays = ""
        if open_wave:
            until = voice.when(open_wave.closes_at, pulse.zone)
            stays = f" The question that is open stays open until {until}."
        resume = voice.code(f"/pulse resume {pulse.number}")
        return f"{voice.bold(f'Pulse {pulse.number} is paused.')} It goes on with {resume}.{stays}"

    return _told(*in_both_voices(say))


def resumed(pulse: Pulse, *, next_at: datetime) -> Message:
    """It is asked again, from `next_at` on."""

    def say(voice: Voice) -> str:
        when = f" {voice.rhythm(pulse.cadence, pulse.zone)}." if pulse.cadence else ""
        following = f"Next: {voice.when(next_at, pulse.zone)}."
        return f"{voice.bold(f'Pulse {pulse.number} goes on.')}{when} {following}"

    return _told(*in_both_voices(say))


def closed(wave: Wave) -> Message:
    """The open question has ended."""

    def say(voice: Voice) -> str:
        answers = count(wave.answered, "answer") if wave.answered else "No answers"
        return f"{voice.bold(f'The question of pulse {wave.pulse.number} is closed.')} {answers}."

    return _told(*in_both_voices(say))


def take_down(wave: Wave) -> Message:
    """Asks once, with the button that does it."""
    pulse = wave.pulse
    what = f"{INSTRUMENTS[pulse.instrument].name} about {safe(pulse.subject)}, in <#{pulse.channel_id}>"
    answers = f"with {count(wave.answered, 'answer')}" if wave.answered else "without answers so far"

    def say(voice: Voice) -> str:
        asked = voice.bold(f"Take down the question of pulse {pulse.number}?")
        return f"{asked} {what}, {answers}. It is removed from the channel, with its answers."

    aloud, shown = in_both_voices(say)
    buttons = actions(ids.asked_block(wave.id), take_down_button(wave, ask=False))
    return message(f"{aloud} Button: Take it down.", section(shown), buttons)


def taken_down(wave: Wave) -> Message:
    """The question and its answers are gone."""
    number = wave.pulse.number
    return _told(
        *in_both_voices(
            lambda voice: (
                f"{voice.bold(f'The question of pulse {number} is taken down.')} Its answers are erased."
            )
        )
    )


def _told(aloud: str, shown: str) -> Message:
    return message(aloud, section(shown))
