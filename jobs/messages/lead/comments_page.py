"""Comments as leads read them: three at a time, in random order, without dates."""

from collections.abc import Mapping, Sequence
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
from jobs.messages.wording.voice import MRKDWN, Voice, capital, count, in_both_voices, spelled
from storage.records import Comment, Lens, Period, Response, Sentiment, Touchpoint

PER_PAGE = 3
ROOM = 3_900  # characters of `text`, which takes 4,000; the comments share what the rest leaves
TONE_NOTE = "tone is read by a program: correct it with the menu"
TONES = (Sentiment.POSITIVE, Sentiment.NEUTRAL, Sentiment.NEGATIVE)
TOPIC = "topic"
HIDE = "hide"


def comments_page(
    responses: Sequence[Response],
    *,
    product: str,
    total: int,
    period: Period,
    more: ids.Page,
    lens: Lens | None = None,
    sentiment: Sentiment | None = None,
    touchpoint: Touchpoint | None = None,
    names: Mapping[str, str] | None = None,
) -> Message:
    """A page of up to three comments of `total`, with [More] while there are others.

    `more` is the page after this one. `lens`, `sentiment` and `touchpoint` are what was asked for. `names`
    has the people of named pulses by the id of their comment.
    """
    comments = [response.comment for response in responses if response.comment][:PER_PAGE]
    first, last = more.offset - PER_PAGE + 1, more.offset - PER_PAGE + len(comments)
    small = [
        in_both_voices(partial(_small, comment=each, topic=touchpoint, names=names)) for each in comments
    ]
    foot_aloud, foot = in_both_voices(lambda voice: _foot(voice, period, first, last, total))
    heading = _heading(product, lens, sentiment, touchpoint)
    people = count(total, "person", "people")
    button_row = _more(more, total)
    start = f"{heading}, {safe(product)}, from {people}, in no order."
    rest = len(start) + len(foot_aloud) + sum(len(aloud) + 10 for aloud, _ in small)
    room = (ROOM - rest) // PER_PAGE
    spoken = [
        f"{number}: {sentence_of_comment(each.text, room)} {capital(aloud)}."
        for number, (each, (aloud, _)) in enumerate(zip(comments, small, strict=True), first)
    ]
    here = ids.Page(more.words, more.offset - PER_PAGE, more.seed)
    pairs = [
        (_text(each, place, here), context(shown))
        for place, (each, (_, shown)) in enumerate(zip(comments, small, strict=True))
    ]
    return message(
        " ".join(
            filter(
                None, [start, *spoken, foot_aloud, "Buttons: menu, More." if button_row else "Button: menu."]
            )
        ),
        section(f"{MRKDWN.bold(f'{heading},')} {safe(product)}\n{people}, in no order"),
        *(block for pair in pairs for block in pair),
        context(foot),
        *button_row,
    )


def _heading(product: str, lens: Lens | None, tone: Sentiment | None, topic: Touchpoint | None) -> str:
    """The heading: "Comments about billing", "Negative comments on being a customer about speed"."""
    what = f"{capital(tone_word(tone))} comments" if tone else "Comments"
    side = f" on {side_words(lens, product)}" if lens else ""
    return f"{what}{side}{f' about {topic_word(topic)}' if topic else ''}"


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


def _small(voice: Voice, comment: Comment, topic: Touchpoint | None, names: Mapping[str, str] | None) -> str:
    """Who wrote it, where that may be known; the tone; its topics, unless just one was asked for."""
    who = (names or {}).get(comment.id)
    topics = comment.touchpoints if comment.touchpoints != (topic,) else ()
    parts = [safe(who) if who else "", tone_word(comment.sentiment), ", ".join(map(topic_word, topics))]
    return (", " if voice.aloud else " · ").join(filter(None, parts))


def _foot(voice: Voice, period: Period, first: int, last: int, total: int) -> str:
    which = f"{last} of {total:,} shown" if first == 1 else f"{first} to {last} of {total:,} shown"
    if voice.aloud:
        return f"{voice.period(period)}, {which}. {capital(TONE_NOTE)}."
    return " · ".join([voice.period(period), which, TONE_NOTE])


def _more(more: ids.Page, total: int) -> list[Block]:
    following = min(PER_PAGE, total - more.offset)
    if following < 1:
        return []
    read_as = f"{capital(spelled(following))} more {'comment' if following == 1 else 'comments'}"
    again = button("More", ids.MORE_COMMENTS, value=ids.write_page(more), read_as=read_as)
    return [actions(ids.comments_block(more.offset), again)]
