"""The digest in the channel, its preview, and the same contrast as an answer to one person."""

from collections.abc import Callable, Sequence
from datetime import date

from jobs.contrast import Contrast, OpenQuestion
from jobs.messages.layout import ids
from jobs.messages.layout.blocks import Message, actions, button, context, header, message, section
from jobs.messages.layout.sentence import with_notes
from jobs.messages.report.quotation import quotation, quotation_aloud
from jobs.messages.report.side_cards import across, cards
from jobs.messages.report.small_print import open_question, small_print
from jobs.messages.report.verdict import IN_LINES, TOO_SMALL, aloud, body, title
from jobs.messages.wording.escaping import escape, safe
from jobs.messages.wording.voice import MRKDWN, SPEECH, in_both_voices, spoken

Link = Callable[[OpenQuestion], str | None]


def edition(
    contrast: Contrast,
    *,
    edition_id: str,
    link: Link,
    zone: str | None = None,
    notes: Sequence[str] = (),
) -> Message:
    """The post of a digest; the rest stands in its thread.

    `link` gives the address of an open question, or None. Moments in words are told in `zone` (an IANA
    name); with None each in its own zone. `notes` are sentences of mrkdwn about sources that are not read.
    """
    asking = open_question(contrast)
    url = link(asking) if asking else None
    quoted = None if contrast.state in TOO_SMALL else contrast.quote
    print_aloud, print_shown = in_both_voices(lambda voice: small_print(voice, contrast, zone))
    said = [
        f"{escape(title(contrast))}.",
        aloud(SPEECH, contrast),
        quotation_aloud(quoted),
        print_aloud,
        *map(spoken, notes),
        "" if contrast.state in TOO_SMALL else "More in the thread.",
        "Button: Go to the question." if url else "",
    ]
    go = actions(ids.edition_block(edition_id), button("Go to the question", ids.OPEN_LINK, url=url))
    return message(
        " ".join(filter(None, said)),
        header(title(contrast)),
        section(body(MRKDWN, contrast)),
        *([] if contrast.state in IN_LINES else [cards(contrast)]),
        *quotation(quoted),
        context("\n".join([print_shown, *notes])),
        *([go] if url else []),
    )


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
    print_aloud, print_shown = in_both_voices(lambda voice: small_print(voice, contrast, zone))
    headline = escape(title(contrast))
    said = [f"{headline}.", aloud(SPEECH, contrast), across_aloud, print_aloud]
    return message(
        " ".join(filter(None, said)),
        section(f"{MRKDWN.bold(headline)}\n{body(MRKDWN, contrast)}"),
        *([] if contrast.state in IN_LINES else [cards(contrast)]),
        *([section(across_shown)] if across_shown else []),
        context(print_shown),
    )


def nothing_new(
    product: str, *, link: str | None, figures_on: date | None, notes: Sequence[str] = ()
) -> Message:
    """The digest of a week without new answers: one line, with a link to the digest of `figures_on`.

    `notes` are sentences of mrkdwn about sources that are not read; they stand above it.
    """
    return with_notes(_nothing_new(product, link, figures_on), notes)


def _nothing_new(product: str, link: str | None, figures_on: date | None) -> Message:
    news = f"{safe(product)}: no new answers this week."
    if figures_on is None:
        return message(news, section(MRKDWN.bold(news)))
    day = MRKDWN.day(figures_on)
    where = f"<{escape(link)}|{day}>" if link else day
    return message(
        f"{news} Figures are as on {SPEECH.day(figures_on)}.",
        section(f"{MRKDWN.bold(news)} Figures are as on {where}."),
    )
