"""Comments as leads read them: three at a time, in random order, without dates."""

from collections.abc import Sequence
from functools import partial

from jobs.messages.layout import ids
from jobs.messages.layout.blocks import (
    Block,
    Message,
    View,
    actions,
    button,
    context,
    input_block,
    message,
    modal,
    option,
    plain_section,
    section,
    select,
)
from jobs.messages.wording.escaping import clean, safe, sentence_of_comment
from jobs.messages.wording.vocabulary import side_words, tone_word, topic_word
from jobs.messages.wording.voice import MRKDWN, Voice, capital, count, in_both_voices, spoken
from storage.records import Comment, Lens, Sentiment, Touchpoint

PER_PAGE = 3
LEADS_NO_MORE = (
    "Only full members of this workspace read what was written, "
    "not guests, people of other companies or bots, also where they have asked."
)
ROOM = 3_900  # characters of `text`, which takes 4,000; the comments share what the rest leaves
TONE_NOTE = "A program reads tone and topic; the menu corrects them."
TONES = (Sentiment.POSITIVE, Sentiment.NEUTRAL, Sentiment.NEGATIVE)
TOPIC = "topic"
HIDE = "hide"


def comments_page(
    comments: Sequence[Comment],
    *,
    product: str,
    total: int,
    more: ids.Page,
    lens: Lens | None = None,
    sentiment: Sentiment | None = None,
    touchpoint: Touchpoint | None = None,
    notes: Sequence[str] = (),
) -> Message:
    """A page of up to three comments of `total`, with [Next 3] while there are others.

    `more` is the page after this one. `lens`, `sentiment` and `touchpoint` are what was asked for. `notes`
    are sentences of mrkdwn that stand in the small print.
    """
    first, last = more.offset - PER_PAGE + 1, more.offset - PER_PAGE + len(comments)
    small = [in_both_voices(partial(_small, comment=each, topic=touchpoint)) for each in comments]
    foot_aloud, foot = in_both_voices(lambda voice: _foot(voice, first, last, total, notes))
    heading = _heading(product, total, lens, sentiment, touchpoint)
    button_row = _more(more, total)
    start = f"{heading}, shuffled."
    rest = len(start) + len(foot_aloud) + sum(len(aloud) + 10 for aloud, _ in small)
    room = (ROOM - rest) // PER_PAGE
    said = [
        f"{sentence_of_comment(each.text, room)} {capital(aloud)}."
        for each, (aloud, _) in zip(comments, small, strict=True)
    ]
    here = ids.Page(more.words, more.offset - PER_PAGE, more.seed)
    pairs = [
        (_text(each, place, here), context(shown))
        for place, (each, (_, shown)) in enumerate(zip(comments, small, strict=True))
    ]
    buttons = f"Buttons: menu, {_next(more, total)}." if button_row else "Button: menu."
    return message(
        " ".join([start, *said, foot_aloud, buttons]),
        section(f"{MRKDWN.bold(f'{heading},')} shuffled"),
        *(block for pair in pairs for block in pair),
        context(foot),
        *button_row,
    )


def _heading(
    product: str, total: int, lens: Lens | None, tone: Sentiment | None, topic: Touchpoint | None
) -> str:
    """The heading: "Being a customer, Atlas: 7 negative comments about billing"."""
    which = f"{tone_word(tone)} comment" if tone else "comment"
    about = f" about {topic_word(topic)}" if topic else ""
    return f"{_whose(lens, product)}: {count(total, which)}{about}"


def _whose(lens: Lens | None, product: str) -> str:
    if lens is None:
        return safe(product)
    side = capital(side_words(lens, product))
    return side if lens is Lens.UX else f"{side}, {safe(product)}"


def _text(comment: Comment, place: int, page: ids.Page) -> Block:
    """The comment with the menu that corrects its tone or topic, or hides it."""
    said = [option(f"Tone: {tone}", ids.correction(comment.id, tone)) for tone in TONES]
    said.append(option("Another topic", ids.correction(comment.id, TOPIC)))
    said.append(option("Hide this comment", ids.correction(comment.id, HIDE)))
    menu: Block = {"type": "overflow", "action_id": ids.CORRECT, "options": said}
    block = plain_section(clean(comment.text), accessory=menu)
    return block | {"block_id": ids.comment_block(place, page)}


def topic_form(comment: Comment) -> View:
    """The form that says what a comment is about."""
    topics = [option(capital(topic_word(topic)), topic.value) for topic in Touchpoint]
    chosen = comment.touchpoints[0].value if comment.touchpoints else None
    return modal(
        ids.TOPIC_FORM,
        "What is it about?",
        [
            plain_section(clean(comment.text)),
            input_block(ids.TOPIC_BLOCK, "Topic", select("topic", topics, chosen=chosen)),
        ],
        close="Cancel",
        submit="Save",
        metadata=ids.write_comment(comment.id),
    )


def _small(voice: Voice, comment: Comment, topic: Touchpoint | None) -> str:
    """Its tone, and its topics unless just one was asked for."""
    topics = comment.touchpoints if comment.touchpoints != (topic,) else ()
    parts = [tone_word(comment.sentiment), ", ".join(map(topic_word, topics))]
    return (", " if voice.aloud else " · ").join(filter(None, parts))


def _foot(voice: Voice, first: int, last: int, total: int, notes: Sequence[str]) -> str:
    which = f"{first} to {last} of {total:,}" if first < last else f"{last} of {total:,}"
    place = f"{which}, no names, no days." if voice.aloud else f"{which} · no names, no days"
    said = map(spoken, notes) if voice.aloud else notes
    return voice.lines(place, *said, TONE_NOTE)


def _more(more: ids.Page, total: int) -> list[Block]:
    label = _next(more, total)
    if not label:
        return []
    read_as = f"{label} of {total:,} comments"
    again = button(label, ids.MORE_COMMENTS, value=ids.write_page(more), read_as=read_as)
    return [actions(ids.comments_block(more.offset), again)]


def _next(more: ids.Page, total: int) -> str:
    following = min(PER_PAGE, total - more.offset)
    return f"Next {following}" if following > 0 else ""
