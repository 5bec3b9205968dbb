"""Comments as leads read them: three at a time, in random order, without dates."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from jobs.messages.layout import ids
from jobs.messages.layout.blocks import (
    Block,
    Message,
    View,
    actions,
    button,
    checkbox,
    context,
    input_block,
    message,
    modal,
    option,
    plain_section,
    section,
    select,
)
from jobs.messages.layout.comment_ids import (
    NO_WISH,
    UNDO,
    WISH,
    WISH_BLOCK,
    TopicPlace,
    Undo,
    write_topic_place,
    write_undo,
)
from jobs.messages.layout.page_buttons import page_buttons
from jobs.messages.wording.escaping import clean, safe, sentence_of_comment
from jobs.messages.wording.vocabulary import side_words, tone_word, topic_word, wish_word
from jobs.messages.wording.voice import MRKDWN, Voice, capital, count, in_both_voices, spoken
from storage.records import Comment, Correction, Lens, Sentiment, Touchpoint

PER_PAGE = 3
LEADS_NO_MORE = (
    "Only full members of this workspace read what was written, "
    "not guests, people of other companies or bots, also where they have asked."
)
ROOM = 3_900  # characters of `text`, which takes 4,000; the comments share what the rest leaves
TONE_NOTE = "A program reads tone and topic, and what is a wish; the menu corrects them."
TONES = (Sentiment.POSITIVE, Sentiment.NEUTRAL, Sentiment.NEGATIVE)
TOPIC = "topic"
HIDE = "hide"
ASKS = "It asks for something to be added or changed"
NOT_READ = "Not read: it is in a language that this Bifocal has not been set up to read."
STAYS = "One of them fits this list no longer; it stays until you turn the page."


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What was `said` of a comment of this page, as it was `before`; or that this was `undone`."""

    said: Correction
    before: Comment
    undone: bool = False

    @property
    def comment_id(self) -> str:
        """The comment."""
        return self.before.id

    @property
    def differs(self) -> bool:
        """Whether the comment reads otherwise than before."""
        tone, topic, hidden = self.said.sentiment, self.said.touchpoint, self.said.hidden
        return self.undone or bool(
            (tone and tone is not self.before.sentiment)
            or (topic and (topic,) != self.before.touchpoints)
            or (self.said.wish not in {None, self.before.is_wish})
            or (hidden and not self.before.hidden)
        )


def comments_page(
    comments: Sequence[Comment],
    *,
    product: str,
    total: int,
    here: ids.Page,
    lens: Lens | None = None,
    sentiment: Sentiment | None = None,
    touchpoint: Touchpoint | None = None,
    wish: bool | None = None,
    notes: Sequence[str] = (),
    beside: int = 0,
    change: Change | None = None,
    below: int = 0,
) -> Message:
    """A page of up to three comments of `total`, with the buttons that turn to the others.

    `here` is this page. `lens`, `sentiment`, `touchpoint` and `wish` are what was asked for. `notes` are
    sentences of mrkdwn that stand in the small print. `change` is what was corrected on this page, with
    [Undo]; `beside` is 1 where that comment is not among the `total` any more. `below` is how many characters
    are to be left for what stands below the page.
    """
    first, last = here.offset + 1, here.offset + len(comments)
    small = [
        in_both_voices(partial(_small, comment=each, topic=touchpoint, change=change)) for each in comments
    ]
    notes = [STAYS, *notes] if beside else notes
    if any(each.sentiment is Sentiment.UNCLASSIFIED for each in comments):
        notes = [*notes, NOT_READ]
    foot_aloud, foot = in_both_voices(lambda voice: _foot(voice, first, last, total + beside, notes))
    heading = _heading(product, lens, _what(total, sentiment, wish), touchpoint)
    row = _undo(change, here) + page_buttons(
        ids.MORE_COMMENTS, here, per_page=PER_PAGE, then=last - beside, total=total, noun="comments"
    )
    start = f"{heading}, shuffled."
    rest = len(start) + len(foot_aloud) + sum(len(aloud) + 10 for aloud, _ in small)
    room = (ROOM - rest - below) // PER_PAGE
    said = [
        f"{sentence_of_comment(each.text, room)} {capital(aloud)}."
        for each, (aloud, _) in zip(comments, small, strict=True)
    ]
    pairs = [
        (_text(each, place, here), context(shown))
        for place, (each, (_, shown)) in enumerate(zip(comments, small, strict=True))
    ]
    labels = ", ".join(["menu", *(each["text"]["text"] for each in row)])
    buttons = f"{'Buttons' if row else 'Button'}: {labels}."
    return message(
        " ".join([start, *said, foot_aloud, buttons]),
        section(f"{MRKDWN.bold(f'{heading},')} shuffled"),
        *(block for pair in pairs for block in pair),
        context(foot),
        *([actions(ids.comments_block(last), *row)] if row else []),
    )


def _heading(product: str, lens: Lens | None, what: str, topic: Touchpoint | None) -> str:
    """The heading: "Being a customer, Atlas: 7 negative comments about billing"."""
    about = f" about {topic_word(topic)}" if topic else ""
    return f"{_whose(lens, product)}: {what}{about}"


def _what(total: int, tone: Sentiment | None, wish: bool | None) -> str:  # noqa: FBT001 - as it was asked for
    """How many comments, wishes or complaints: "7 negative comments", "2 wishes"."""
    if tone is Sentiment.NEGATIVE and wish is False:
        return count(total, "complaint")
    before = f"{tone_word(tone)} " if tone else ""
    return count(total, f"{before}wish", f"{before}wishes") if wish else count(total, f"{before}comment")


def _whose(lens: Lens | None, product: str) -> str:
    if lens is None:
        return safe(product)
    side = capital(side_words(lens, product))
    return side if lens is Lens.UX else f"{side}, {safe(product)}"


def _text(comment: Comment, place: int, page: ids.Page) -> Block:
    """The comment with the menu that corrects its tone or topic, or hides it."""
    said = [option(f"Tone: {tone}", ids.correction(comment.id, tone)) for tone in TONES]
    said.append(option("Another topic, or a wish", ids.correction(comment.id, TOPIC)))
    said.append(option("Hide this comment", ids.correction(comment.id, HIDE)))
    menu: Block = {"type": "overflow", "action_id": ids.CORRECT, "options": said}
    block = plain_section(clean(comment.text), accessory=menu)
    return block | {"block_id": ids.comment_block(place, page)}


def topic_form(comment: Comment, place: TopicPlace) -> View:
    """The form that says what a comment is about and whether it is a wish, opened from a place in a list."""
    topics = [option(capital(topic_word(topic)), topic.value) for topic in Touchpoint]
    chosen = comment.touchpoints[0].value if comment.touchpoints else None
    box = checkbox("wish", option(ASKS, WISH), ticked=comment.is_wish)
    return modal(
        ids.TOPIC_FORM,
        "What is it about?",
        [
            plain_section(clean(comment.text)),
            input_block(ids.TOPIC_BLOCK, "Topic", select("topic", topics, chosen=chosen)),
            input_block(WISH_BLOCK, "A wish", box, optional=True),
        ],
        close="Cancel",
        submit="Save",
        metadata=write_topic_place(place),
    )


def _small(voice: Voice, comment: Comment, topic: Touchpoint | None, change: Change | None) -> str:
    """Its tone, that it is a wish, and its topics unless just one was asked for; what was corrected in it."""
    topics = comment.touchpoints if comment.touchpoints != (topic,) else ()
    tone, about = tone_word(comment.sentiment), ", ".join(map(topic_word, topics))
    hidden, wish = "", wish_word(is_wish=True) if comment.is_wish else ""
    if change and change.comment_id == comment.id and change.differs:
        if change.said.hidden:
            hidden = "shown again" if change.undone else f"now {voice.bold('hidden')}"
        if change.said.sentiment:
            tone = _now(voice, tone, tone_word(change.before.sentiment), change)
        if change.said.touchpoint:
            about = _now(voice, _topics(comment), _topics(change.before), change)
        if change.said.wish is not None:
            now, was = (wish_word(is_wish=each.is_wish) for each in (comment, change.before))
            wish = _now(voice, now, was, change)
    parts = [hidden, tone, wish, about]
    return (", " if voice.aloud else " · ").join(filter(None, parts))


def _foot(voice: Voice, first: int, last: int, total: int, notes: Sequence[str]) -> str:
    which = f"{first} to {last} of {total:,}" if first < last else f"{last} of {total:,}"
    place = f"{which}, no names, no days." if voice.aloud else f"{which} · no names, no days"
    said = map(spoken, notes) if voice.aloud else notes
    return voice.lines(place, *said, TONE_NOTE)


def _now(voice: Voice, now: str, was: str, change: Change) -> str:
    return f"{voice.bold(now)} again" if change.undone else f"now {voice.bold(now)} (was {was})"


def _topics(comment: Comment) -> str:
    return ", ".join(map(topic_word, comment.touchpoints)) or "no topic"


def _undo(change: Change | None, here: ids.Page) -> list[Block]:
    """The button that sets the comment back to what was said of it before, if anything."""
    if change is None or change.undone or not change.differs:
        return []
    earlier = _words_of(change.before.correction or Correction())
    said = _words_of(change.said)
    before = [earlier[part] for part in said if part in earlier and part != HIDE]
    undo = Undo(
        comment_id=change.comment_id, said="+".join(said.values()), before="+".join(before) or None, page=here
    )
    return [button("Undo", UNDO, value=write_undo(undo))]


def _words_of(said: Correction) -> dict[str, str]:
    """What was said, in the words of the menu and the form."""
    wish = {} if said.wish is None else {WISH: WISH if said.wish else NO_WISH}
    others = {"tone": said.sentiment, TOPIC: said.touchpoint, HIDE: HIDE if said.hidden else None}
    return {part: str(word) for part, word in others.items() if word} | wish
