"""The demo in the browser: the same 26 weeks, lived quickly, then a page on loopback until Ctrl-C."""

import asyncio
import signal
from functools import partial
from time import perf_counter

from rich.console import Console

from bot.sandbox.demo.cast import read_cast
from bot.sandbox.demo.company import Company
from bot.sandbox.demo.stage import Stage, stage
from bot.sandbox.demo.story import BEGIN, END, WEEKS, ask_once_more, live_26_weeks
from bot.sandbox.demo.telling import Detail, Telling
from bot.sandbox.page.page_server import PORTS_TRIED, Page
from bot.sandbox.page.three_steps import ThreeSteps

PORT = 4747  # as the command line has it


async def keep_open_house(*, port: int = PORT, console: Console | None = None) -> None:
    """Serve until SIGINT or SIGTERM, also while the 26 weeks go by; then nothing is left behind.

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
        console.print(f"{WEEKS} weeks go by in some seconds: questions, answers, digests.", highlight=False)
        began = perf_counter()
        company = await settle_in(lived, console)
        console.print(f"That took {perf_counter() - began:.0f} seconds.", highlight=False)
        steps = steps_in(company, lived, console)
        async with Page(lived, roles=company.roles(), first=company.priya, steps=steps, port=port) as page:
            if page.moved:
                console.print(f"Port {port} is busy, so this is port {page.port}.", highlight=False)
            console.print(f"[bold]{page.url}[/bold]  Open it in a browser; Ctrl-C ends it.", highlight=False)
            await asyncio.Event().wait()


async def settle_in(lived: Stage, console: Console) -> Company:
    """Live the 26 weeks; then a question stands open, and a guest of another company has come."""
    company = Company(lived, read_cast())
    with Telling(console, lived, begin=BEGIN, end=END, detail=Detail.NOTHING) as telling:
        await live_26_weeks(company, telling)
        await ask_once_more(company, telling)
        company.invite_guest()
    return company


def steps_in(company: Company, lived: Stage, console: Console) -> ThreeSteps:
    """The newcomer's three steps, with the people of the story."""
    untold = Telling(console, lived, begin=BEGIN, end=END, detail=Detail.NOTHING)
    return ThreeSteps(
        lead=company.priya,
        customer=company.visitor,
        customers=company.customers,
        team=company.team,
        ask_anew=partial(company.ask_anew, untold),
    )


def no_port(port: int) -> str:
    """The sentence for when every port that was tried is busy."""
    return f"Ports {port} to {port + PORTS_TRIED} are all busy. Try another: make demo ARGS='--port 8080'."
