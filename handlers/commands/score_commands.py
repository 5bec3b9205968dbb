"""`/pulse score`, `trend`, `contrast` and `why`: figures of what this channel may read."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from zoneinfo import ZoneInfo

from handlers.context import Context, SlashCommand
from handlers.syntax import (
    ScoreWords,
    as_seen,
    read_contrast,
    read_score,
    read_trend,
    read_why,
    which_product,
)
from jobs.contrast import Side
from jobs.figures.contrast_here import load_contrast_here
from jobs.figures.load_scores import load_scores
from jobs.figures.load_trend import load_trend
from jobs.messages.edition.how_view import why_answer
from jobs.messages.layout.blocks import Message, with_notes
from jobs.messages.report import digest_post
from jobs.messages.report.score_answer import score_answer
from jobs.messages.report.trend_answer import trend_answer
from jobs.permissions.scope import WhichProduct
from storage.records import Product


async def score(context: Context, command: SlashCommand) -> Message | None:
    """The scores of a product, one instrument or all that were asked."""
    zone = await context.zone_of(command)
    words = read_score(command.words, now=command.now, zone=zone)
    command = command.about_group(words.group)
    found = await load_scores(
        context.store,
        context.directory,
        command,
        product=words.product,
        instrument=words.instrument,
        period=words.period,
        counting=context.counting,
    )
    return with_notes(score_answer(found.sides, left=found.left, period=words.period, zone=zone), found.notes)


async def trend(context: Context, command: SlashCommand) -> Message | None:
    """The last rounds of a product, with their picture where it can be had."""
    zone = await context.zone_of(command)
    words = read_trend(command.words, now=command.now, zone=zone)
    command = command.about_group(words.group)
    with _asking_which("trend", command, words):
        found = await load_trend(
            context.store,
            context.directory,
            context.uploads,
            command,
            product=words.product,
            instrument=words.instrument,
            period=words.period,
            counting=context.counting,
        )
    answer = trend_answer(
        found.sides,
        found.product.name,
        next_asked=found.next_asked,
        period=words.period,
        picture=found.picture,
        zone=zone,
        earlier=found.earlier,
        outcomes=found.outcomes,
        today=command.now.astimezone(ZoneInfo(zone)).date(),
    )
    return with_notes(answer, found.notes)


async def contrast(context: Context, command: SlashCommand) -> Message | None:
    """Both sides of a product now, as the digest would set them, to the asker only."""
    zone = await context.zone_of(command)
    words = read_contrast(command.words, now=command.now, zone=zone)
    command = command.about_group(words.group)
    with _asking_which("contrast", command, words):
        shown, notes = await load_contrast_here(
            context.store,
            context.directory,
            context.client,
            command,
            product=words.product,
            period=words.period,
            counting=context.counting,
        )
    return with_notes(digest_post.contrast_answer(shown, zone=zone), notes)


async def why(context: Context, command: SlashCommand) -> Message | None:
    """How the newest scores of a product were made: both sides, or those of one instrument."""
    zone = await context.zone_of(command)
    words = read_why(command.words, now=command.now, zone=zone)
    command = command.about_group(words.group)
    explained, notes = await _explained(context, command, words)
    return with_notes(why_answer(explained, min_group=context.min_group, zone=zone), notes)


async def _explained(
    context: Context, command: SlashCommand, words: ScoreWords
) -> tuple[list[tuple[str, list[Side]]], tuple[str, ...]]:
    """The sides to explain, by product, and sentences about what is not read."""
    with _asking_which("why", command, words):
        if words.instrument is None:
            shown, notes = await load_contrast_here(
                context.store,
                context.directory,
                context.client,
                command,
                product=words.product,
                period=None,
                counting=context.counting,
            )
            return [(shown.product, list(shown.sides))], notes
        found = await load_scores(
            context.store,
            context.directory,
            command,
            product=words.product,
            instrument=words.instrument,
            period=None,
            counting=context.counting,
        )
        _require_one([product for product, _ in (*found.sides, *found.left)])
        return [(product.name, [side]) for product, side in found.sides], found.notes


@contextmanager
def _asking_which(verb: str, command: SlashCommand, words: ScoreWords) -> Iterator[None]:
    """Where several products could be meant, answer with what was typed and the name of one of them."""
    try:
        yield
    except WhichProduct as which:
        group = f"group {words.group}" if words.group else ""
        typed = [words.instrument, group] if words.product else [as_seen(command.words)]
        raise which_product(which.names, " ".join(filter(None, ["/pulse", verb, *typed, "about"]))) from which


def _require_one(products: Sequence[Product]) -> None:
    found = {product.id: product for product in products}
    if len(found) > 1:
        raise WhichProduct(list(found.values()))
