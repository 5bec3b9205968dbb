"""The digest in the channel, its preview, and the same contrast as an answer to one person."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from jobs.contrast import Contrast, OpenQuestion, Side
from jobs.instruments import Band
from jobs.messages.layout import edition_ids, ids
from jobs.messages.layout.blocks import (
    Block,
    Message,
    actions,
    button,
    context,
    header,
    image,
    message,
    named_buttons,
    section,
)
from jobs.messages.layout.sentence import with_notes
from jobs.messages.report.side_cards import also_this_week, cards, cards_aloud, sides
from jobs.messages.report.small_print import open_question, quotation, quotation_aloud, small_print
from jobs.messages.report.topic_table import across, first_topic, most_written
from jobs.messages.report.verdict import body, title
from jobs.messages.wording.escaping import escape, safe
from jobs.messages.wording.vocabulary import topic_word
from jobs.messages.wording.voice import MRKDWN, SPEECH, Voice, in_both_voices, spoken
from storage.records import Lean, Picture, Touchpoint

MOST_WORDS = 94
MOST_BUTTONS = 3
LONGEST_LABEL = 30
_SHARE = "Share the results"
_NO_WORD = len(Band)
_LEANS = {Lean.POOR: 0.0, Lean.NEITHER: 1.0, Lean.GOOD: 2.0}
Link = Callable[[OpenQuestion], str | None]


def edition(
    contrast: Contrast,
    *,
    edition_id: str,
    link: Link,
    zone: str | None = None,
    notes: Sequence[str] = (),
    lost: Sequence[str | None] = (),
    buttons: Sequence[Block] = (),
    picture: Picture | None = None,
) -> Message:
    """The post of a digest; the rest stands in its thread.

    `link` gives the address of an open question, or None. Moments in words are told in `zone` (an IANA
    name); with None each in its own zone. `notes` are sentences of mrkdwn about sources that are not read,
    `lost` the channels from which Bifocal was removed since the last digest, None for one not to be named.
    `picture` shows the scales of both sides; without one the cards say them.
    """
    contrast = _that_fits(contrast, zone)
    asking = open_question(contrast)
    url = link(asking) if asking else None
    go = [button("Go to the question", ids.OPEN_LINK, url=url)] if url else []
    row = [*go, *buttons[-MOST_BUTTONS + len(go) :]]
    shown = contrast.is_shown and not contrast.only_others
    quoted = contrast.quote if shown else None
    body_aloud, body_shown = in_both_voices(lambda voice: body(voice, contrast, zone))
    print_aloud, print_shown = in_both_voices(lambda voice: small_print(voice, contrast))
    missing_aloud, missing = in_both_voices(
        lambda voice: voice.lines(*(_missing(voice, each) for each in lost))
    )
    written_aloud, written = in_both_voices(lambda voice: _what_else(voice, contrast))
    small = "\n".join(filter(None, [print_shown, *notes]))
    said = [
        f"{escape(title(contrast))}.",
        missing_aloud,
        body_aloud,
        cards_aloud(contrast, pictured=picture is not None) if shown else "",
        written_aloud,
        quotation_aloud(quoted, contrast.quoted_side),
        print_aloud,
        *map(spoken, notes),
        "More in the thread." if contrast.is_shown else "",
        named_buttons(row),
    ]
    return message(
        " ".join(filter(None, said)),
        header(title(contrast)),
        *([section(missing)] if missing else []),
        *([section(body_shown)] if body_shown else []),
        *([cards(contrast, pictured=picture is not None)] if shown else []),
        *([image(picture)] if shown and picture else []),
        *([section(written)] if written else []),
        *quotation(quoted, contrast.quoted_side),
        *([context(small)] if small else []),
        *([actions(ids.edition_block(edition_id), *row)] if row else []),
    )


def _that_fits(contrast: Contrast, zone: str | None) -> Contrast:
    """The contrast without what would be read in more than 20 seconds.

    What speaks for no side stands in the thread in any case; then the quote is left out, so that an erased
    quote moves nothing else.
    """
    if not contrast.only_others and _words(replace(contrast, quote=None), zone) > MOST_WORDS:
        contrast = replace(contrast, others=())
    return contrast if _words(contrast, zone) <= MOST_WORDS else replace(contrast, quote=None)


def _words(contrast: Contrast, zone: str | None) -> int:
    """How many words stand above the thread, without small print and buttons."""
    of_cards = [field["text"] for field in cards(contrast)["fields"]] if contrast.is_shown else []
    quote = contrast.quote.text if contrast.quote else None
    said = [title(contrast), body(MRKDWN, contrast, zone), *of_cards, _what_else(MRKDWN, contrast)]
    return len(" ".join([*said, quotation_aloud(contrast.quote) if quote else ""]).split())


def _missing(voice: Voice, channel_id: str | None) -> str:
    """What is said of a channel from which Bifocal was removed."""
    where = f"<#{channel_id}>" if channel_id else "a private channel"
    return (
        f"{voice.bold('Not in this digest:')} new answers from {where}. Bifocal was removed there. "
        f"To bring it back, type {voice.code('/invite @Bifocal')} there."
    )


def _what_else(voice: Voice, contrast: Contrast) -> str:
    """What people wrote most about, and what else was counted; of neither where the scores are not new."""
    if contrast.only_others:
        return ""
    return voice.lines(most_written(voice, contrast), also_this_week(voice, contrast))


def edition_buttons(contrast: Contrast, *, edition_id: str, asked: str | None = None) -> list[Block]:
    """At most three; none under a digest that only says that its questions are open.

    `asked` is the name of the only channel whose people answered, None where there are several or where not
    everybody may read its name.
    """
    made = []
    shown = contrast.is_shown and not contrast.only_others
    if shown and (topic := _topic_of(contrast)):
        label = f"Comments about {topic_word(topic)}"
        made.append(button(label, edition_ids.COMMENTS, value=topic.value))
    value = ids.edition_block(edition_id)
    if contrast.is_shown or not any(side.open_question for side in sides(contrast)):
        made.append(button("How this works", edition_ids.HOW, value=value))
    if shown:
        label = f"Share with #{asked}"
        fits = asked and len(label) <= LONGEST_LABEL
        read_as = None if fits else f"{_SHARE} with those who answered"
        made.append(button(label if fits else _SHARE, edition_ids.SHARE, value=value, read_as=read_as))
    return made


def _topic_of(contrast: Contrast) -> Touchpoint | None:
    """What the poorer side writes about most, else the other; None where neither may be told."""
    topics = [first_topic(side) for side in sorted(sides(contrast), key=_goodness)]
    return next(filter(None, topics), None)


def _goodness(side: Side) -> float:
    if side.score and side.score.lean is not None:
        return _LEANS[side.score.lean]
    places = [list(Band).index(band) for band in side.bands]
    return sum(places) / len(places) if places else _NO_WORD


def preview(
    contrast: Contrast,
    *,
    link: Link = lambda _: None,
    zone: str | None = None,
    notes: Sequence[str] = (),
) -> Message:
    """The digest as it would be posted now, to one person."""
    made = edition(contrast, edition_id="preview", link=link, zone=zone, notes=notes)
    note = "Only you see this. Nothing was posted."
    return message(f"{note} {made['text']}", context(note), *made["blocks"])


def contrast_answer(contrast: Contrast, *, zone: str | None = None) -> Message:
    """The contrast for the one who asked: with what each side says of the other, without a quote."""
    across_aloud, across_shown = in_both_voices(lambda voice: across(voice, contrast))
    body_aloud, body_shown = in_both_voices(lambda voice: body(voice, contrast, zone, reader="this answer"))
    print_aloud, print_shown = in_both_voices(lambda voice: small_print(voice, contrast))
    headline = escape(title(contrast))
    shown = contrast.is_shown
    said = [f"{headline}.", body_aloud, cards_aloud(contrast) if shown else "", across_aloud, print_aloud]
    return message(
        " ".join(filter(None, said)),
        section(MRKDWN.lines(MRKDWN.bold(headline), body_shown)),
        *([cards(contrast)] if shown else []),
        *([section(across_shown)] if across_shown else []),
        *([context(print_shown)] if print_shown else []),
    )


def nothing_new(
    product: str,
    *,
    link: str | None,
    figures_on: date | None,
    notes: Sequence[str] = (),
    withdrawn: bool = False,
) -> Message:
    """The digest of a week in which nothing was counted: one line, with a link to that of `figures_on`.

    `notes` are sentences of mrkdwn about sources that are not read; they stand above it. `withdrawn` says
    that there were scores, and that none of them stands.
    """
    return with_notes(_nothing_new(product, link, figures_on, withdrawn=withdrawn), notes)


def _nothing_new(product: str, link: str | None, figures_on: date | None, *, withdrawn: bool) -> Message:
    since = "Nothing was counted since."
    if withdrawn:
        none = f"{safe(product)}: no score at the moment."
        gone = f"The last one was withdrawn. {since}"
        return message(f"{none} {gone}", section(f"{MRKDWN.bold(none)} {gone}"))
    if figures_on is None:
        never = f"{safe(product)}: nothing was counted yet."
        return message(never, section(MRKDWN.bold(never)))
    day = MRKDWN.day(figures_on)
    where = f"<{escape(link)}|{day}>" if link else day
    same = f"{safe(product)}: same scores as on"
    return message(
        f"{same} {SPEECH.day(figures_on)}. {since}",
        section(f"{MRKDWN.bold(f'{same} {where}.')} {since}"),
    )
