"""The demo in the terminal: 26 weeks of a small company, lived through the real bot.

Two leads ask, some sixty people answer by clicks and forms, and on Mondays at nine the digest is posted.
Support gets better all the while; a release breaks what was easy to use, and another one heals it.
At the end Northwind, whose product Atlas is, is asked about as a whole, beside the users of its two products.
Nothing is shown that the bot did not say to the fake Slack.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from time import perf_counter
from zoneinfo import ZoneInfo

from rich.console import Console

from bot.sandbox.demo.cast import read_cast
from bot.sandbox.demo.company import Company
from bot.sandbox.demo.stage import stage
from bot.sandbox.demo.telling import Detail, Telling

BERLIN = ZoneInfo("Europe/Berlin")
BEGIN = datetime(2026, 5, 18, 9, 30, tzinfo=BERLIN)
WEEKS = 26
FIRST_USERS, FIRST_CUSTOMERS = 1, 2  # weeks; then every four weeks
SUPPORT = (8, 16, 24)  # weeks in which customers are asked about the support
WHOLE = 23  # the week in which Northwind is asked about as a whole
OUTCOME = 25  # the week in which a figure from elsewhere is entered
EVERY = 4
REPLIES = timedelta(seconds=10)  # Slack takes about one message a second in a channel
IN_THREAD = 5  # at most; each is sent at a look of its own


def monday(week: int, hour: int, minute: int = 0) -> datetime:
    """A moment on the Monday of a week, on the clock in Berlin; the story begins in week 0."""
    day = BEGIN.date() + timedelta(weeks=week)
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=BERLIN)


END = monday(WEEKS, 9)


async def tell_story(console: Console | None = None, *, full: bool = False) -> None:
    """Live the 26 weeks, and show what matters of them; with `full` everything as it happens."""
    began = perf_counter()
    told = console or Console()
    async with stage(BEGIN) as lived:
        company = Company(lived, read_cast())
        detail = Detail.ALL if full else Detail.SHORT
        with Telling(told, lived, begin=BEGIN, end=END, detail=detail) as telling:
            await live_26_weeks(company, telling)
            if full:
                telling.edition(company.team, thread=True)
                telling.edition(company.whole, thread=True)
                await _questions_of_leads(company, telling)
        told.print(
            f"\n{WEEKS} weeks in {perf_counter() - began:.0f} seconds. The newest digest:", highlight=False
        )
        telling.digest(company.team)


async def live_26_weeks(company: Company, telling: Telling) -> None:
    """From the first Monday to the last digest, and its thread."""
    await company.set_digest(telling)
    await telling.until(monday(0, 9, 40))
    await company.schedule(
        telling, company.jonas, "umux_lite", company.users, f"{monday(FIRST_USERS, 10):%Y-%m-%d}"
    )
    await company.schedule(
        telling, company.priya, "nps", company.customers, f"{monday(FIRST_CUSTOMERS, 10):%Y-%m-%d}"
    )
    for week in range(WEEKS):
        await _live_week(company, telling, week)
    for reply in range(IN_THREAD):
        await telling.until(END + (reply + 1) * REPLIES)


async def ask_once_more(company: Company, telling: Telling) -> None:
    """The question that stands open when the page is opened; some have answered it."""
    await telling.until(monday(WEEKS, 10))
    await company.answer_nps(telling, WEEKS)


async def _live_week(company: Company, telling: Telling, week: int) -> None:
    """What is asked on this Monday at ten, and what the next one brings at nine."""
    answer = _asked_in(company, week)
    if answer is not None:
        await telling.until(monday(week, 10))
        if week in SUPPORT:
            await company.ask_support(telling)
        await answer(telling, week)
    if week == WHOLE:
        await telling.until(monday(week, 10))
        await company.be_the_whole(telling, week)
    if week == OUTCOME:
        await company.enter_outcome(telling)
    await telling.until(monday(week + 1, 9))
    await telling.until(monday(week + 1, 9) + REPLIES)
    telling.edition(company.team)
    if week >= WHOLE:
        telling.edition(company.whole)


def _asked_in(company: Company, week: int) -> Callable[[Telling, int], Awaitable[None]] | None:
    """How the question of this week is answered; None in a week without one."""
    if week % EVERY == FIRST_USERS:
        return company.answer_umux
    if week % EVERY == FIRST_CUSTOMERS:
        return company.answer_nps
    return company.answer_csat if week in SUPPORT else None


async def _questions_of_leads(company: Company, telling: Telling) -> None:
    """What the leads ask about the last digest."""
    await telling.command(company.priya, company.customers, "score nps")
    await telling.command(company.jonas, company.team, "contrast")
    await telling.command(company.priya, company.customers, "comments negative billing")
    await telling.command(company.someone, company.customers, "me")
    await telling.command(company.jonas, company.users, "scroe")
