"""`/pulse comments`: what people wrote, for leads, three at a time, in no order."""

from dataclasses import replace
from secrets import randbelow

from handlers.context import Context, SlashCommand
from handlers.syntax import read_comments
from jobs.comments.readable_comments import Wanted, load_comments
from jobs.messages.layout.blocks import Message
from jobs.messages.layout.ids import Page
from jobs.messages.lead.comments_page import Change, comments_page


async def comments(context: Context, command: SlashCommand) -> Message | None:
    """The first page. Its order is drawn at random for each asker, so that it says nothing of who wrote."""
    first = Page(words=command.words, offset=0, seed=randbelow(2**31))
    return await page_of_comments(context, command, first)


async def page_of_comments(
    context: Context, command: SlashCommand, page: Page, change: Change | None = None
) -> Message:
    """The comments of a page, as they are now; one that was corrected there stays, with what changed."""
    words = read_comments(page.words, now=command.now, zone=await context.zone_of(command))
    wanted = Wanted(lens=words.lens, sentiment=words.sentiment, touchpoint=words.touchpoint)
    found = await load_comments(
        context.store,
        context.directory,
        command,
        wanted,
        product=words.product,
        min_group=context.min_group,
        offset=page.offset,
        seed=page.seed,
        stays=change.comment_id if change else None,
    )
    return comments_page(
        found.comments,
        product=found.product,
        lens=wanted.lens,
        sentiment=wanted.sentiment,
        touchpoint=wanted.touchpoint,
        total=found.total,
        beside=found.beside,
        notes=found.notes,
        here=replace(page, offset=found.before),
        change=change,
    )
