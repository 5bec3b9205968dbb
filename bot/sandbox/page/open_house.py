"""The demo in the browser: the same six weeks, lived quickly, then a page on loopback until Ctrl-C."""

import asyncio
import signal

from rich.console import Console

from bot.sandbox.demo.cast import cast
from bot.sandbox.demo.company import Company
from bot.sandbox.demo.stage import Stage, stage
from bot.sandbox.demo.story import BEGIN, END, at, live_six_weeks
from bot.sandbox.demo.telling import Telling
from bot.sandbox.page.page_server import PORTS_TRIED, Page

PORT = 4747  # as the command line has it


async def keep_open_house(*, port: int = PORT, console: Console | None = None) -> None:
    """Serve until SIGINT or SIGTERM, also while the six weeks go by; then nothing is left behind.

    Raises OSError when no port can be had.
    """
    told = console or Console()
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, ended.set)
    house = asyncio.create_task(_open(port, told))
    ending = asyncio.create_task(ended.wait())
    await asyncio.wait({house, ending}, return_when=asyncio.FIRST_COMPLETED)
    ending.cancel()
    house.cancel()
    try:
        await house
    except asyncio.CancelledError:
        told.print("Closed. Nothing was kept.")


async def _open(port: int, console: Console) -> None:
    async with stage(BEGIN) as lived:
        console.print("Six weeks go by in a few seconds: questions, answers, digests.")
        company = await settle_in(lived, console)
        async with Page(lived, roles=company.roles(), first=company.newcomer, port=port) as page:
            if page.moved:
                console.print(f"Port {port} is busy, so this is port {page.port}.", highlight=False)
            console.print(f"[bold]{page.url}[/bold]  Open it in a browser; Ctrl-C ends it.", highlight=False)
            await asyncio.Event().wait()


async def settle_in(lived: Stage, console: Console) -> Company:
    """Live the six weeks; then a question stands open, and a guest of another company has come."""
    company = Company(lived, cast())
    with Telling(console, lived, begin=BEGIN, end=END, aloud=False) as telling:
        await live_six_weeks(company, telling)
        await telling.until(at(11, 16, 9, 5))
        await company.ask_again(telling)
        company.invite_guest()
    return company


def no_port(port: int) -> str:
    """The sentence for when every port that was tried is busy."""
    return f"Ports {port} to {port + PORTS_TRIED} are all busy. Try another: make demo ARGS='--port 8080'."
