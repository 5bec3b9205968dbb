"""The replies under a digest: figures, what people wrote about, sources."""

from jobs.contrast import Contrast
from jobs.instruments import INSTRUMENTS
from jobs.messages.layout.blocks import Message, context, message, section
from jobs.messages.report.side_cards import in_full, sides
from jobs.messages.report.topic_table import topics
from jobs.messages.wording.voice import MRKDWN, SPEECH


def thread(contrast: Contrast) -> list[Message]:
    """The replies in their order, each a message of its own; none where neither side shows anything."""
    if not contrast.is_shown:
        return []
    made = [_figures(contrast), topics(contrast), _sources(contrast)]
    return [reply for reply in made if reply]


def _figures(contrast: Contrast) -> Message:
    spoken, shown = (
        [said for side in sides(contrast) if (said := in_full(voice, side, contrast))]
        for voice in (SPEECH, MRKDWN)
    )
    return message(" ".join(["The figures.", *spoken]), *map(section, shown))


def _sources(contrast: Contrast) -> Message | None:
    """The trademark and source lines of the instruments whose figures are shown."""
    used = [INSTRUMENTS[s.score.instrument] for s in sides(contrast) if s.score and s.is_shown]
    lines = " ".join(dict.fromkeys(instrument.credit for instrument in used if instrument.credit))
    return message(lines.replace("© ", ""), context(lines)) if lines else None
