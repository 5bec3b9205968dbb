"""`/pulse score` and `/pulse contrast`: figures of what this channel may read."""

from handlers.context import Context, SlashCommand
from handlers.syntax import CommandSyntaxError, read_contrast, read_score
from jobs.figures.load_contrast import load_contrast_here
from jobs.figures.load_scores import load_scores
from jobs.messages.layout.blocks import Message
from jobs.messages.layout.sentence import with_notes
from jobs.messages.report import digest_post
from jobs.messages.report.score_answer import score_answer
from jobs.permissions.scope import WhichProduct


async def score(context: Context, command: SlashCommand) -> Message | None:
    """The scores of a product, one instrument or all that were asked."""
    zone = await context.zone_of(command)
    words = read_score(command.words, now=command.now, zone=zone)
    found = await load_scores(
        context.store,
        context.directory,
        command,
        product=words.product,
        instrument=words.instrument,
        period=words.period,
        counting=context.counting,
    )
    return with_notes(score_answer(found.sides, period=words.period, zone=zone), found.notes)


async def contrast(context: Context, command: SlashCommand) -> Message | None:
    """Both sides of a product now, as the digest would set them, to the asker only."""
    zone = await context.zone_of(command)
    words = read_contrast(command.words, now=command.now, zone=zone)
    try:
        shown, notes = await load_contrast_here(
            context.store,
            context.directory,
            context.client,
            command,
            product=words.product,
            period=words.period,
            counting=context.counting,
        )
    except WhichProduct as which:
        raise CommandSyntaxError("Say which product.", f"/pulse contrast about {which.names[0]}") from which
    return with_notes(digest_post.contrast_answer(shown, zone=zone), notes)
