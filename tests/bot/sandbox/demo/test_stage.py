"""Time on the stage: hours without anything due are skipped, and nothing due is missed."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.sandbox.demo.stage import stage
from jobs.messages.layout import digest_ids

MONDAY = datetime(2026, 5, 18, 9, 30, tzinfo=ZoneInfo("Europe/Berlin"))
MINUTE = timedelta(minutes=1)


async def test_what_is_due_between_two_hours_happens_at_its_minute() -> None:
    """A question closes at 17:20, is counted a quarter of an hour later, and stands in Monday's digest."""
    async with stage(MONDAY) as lived:
        slack = lived.slack
        lead = slack.workspace.add_user("Priya Nair")
        people = [slack.workspace.add_user(f"Person {number}") for number in range(12)]
        place = slack.add_channel("atlas", lead, *people)
        await slack.command(lead, place, "/pulse", "digest Atlas from #atlas weekly mon 09:10 Europe/Berlin")
        await lived.settle()
        await slack.click(lead, slack.ephemerals(lead, place)[-1], digest_ids.KEEP)
        await lived.settle()
        await slack.command(lead, place, "/pulse", "ask nps about Atlas until fri 17:20")
        await lived.settle()
        question = place.messages[-1]
        for person in people:
            await slack.click(person, question, "point/9")
        closes = MONDAY.replace(hour=17, minute=20) + timedelta(days=4)
        await lived.until(closes - MINUTE)
        assert "Closed" not in question.text
        await lived.until(closes)
        assert "Closed" in question.text
        due = MONDAY.replace(hour=9, minute=10) + timedelta(weeks=1)
        await lived.until(due)
        digest = [message for message in place.messages if message.thread_ts is None][-1]
        assert digest.text.startswith("Atlas: customers are happy")
        assert datetime.fromtimestamp(float(digest.ts), due.tzinfo).replace(microsecond=0) == due


async def test_it_tells_of_days_not_of_hours() -> None:
    """Where nothing is due, a week goes by in a few steps: one at each midnight."""
    async with stage(MONDAY) as lived:
        moments: list[datetime] = []
        lived.passed = moments.append
        await lived.until(MONDAY + timedelta(weeks=1))
        assert len(moments) <= 8
        assert moments[-1] == MONDAY + timedelta(weeks=1)
