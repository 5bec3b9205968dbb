"""The replies under a digest: figures, what each side says of the other, topics, comments, sources."""

from jobs.contrast import Contrast, People, Side
from jobs.instruments import INSTRUMENTS
from jobs.messages.layout.blocks import Message, context, message, section
from jobs.messages.report.quotation import quotation, quotation_aloud
from jobs.messages.report.side_cards import across, sides
from jobs.messages.report.side_details import in_full
from jobs.messages.report.topic_table import topics
from jobs.messages.wording.vocabulary import TONES, side_words
from jobs.messages.wording.voice import MRKDWN, SPEECH, Voice, capital, count, in_both_voices
from jobs.messages.wording.why_not import hidden_group

_PEOPLE = {
    People.DIFFERENT: "Two different groups of people were asked.",
    People.SAME: "The same people were asked on both sides.",
    People.SOME: "Some people were asked both questions.",
}
_TONE_NOTE = "Tone is read by a program and can be wrong. Those who write differ from those who do not."


def thread(contrast: Contrast) -> list[Message]:
    """The replies in their order, each a message of its own; none where neither side shows anything."""
    if not contrast.is_shown:
        return []
    made = [_figures(contrast), _across(contrast), topics(contrast), _comments(contrast), _sources(contrast)]
    return [reply for reply in made if reply]


def _figures(contrast: Contrast) -> Message:
    spoken, shown = (
        [said for side in sides(contrast) if (said := in_full(voice, side, contrast))]
        for voice in (SPEECH, MRKDWN)
    )
    return message(" ".join(["The figures.", *spoken]), *map(section, shown))


def _across(contrast: Contrast) -> Message | None:
    spoken, shown = in_both_voices(lambda voice: across(voice, contrast))
    if not shown:
        return None
    if contrast.people is None:
        return message(spoken, section(shown))
    people = _PEOPLE[contrast.people]
    return message(f"{people} {spoken}", section(shown), context(people))


def _comments(contrast: Contrast) -> Message:
    """How many wrote, in what tone, and the one comment that may be quoted.

    It is there also when nothing of it may be shown any more, so that the replies after it keep their
    places.
    """
    spoken, shown = (
        [_wrote(voice, side, contrast) for side in sides(contrast)] for voice in (SPEECH, MRKDWN)
    )
    hidden = "" if any(shown) else hidden_group()
    said = ["What people wrote.", *spoken, hidden, quotation_aloud(contrast.quote, about=True), _TONE_NOTE]
    return message(
        " ".join(filter(None, said)),
        section("\n".join(filter(None, [*shown, hidden]))),
        *quotation(contrast.quote),
        context(_TONE_NOTE),
    )


def _wrote(voice: Voice, side: Side, contrast: Contrast) -> str:
    if side.wrote is None:
        return ""
    who = voice.bold(f"{capital(side_words(side.lens, contrast.product))}:")
    return f"{who} {', '.join([count(side.wrote, 'comment'), *_tones(side)])}."


def _tones(side: Side) -> list[str]:
    """The tones that may be shown, always in the same order, and all others as one number."""
    shown = {tone: side.tone[tone] for tone in TONES if tone in side.tone} if side.tone else {}
    rest = (side.wrote or 0) - sum(shown.values())
    if not shown:
        return []
    other = [f"{rest:,} {'not' if len(shown) == 1 else 'of another tone'}"] if rest else []
    return [*(f"{number:,} {TONES[tone]}" for tone, number in shown.items()), *other]


def _sources(contrast: Contrast) -> Message | None:
    """The trademark and source lines of the instruments whose figures are shown."""
    used = [INSTRUMENTS[s.score.instrument] for s in sides(contrast) if s.score and s.is_shown]
    lines = " ".join(dict.fromkeys(instrument.credit for instrument in used if instrument.credit))
    return message(lines.replace("© ", ""), context(lines)) if lines else None
