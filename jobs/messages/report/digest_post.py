"""The digest in the channel, its preview, and the same contrast as an answer to one person."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

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
    with_notes,
)
from jobs.messages.report import small_print
from jobs.messages.report.side_cards import also_this_week, by_role, cards, cards_aloud, sides
from jobs.messages.report.telling import Telling, fitting
from jobs.messages.report.topic_table import across, first_topic, most_written
from jobs.messages.report.verdict import body, title
from jobs.messages.wording.escaping import escape, safe
from jobs.messages.wording.vocabulary import topic_word
from jobs.messages.wording.voice import MRKDWN, SPEECH, Voice, in_both_voices, listed, spoken
from storage.records import Lean, Picture, Touchpoint

MOST_BUTTONS = 3
LONGEST_LABEL = 30
_SHARE = "Share the results"
_MORE = "More in the thread."
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
    asking = small_print.open_question(contrast)
    url = link(asking) if asking else None
    go = [button("Go to the question", ids.OPEN_LINK, url=url)] if url else []
    row = [*go, *buttons[-MOST_BUTTONS + len(go) :]]
    around = _Around(edition_id=edition_id, zone=zone, notes=notes, lost=lost, row=row, picture=picture)
    return fitting(partial(_told, around=around), contrast)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Around:
    """What stands around a contrast in its post, however much of it is told."""

    edition_id: str
    zone: str | None
    notes: Sequence[str]
    lost: Sequence[str | None]
    row: Sequence[Block]
    picture: Picture | None


def _told(telling: Telling, *, around: _Around) -> Message:
    contrast, picture, zone = telling.contrast, around.picture, around.zone
    shown = contrast.is_shown and not contrast.only_others
    quoted = contrast.quote if shown else None
    headline = title(telling.titled)
    missing_aloud, missing = in_both_voices(lambda voice: _missing(voice, around.lost, telling))
    body_aloud, body_shown = in_both_voices(
        lambda voice: voice.lines(body(voice, contrast, zone), telling.left_out(voice))
    )
    print_aloud, print_shown = in_both_voices(lambda voice: small_print.small_print(voice, contrast))
    written_aloud, written = in_both_voices(lambda voice: _what_else(voice, telling))
    small = "\n".join(filter(None, [print_shown, *around.notes]))
    said = [
        f"{escape(headline)}.",
        missing_aloud,
        body_aloud,
        cards_aloud(contrast, pictured=picture is not None, figures=telling.figures) if shown else "",
        written_aloud,
        small_print.quotation_aloud(quoted, contrast.quoted_side),
        *(f"{spoken(each)}." for each in small_print.by_hand(contrast)),
        print_aloud,
        *map(spoken, around.notes),
        _MORE if contrast.is_shown and not telling.more else "",
        named_buttons(around.row),
    ]
    return message(
        " ".join(filter(None, said)),
        header(headline),
        *([section(missing)] if missing else []),
        *([section(body_shown)] if body_shown else []),
        *([cards(contrast, pictured=picture is not None, figures=telling.figures)] if shown else []),
        *([image(picture)] if shown and picture else []),
        *([section(written)] if written else []),
        *small_print.quotation(quoted, contrast.quoted_side),
        *map(context, small_print.by_hand(contrast)),
        *([context(small)] if small else []),
        *([actions(ids.edition_block(around.edition_id), *around.row)] if around.row else []),
    )


def _missing(voice: Voice, lost: Sequence[str | None], telling: Telling) -> str:
    """What is said of the channels from which Bifocal was removed, None for one not to be named."""
    if not lost:
        return ""
    where, private = [f"<#{each}>" for each in lost if each], lost.count(None)
    if private:
        where.append("a private channel" if private == 1 else f"{private} private channels")
    if not telling.remedy and len(lost) > 1:
        where = [f"{len(lost)} channels"]
    said = f"{voice.bold('Not in this digest:')} new answers from {listed(where)}."
    if not telling.remedy:
        return said
    remedy = f"To bring it back, type {voice.code('/invite @Bifocal')} there."
    return f"{said} Bifocal was removed there. {remedy}"


def _what_else(voice: Voice, telling: Telling) -> str:
    """What people wrote most about, and what else was counted; of neither where the scores are not new."""
    contrast = telling.contrast
    if contrast.only_others:
        return _MORE if telling.more else ""
    topics = most_written(voice, contrast) if telling.topics else ""
    return voice.lines(topics, also_this_week(voice, contrast))


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
    own = [side for side in sides(contrast) if not side.about]  # the button leads to those of the product
    topics = [first_topic(side) for side in sorted(own, key=_goodness)]
    return next(filter(None, topics), None)


def _goodness(side: Side) -> float:
    if side.score and side.score.lean is not None:
        return _LEANS[side.score.lean]
    places = [list(Band).index(band) for band in side.bands]
    return sum(places) / len(places) if places else _NO_WORD


def preview(made: Message, *, silent: bool = False, last_on: date | None = None) -> Message:
    """The digest as it would be posted now, to one person.

    `silent` says that its schedule would post nothing, since nothing is new after the edition of `last_on`.
    """
    note = "Only you see this. Nothing was posted."
    if silent:
        new = (
            f"Nothing is new since the digest of {MRKDWN.day(last_on)}"
            if last_on
            else "Nothing is counted yet"
        )
        typed = MRKDWN.code("/pulse digest now")
        note = f"{note} {new}, so its schedule would post nothing. {typed} would post this:"
    return message(f"{spoken(note)} {made['text']}", context(note), *made["blocks"])


def contrast_answer(contrast: Contrast, *, zone: str | None = None) -> Message:
    """The contrast for the one who asked: with what each side says of the other, without a quote."""
    across_aloud, across_shown = in_both_voices(lambda voice: across(voice, contrast))
    body_aloud, body_shown = in_both_voices(lambda voice: body(voice, contrast, zone, reader="this answer"))
    roles_aloud, roles_shown = in_both_voices(lambda voice: by_role(voice, contrast))
    print_aloud, print_shown = in_both_voices(lambda voice: small_print.small_print(voice, contrast))
    headline, shown = escape(title(contrast)), contrast.is_shown
    said = [f"{headline}.", body_aloud, cards_aloud(contrast) if shown else "", roles_aloud, across_aloud]
    said += [f"{spoken(each)}." for each in small_print.by_hand(contrast)]
    return message(
        " ".join(filter(None, [*said, print_aloud])),
        section(MRKDWN.lines(MRKDWN.bold(headline), body_shown)),
        *([cards(contrast)] if shown else []),
        *(section(each) for each in (roles_shown, across_shown) if each),
        *map(context, small_print.by_hand(contrast)),
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
