"""`/pulse ...`: finds the command, answers the one who typed, and says so when it cannot."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond

from handlers.background import Afterwards
from handlers.commands import comment_commands as comments
from handlers.commands.command_table import COMMANDS, Command
from handlers.context import Means, Order
from handlers.payloads import read_click, read_command
from handlers.refusal_replies import said
from handlers.replies import tell
from handlers.syntax import split_command, unknown_command
from jobs.messages.layout import ids
from jobs.messages.report.score_answer import sentence

Clock = Callable[[], datetime]
Body = dict[str, Any]


async def on_command(
    ack: AsyncAck,
    body: Body,
    respond: AsyncRespond,
    *,
    means: Means,
    afterwards: Afterwards,
    clock: Clock,
) -> None:
    """Ack at once, since some commands ask Slack first; the answer goes to the one who typed."""
    typed = read_command(body)
    name, words = split_command(typed.text)
    order = Order(
        team_id=typed.actor.team_id,
        user_id=typed.actor.user_id,
        channel_id=typed.channel_id,
        words=words,
        trigger_id=typed.trigger_id,
        now=clock(),
    )
    await ack()
    command = COMMANDS.get(name or "help")
    if command is None:
        afterwards(tell(respond, sentence(unknown_command(name, COMMANDS))))
    else:
        afterwards(_answer(respond, command, means, order), command=name, team=order.team_id)


async def on_more_comments(
    ack: AsyncAck,
    body: Body,
    respond: AsyncRespond,
    *,
    means: Means,
    afterwards: Afterwards,
    clock: Clock,
) -> None:
    """Three more comments, in place of those shown."""
    click = read_click(body)
    page = ids.read_page(click.value)
    order = Order.by_click(click, page.words, now=clock())
    await ack()
    command = Command(run=comments.page(page))
    afterwards(_answer(respond, command, means, order, replace=click.private), command="more comments")


async def _answer(
    respond: AsyncRespond, command: Command, means: Means, order: Order, *, replace: bool = False
) -> None:
    message = await said(command.run(means, order), team_id=order.team_id)
    if message is not None:
        await tell(respond, message, replace=replace)
