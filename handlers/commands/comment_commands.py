"""`/pulse comments`: what people wrote, for leads, three at a time, in no order."""

import random
from secrets import randbelow

from handlers.context import Context, SlashCommand
from handlers.syntax import CommentsWords, read_comments
from jobs.comments.readable_comments import Wanted, readable
from jobs.messages.layout.blocks import Message
from jobs.messages.layout.ids import Page
from jobs.messages.lead.comments_page import PER_PAGE, comments_page
from jobs.messages.wording import why_not as refusals
from jobs.permissions.refusal import Refused
from jobs.permissions.scope import subjects
from storage.records import Period, Response


async def comments(context: Context, command: SlashCommand) -> Message | None:
    """The first page, in an order that is drawn anew for each asker and says nothing."""
    return await page_of_comments(
        context, command, Page(words=command.words, offset=0, seed=randbelow(2**31))
    )


async def page_of_comments(context: Context, command: SlashCommand, page: Page) -> Message:
    """A page of what the words on it ask for."""
    zone = await context.zone_of(command.user_id)
    words = read_comments(page.words, now=command.now, zone=zone)
    period = command.period(words.period, zone)
    found = await _found(context, command, words, period)
    random.Random(page.seed).shuffle(found)  # noqa: S311 - an order, not a secret
    shown = found[page.offset : page.offset + PER_PAGE]
    return comments_page(
        shown,
        names=await _names(context, shown),
        product=shown[0].wave.pulse.product.name if shown else "",
        lens=words.lens,
        sentiment=words.sentiment,
        touchpoint=words.touchpoint,
        total=len(found),
        period=period,
        more=Page(words=page.words, offset=page.offset + PER_PAGE, seed=page.seed),
    )


async def _found(
    context: Context, command: SlashCommand, words: CommentsWords, period: Period
) -> list[Response]:
    wanted = Wanted(lens=words.lens, sentiment=words.sentiment, touchpoint=words.touchpoint)
    refused = None
    for product, channels in await subjects(context.store, context.directory, command, words.product):
        try:
            found = await readable(
                context.store,
                context.directory,
                team_id=command.team_id,
                user_id=command.user_id,
                product=product,
                channels=channels,
                period=period,
                wanted=wanted,
            )
        except Refused as error:  # another product may have more to read
            refused = refused or error
            continue
        if found:
            return found
    raise refused or Refused(refusals.no_comments())


async def _names(context: Context, shown: list[Response]) -> dict[str, str]:
    """The names of those who answered with their name, by the id of their comment."""
    return {
        response.comment.id: (await context.directory.person(response.respondent)).name
        for response in shown
        if response.comment and response.wave.pulse.named
    }
