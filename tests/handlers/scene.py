"""What handler tests share: the whole database as text, hostile words, and Slack's own judgement."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.sandbox.acting.outcomes import Outcome
from bot.sandbox.mentions import alerts, links
from bot.sandbox.model.messages import Message
from bot.sandbox.model.people import User
from bot.sandbox.server import FakeSlack
from tests.conftest import Running
from tests.databases import rows_in

HOSTILE = [
    "<!channel> look at <https://evil.example|your bank> and <@U0LEAD>",
    "*bold* _it_ ~no~ `code` @channel #general https://evil.example",
    '=HYPERLINK("https://evil.example","x")',
    "😀🎉🔥",
    "&lt;!here&gt; &amp; <!date^0^{date}|x>",
]
"""Comments that would alert, lead away, or be worked out by a spreadsheet, were they not plain text."""


def rows(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every table of what is kept with all its rows, sorted; how often the bot started is none of it."""
    kept = rows_in(folder / "bifocal.db")
    return {name: sorted(found, key=repr) for name, found in kept.items() if name != "installation"}


def refused(slack: FakeSlack) -> list[tuple[str, str]]:
    """The calls of the bot that Slack refused, but for those that only came too soon: method and error."""
    answers = [each for each in slack.feed.of("api.answer") if not each["ok"]]
    return [(each["method"], each["error"]) for each in answers if each["error"] != "ratelimited"]


def lifeless(message: Message | dict[str, Any]) -> bool:
    """Whether nothing in a message alerts anybody or leads away."""
    shown = message if isinstance(message, dict) else message.payload()
    return not alerts(shown) and not links(shown)


async def forged(running: Running, outcome: Outcome, **changed: Any) -> Outcome:
    """The same act once more, as a signed payload in which `changed` replaces what stood in its action."""
    assert outcome.delivery is not None
    payload = dict(outcome.delivery.payload)
    payload["actions"] = [payload["actions"][0] | changed]
    again = replace(outcome.delivery, payload=payload)
    answer = await running.slack.courier.deliver(again)
    await running.bot.background.drain()
    return Outcome(answer, delivery=again)


async def clicked(running: Running, user: User, message: Message, point: int) -> Outcome:
    """Choose a point, and keep what was sent."""
    outcome = await running.slack.click(user, message, f"point/{point}")
    await running.bot.background.drain()
    return outcome


def told(running: Running, user: User) -> str:
    """The newest private words to a person."""
    return running.slack.ephemerals(user)[-1].text


def dialog(running: Running, user: User) -> dict[str, Any]:
    """The body of the form on top of a person's screen."""
    return running.slack.views(user)[-1].body
