"""`/pulse answers`: who answered what, where the question said that it asks with names; for its leads."""

from handlers.context import Context, SlashCommand
from handlers.syntax import read_answers
from jobs.comments.answers_with_names import load_answers
from jobs.messages.layout.blocks import Message
from jobs.messages.layout.ids import Page
from jobs.messages.lead.answers_page import answers_page


async def answers(context: Context, command: SlashCommand) -> Message | None:
    """The newest answers with names."""
    return await page_of_answers(context, command, Page(words=command.words, offset=0))


async def page_of_answers(context: Context, command: SlashCommand, page: Page) -> Message:
    """The answers of a page, as they are now."""
    words = read_answers(page.words)
    found = await load_answers(
        context.store,
        context.directory,
        command,
        product=words.product,
        lens=words.lens,
        offset=page.offset,
    )
    return answers_page(
        found.responses,
        names=found.names,
        product=found.product,
        total=found.total,
        notes=found.notes,
        here=page,
    )
