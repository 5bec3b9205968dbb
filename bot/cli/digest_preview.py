"""Shows every digest on the terminal as it would be posted now; posts nothing."""

from dataclasses import replace

from rich.console import Console

from bot.app import build
from bot.cli.run import utc_now
from bot.config.settings import Settings
from bot.sandbox.demo.terminal import panel
from jobs.digests.preview import preview
from jobs.messages.report.digest_post import edition
from jobs.permissions.scope import sources_of


async def print_digests(settings: Settings, console: Console | None = None) -> None:
    """Every digest that is not removed, with its heading, as of now."""
    console = console or Console()
    bot = await build(settings, clock=utc_now)
    try:
        digests = await bot.store.digests.everywhere()
        if not digests:
            console.print("No digest is set. In a channel: /pulse digest weekly mon 09:00 Europe/Berlin")
        for digest in digests:
            sources = await sources_of(bot.context.directory, digest)
            readable = replace(digest, sources=sources.readable)
            found = await preview(bot.store, bot.client, readable, bot.context.counting, now=utc_now())
            message = edition(
                found.contrast,
                edition_id=digest.id,
                link=lambda asking: asking.link,
                zone=digest.zone,
                notes=sources.notes(),
            )
            console.print(panel(message, digest.channel_id, {}))
    finally:
        await bot.close()
