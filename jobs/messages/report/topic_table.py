"""What people wrote about, in which tone, and what each side says of the other: cuts of whole blocks.

A number that is not shown is hidden, and none of those that are shown lets it be worked out.
"""

from jobs.contrast import Contrast, Side
from jobs.messages.layout.blocks import Message, context, message, section
from jobs.messages.report.side_cards import sides
from jobs.messages.wording.escaping import safe
from jobs.messages.wording.vocabulary import TONES, topic_word
from jobs.messages.wording.voice import MRKDWN, SPEECH, Voice, capital, in_both_voices
from jobs.privacy.block_rule import BLOCK_FROM
from storage.records import BlockCut, Lens, Touchpoint

WRITERS = {Lens.CX: "customers", Lens.UX: "users"}
_OTHER = {Lens.CX: "the product itself", Lens.UX: "price or support"}
_WISH = "What asks for something to be added or changed is a wish, whatever its tone."
_NOTE = "A program reads tone and topic and can be wrong. People mention this; it need not be the reason."


def topics(contrast: Contrast) -> Message:
    """Tone and topics of both sides, and what each says of the other; how far off they are, where not yet.

    Of a side on which nothing was asked nothing is said: no comment can come there.
    """
    asked = [side for side in sides(contrast) if side.instrument]
    spoken, shown = ([_written(voice, side) for side in asked] for voice in (SPEECH, MRKDWN))
    across_aloud, across_shown = in_both_voices(lambda voice: across(voice, contrast))
    said = [*shown, across_shown] if across_shown else shown
    wishes = any(side.cut and side.cut.wishes is not None for side in asked)
    note = f"{_WISH} {_NOTE}" if wishes else _NOTE
    return message(" ".join(filter(None, [*spoken, across_aloud, note])), *map(section, said), context(note))


def across(voice: Voice, contrast: Contrast) -> str:
    """What each side says about the other; empty where neither may be shown."""
    said = [part for side in sides(contrast) if (part := _across(side))]
    return f"{voice.bold('Across.')} {' '.join(f'{capital(part)}.' for part in said)}" if said else ""


def most_written(voice: Voice, contrast: Contrast) -> str:
    """The first topic of each side; empty where neither may be shown, and where no score or word is.

    Such as "Most written about: billing (customers), speed (users).".
    """
    if not contrast.is_shown:
        return ""
    said = [
        f"{voice.bold(topic_word(topic))} ({_of_whom(side)})"
        for side in sides(contrast)
        if (topic := first_topic(side))
    ]
    return f"Most written about: {', '.join(said)}." if said else ""


def first_topic(side: Side) -> Touchpoint | None:
    """What the side names; in editions of an older version the largest topic of all its cuts."""
    if side.topic or side.history or side.cut is None:
        return side.topic
    return next(iter(_largest_first(side.cut)), None)


def _written(voice: Voice, side: Side) -> str:
    head = voice.bold(f"What {_of_whom(side)} write about.")
    if side.cut is None and side.reduced:
        return f"{head} Topics are not shown: one of the questions was taken down."
    if side.cut is None:
        return f"{head} Topics are shown from {BLOCK_FROM} comments; {side.uncut} so far."
    why = _too_small(side.cut, is_one=side.cut_of_one)
    return voice.lines(f"{head} {_tones(side.cut, why)}", _topics(voice, side.cut, why))


def _too_small(cut: BlockCut, *, is_one: bool) -> str:
    """Why something is not shown; of a sum of cuts "fewer than" is never said."""
    return f"fewer than {cut.need} comments" if is_one else "too small"


def _tones(cut: BlockCut, why: str) -> str:
    """The tones and wishes that may be shown, always in the same order, and all others as one number."""
    shown = [(TONES[tone], cut.tones[tone]) for tone in TONES if tone in cut.tones]
    only_a_tone = len(shown) == 1 and cut.wishes is None
    if cut.wishes is not None:
        shown.append(("wishes", cut.wishes))
    if not shown:
        return f"Of {cut.comments:,} comments. Tone is not shown: one part would be {why}."
    rest = cut.comments - sum(number for _, number in shown)
    rows = [f"{number:,} {word}" for word, number in shown]
    rows.append(f"{rest:,} not" if only_a_tone else f"{rest:,} others")
    return f"Of {cut.comments:,} comments: {', '.join(rows)}."


def _topics(voice: Voice, cut: BlockCut, why: str) -> str:
    rows = [(topic_word(topic), cut.topics[topic]) for topic in _largest_first(cut)]
    if not rows:
        return f"Topics are not shown: one part would be {why}."
    rows.append(("anything else", cut.comments - sum(number for _, number in rows)))
    said = (", " if voice.aloud else " · ").join(f"{what}: {number:,}" for what, number in rows)
    return f"{capital(said)}." if voice.aloud else capital(said)


def _largest_first(cut: BlockCut) -> list[Touchpoint]:
    return sorted(cut.topics, key=lambda topic: (-cut.topics[topic], topic))


def _across(side: Side) -> str:
    if side.cut is None or side.cut.across is None:
        return ""
    found = side.cut.across
    about = f"fewer than {side.cut.need}" if found.about_other is None else f"{found.about_other:,}"
    who = (
        f"comments of {_of_whom(side)}" if side.about else f"{WRITERS[side.lens].removesuffix('s')} comments"
    )
    return f"{about} of {found.comments:,} {who} are about {_OTHER[side.lens]}"


def _of_whom(side: Side) -> str:
    """Who writes on a side: "customers", "users"; of one of several products "users of Atlas"."""
    return f"{WRITERS[side.lens]} of {safe(side.about)}" if side.about else WRITERS[side.lens]
