"""How the figures of a digest, of shared results or of a query were made: as a form, and as a message."""

from collections.abc import Sequence

from jobs.contrast import Side
from jobs.messages.edition.explanation import explanation
from jobs.messages.layout.blocks import Block, Message, View, context, divider, message, modal, section
from jobs.messages.layout.edition_ids import HOW_VIEW
from jobs.messages.report.side_cards import name_of
from jobs.messages.wording.voice import MRKDWN, SPEECH, capital


def how_view(sides: Sequence[Side], product: str, *, min_group: int, zone: str | None) -> View:
    """The form behind "How this works"."""
    blocks = _blocks(sides, product, min_group=min_group, zone=zone)
    return modal(HOW_VIEW, "How this works", blocks, close="Close")


def why_answer(
    explained: Sequence[tuple[str, Sequence[Side]]], *, min_group: int, zone: str | None
) -> Message:
    """The answer to `/pulse why`: the same, for the sides of some products, by the name of each."""
    said, blocks = list[str](), list[Block]()
    for product, sides in explained:
        blocks += ([divider()] if blocks else []) + _blocks(sides, product, min_group=min_group, zone=zone)
        for side in sides:
            paragraphs, source = explanation(SPEECH, side, product, min_group=min_group, zone=zone)
            said += [_head(side, product), *paragraphs, source]
    return message(" ".join(filter(None, said)), *blocks)


def _blocks(sides: Sequence[Side], product: str, *, min_group: int, zone: str | None) -> list[Block]:
    made = list[Block]()
    for side in sides:
        paragraphs, source = explanation(MRKDWN, side, product, min_group=min_group, zone=zone)
        head = _head(side, product)
        made += [
            *([divider()] if made else []),
            *([context(head)] if head else []),
            *map(section, paragraphs),
            *([context(source)] if source else []),
        ]
    return made


def _head(side: Side, product: str) -> str:
    """Which side this is about; nothing where the first paragraph says so."""
    if side.score is None or not side.score.says_something:
        return ""
    return f"{capital(name_of(side, product))}:"
