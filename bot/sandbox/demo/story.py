"""The demo in the terminal: six weeks of a small company, lived through the real bot.

Two leads ask, some forty people answer by clicks and forms, and every Monday at nine the digest is posted.
Nothing is shown that the bot did not say to the fake Slack.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from rich.console import Console

from bot.sandbox.demo.cast import cast
from bot.sandbox.demo.company import Company
from bot.sandbox.demo.stage import stage
from bot.sandbox.demo.telling import Telling

BERLIN = ZoneInfo("Europe/Berlin")
BEGIN = datetime(2026, 10, 5, 9, 30, tzinfo=BERLIN)
END = datetime(2026, 11, 16, 9, 0, tzinfo=BERLIN)
REPLIES = timedelta(seconds=10)  # Slack takes about one message a second in a channel


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of the story on the clock in Berlin."""
    return datetime(2026, month, day, hour, minute, tzinfo=BERLIN)


async def tell_story(console: Console | None = None) -> None:
    """Live the six weeks, and show them as they happen."""
    async with stage(BEGIN) as lived:
        company = Company(lived, cast())
        with Telling(console or Console(), lived, begin=BEGIN, end=END) as telling:
            await live_six_weeks(company, telling)
            await _questions_of_leads(company, telling)


async def live_six_weeks(company: Company, telling: Telling) -> None:
    """From the first Monday to the last digest."""
    await _first_question(company, telling)
    await _usability(company, telling)
    await _support(company, telling)
    await _second_usability(company, telling)
    await telling.until(END)
    await telling.until(END + REPLIES)
    telling.edition(company.team, thread=True)


async def _first_question(company: Company, telling: Telling) -> None:
    """Monday: the digest is set. Then customers are asked NPS, once, until Friday."""
    await telling.command(
        company.priya,
        company.team,
        "digest Atlas from #atlas-customers #atlas-users weekly mon 09:00 Europe/Berlin",
    )
    await telling.until(at(10, 5, 10))
    await telling.command(company.priya, company.customers, "ask nps about Atlas until fri 17:00")
    await company.answer_nps(telling)
    await telling.until(at(10, 12, 9))
    telling.edition(company.team)


async def _usability(company: Company, telling: Telling) -> None:
    """Jonas asks the users two statements by form, every month on the 12th."""
    await telling.until(at(10, 12, 9, 40))
    await company.schedule_usability(telling)
    await telling.until(at(10, 12, 10))
    await company.answer_umux(telling, again=False)
    await telling.until(at(10, 19, 9))
    telling.edition(company.team)


async def _support(company: Company, telling: Telling) -> None:
    """Priya asks how the support was, by form."""
    await telling.until(at(10, 21, 10))
    await company.ask_support(telling)
    await company.answer_csat(telling)
    await telling.until(at(10, 26, 9))
    telling.edition(company.team)
    await telling.until(at(11, 2, 9))
    telling.edition(company.team)
    await telling.until(at(11, 9, 9))
    telling.edition(company.team)


async def _second_usability(company: Company, telling: Telling) -> None:
    """A month later the same two statements are asked by themselves."""
    await telling.until(at(11, 12, 10))
    await company.answer_umux(telling, again=True)


async def _questions_of_leads(company: Company, telling: Telling) -> None:
    """What the leads ask about the last digest."""
    await telling.command(company.priya, company.customers, "score nps")
    await telling.command(company.jonas, company.team, "contrast")
    await telling.command(company.priya, company.customers, "comments negative billing")
    await telling.command(company.someone, company.customers, "me")
    await telling.command(company.jonas, company.users, "scroe")
