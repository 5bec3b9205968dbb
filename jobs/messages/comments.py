"""Comments as leads read them: three at a time, in no order, without days (wireframes 2.5)."""

from collections.abc import Mapping, Sequence
from functools import partial

from jobs.messages import ids
from jobs.messages.blocks import Block, Message, actions, button, context, message, plain_section, section
from jobs.messages.text import clean, safe, said
from jobs.messages.vocabulary import TONES, side_words, tone_word, topic_word
from jobs.messages.words import SHOWN, Voice, both, capital, count, spelled
from storage.records import Comment, Lens, Period, Sentiment, Touchpoint

ON_A_PAGE = 3
LONGEST = 1_100  # of one comment in `text`, which has 4,000 characters
TONE_NOTE = "tone is read by a program"  # ": correct it with the menu" comes with the menu


def comments_page(
    comments: Sequence[Comment],
    *,
    product: str,
    heading: str,
    total: int,
    offset: int,
    period: Period,
    words: str = "",
    topic: Touchpoint | None = None,
    names: Mapping[str, str] | None = None,
) -> Message:
    """Up to three comments of `total`, `offset` having come before; [More] while there are others.

    `heading` is that of `comments_heading`, `words` is what was typed after `/pulse comments`. `topic` is the
    one asked for, which then is not repeated. `names` has the people of named pulses by comment id.
    """
    shown = list(comments[:ON_A_PAGE])
    seen = offset + len(shown)
    small = [both(partial(_small, comment=each, topic=topic, names=names)) for each in shown]
    foot_aloud, foot = both(lambda voice: _foot(voice, period, offset, seen, total))
    more = _more(words, seen, total)
    people = count(total, "person", "people")
    spoken = [
        f"{number}: {said(each.text, LONGEST)} {capital(aloud)}."
        for number, (each, (aloud, _)) in enumerate(zip(shown, small, strict=True), offset + 1)
    ]
    pairs = [(_text(each), context(print_)) for each, (_, print_) in zip(shown, small, strict=True)]
    start = f"{heading}, {safe(product)}, from {people}, in no order."
    return message(
        " ".join(filter(None, [start, *spoken, foot_aloud, "Button: More." if more else ""])),
        section(f"{SHOWN.bold(f'{heading},')} {safe(product)}\n{people}, in no order"),
        *(block for pair in pairs for block in pair),
        context(foot),
        *more,
    )


def comments_heading(
    product: str, *, lens: Lens | None, sentiment: Sentiment | None, topic: Touchpoint | None
) -> str:
    """What is read: "Comments about billing", "Negative comments on being a customer about speed"."""
    tone = f"{capital(TONES[sentiment])} comments" if sentiment else "Comments"
    side = f" on {side_words(lens, product)}" if lens else ""
    return f"{tone}{side}{f' about {topic_word(topic)}' if topic else ''}"


def _text(comment: Comment) -> Block:
    """The comment; the menu that corrects its tone will stand at its side."""
    return plain_section(clean(comment.text), accessory=None)


def _small(voice: Voice, comment: Comment, topic: Touchpoint | None, names: Mapping[str, str] | None) -> str:
    """Who, where that may be known, the tone, and the topics beyond the one asked for."""
    who = (names or {}).get(comment.id)
    topics = comment.touchpoints if comment.touchpoints != (topic,) else ()
    parts = [safe(who) if who else "", tone_word(comment.sentiment), ", ".join(map(topic_word, topics))]
    return (", " if voice.aloud else " · ").join(filter(None, parts))


def _foot(voice: Voice, period: Period, offset: int, seen: int, total: int) -> str:
    which = f"{seen} of {total:,} shown" if not offset else f"{offset + 1} to {seen} of {total:,} shown"
    if voice.aloud:
        return f"{voice.period(period)}, {which}. {capital(TONE_NOTE)}."
    return f"{voice.period(period)} · {which} · {TONE_NOTE}"


def _more(words: str, seen: int, total: int) -> list[Block]:
    if seen >= total:
        return []
    following = min(ON_A_PAGE, total - seen)
    read_as = f"{capital(spelled(following))} more {'comment' if following == 1 else 'comments'}"
    value = ids.write_page(ids.Page(words, seen))
    return [
        actions(ids.comments_block(seen), button("More", ids.MORE_COMMENTS, value=value, read_as=read_as))
    ]
