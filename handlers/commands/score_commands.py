"""`/pulse score` and `/pulse contrast`: figures of what this channel may read."""

from dataclasses import replace

from handlers.context import Context, SlashCommand
from handlers.syntax import CommandSyntaxError, read_contrast, read_score
from jobs.contrast import Contrast, Side, from_json
from jobs.contrast.side import answers_of, build_side
from jobs.figures.gather_answers import AskedWaves, Question, load_asked_waves, side_input
from jobs.figures.load_contrast import load_contrast
from jobs.messages.layout.blocks import Message
from jobs.messages.report import digest_post
from jobs.messages.report.score_answer import score_answer
from jobs.messages.wording import why_not as refusals
from jobs.permissions.refusal import Refused
from jobs.permissions.scope import Subject, subjects
from storage.records import Digest, Lens, Product

MOST_SCORES = 6


async def score(context: Context, command: SlashCommand) -> Message | None:
    """The scores of a product, one instrument or all that were asked, against the time before."""
    zone = await context.zone_of(command.user_id)
    words = read_score(command.words, now=command.now, zone=zone)
    period = command.period(words.period, zone)
    found: list[tuple[Product, Side]] = []
    about = await subjects(context.store, context.directory, command, words.product)
    for product, channels in about:
        asked = await load_asked_waves(
            context.store, team_id=command.team_id, product=product, channels=channels
        )
        for question in _questions(asked, command, product, channels, words.instrument):
            given = await side_input(context.store, question, asked, period=period, now=command.now)
            side = build_side(
                question.lens,
                given,
                answers_of(given),
                min_group=context.min_group,
                cuts=False,
                last=None,
            )
            found.append((product, side))
    if not found:
        raise Refused(refusals.nothing_asked(about[0][0].name, words.instrument))
    return score_answer(found[:MOST_SCORES], period=period, zone=zone)


def _questions(
    asked: AskedWaves,
    command: SlashCommand,
    product: Product,
    channels: tuple[str, ...],
    instrument: str | None,
) -> list[Question]:
    return [
        Question(team_id=command.team_id, product=product, channels=channels, instrument=key, lens=lens)
        for lens in Lens
        for key in asked.instruments(lens)
        if instrument in {None, key}
    ]


async def contrast(context: Context, command: SlashCommand) -> Message | None:
    """Both sides of a product now, as the digest would set them, to the asker only."""
    zone = await context.zone_of(command.user_id)
    words = read_contrast(command.words, now=command.now, zone=zone)
    period = command.period(words.period, zone)
    product, channels, digest = await _one(
        context,
        command,
        await subjects(context.store, context.directory, command, words.product),
    )
    made = await load_contrast(
        context.store,
        context.client,
        team_id=command.team_id,
        product=product,
        channels=digest.sources if digest else channels,
        period=period,
        min_group=context.min_group,
        now=command.now,
        metrics={Lens.CX: digest.cx_metric, Lens.UX: digest.ux_metric} if digest else None,
    )
    shown = await _with_last_cuts(context, made.contrast, digest)
    return digest_post.contrast_answer(shown, zone=zone)


async def _one(
    context: Context, command: SlashCommand, found: list[Subject]
) -> tuple[Product, tuple[str, ...], Digest | None]:
    """The only product there is, else the one of this channel's only digest; raises CommandSyntaxError."""
    here = await context.store.digests.in_channel(command.team_id, command.channel_id)
    told = {digest.product.id: digest for digest in here}
    wanted = found if len(found) == 1 else [each for each in found if each[0].id in told]
    if len(wanted) != 1:
        raise CommandSyntaxError("Say which product.", f"/pulse contrast about {found[0][0].name}")
    product, channels = wanted[0]
    return product, channels, told.get(product.id)


async def _with_last_cuts(context: Context, made: Contrast, digest: Digest | None) -> Contrast:
    """Comments are cut as in the last digest: a cut of any moment could be compared to find one comment."""
    last = await context.store.editions.last(digest.team_id, digest.id) if digest else None
    if last is None:
        return made
    shown = from_json(last.figures)
    return replace(
        made,
        first=False,
        cx=replace(made.cx, crossing=shown.cx.crossing),
        ux=replace(made.ux, crossing=shown.ux.crossing),
    )
