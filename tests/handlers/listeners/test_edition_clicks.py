"""The buttons under a digest: what leads, members and guests read, also long after it was posted."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.api.faults import Refusal
from bot.sandbox.model.messages import Message
from bot.sandbox.model.people import User
from tests.conftest import Company, Running
from tests.databases import run_in
from tests.handlers.scene import dialog, forged, lifeless, refused, told
from tests.jobs.messages.checking import check, labels, texts

POINTS = (9, 10, 9, 8, 3, 9, 7, 10, 9, 2)
WRITTEN = (
    *("The invoices are wrong and the price is too high.",) * 5,
    *("The support team answers late.",) * 2,
    *("The onboarding training was bad.",) * 3,
)


async def posted(running: Running, company: Company) -> Message:
    """A digest in the team's channel, of a question that ten people answered in theirs."""
    await running.digest(
        company.lead, company.team, "digest Atlas from #atlas weekly mon 09:00 Europe/Berlin"
    )
    await answered(running, company)
    return await publish(running, company)


async def answered(running: Running, company: Company) -> None:
    """A question that ten people answered and that counts by now."""
    question = await running.ask(company.lead, company.channel)
    for person, point in zip(company.people, POINTS, strict=True):
        await running.click(person, question, point)
    await running.count()


async def publish(running: Running, company: Company) -> Message:
    """The newest edition with figures, once everything is posted."""
    await posting(running)
    return next(each for each in reversed(company.team.messages) if labels(each.payload()))


async def posting(running: Running) -> None:
    """Let everything be posted: a channel takes one message a second, and nothing else is due meanwhile."""
    await running.step(timedelta(seconds=6))
    for _ in range(6):
        running.clock.step(timedelta(seconds=6))
        await running.bot.finish()
        await running.bot.sender.send_due()
    await running.step(timedelta(seconds=6))


async def press(running: Running, who: User, message: Message, button: str) -> None:
    """Press a button and let the bot finish."""
    await running.slack.click(who, message, button)
    await running.settle()


def words_of(view: dict[str, Any]) -> str:
    """Every text of a form."""
    return "\n".join(words for _, words in texts(view))


async def test_how_this_works_explains_the_edition_as_it_was_made(running: Running, company: Company) -> None:
    """Formula, range, word, change and people are those of the edition, whatever was counted since."""
    company.team.members.extend(person.id for person in company.people)
    digest = await posted(running, company)
    assert labels(digest.payload()) == ["How this works", "Share with #atlas"]
    await press(running, company.people[0], digest, "how")
    view = dialog(running, company.people[0])
    check(
        {
            key: value
            for key, value in view.items()
            if key in {"type", "callback_id", "title", "close", "blocks"}
        }
    )
    shown = words_of(view)
    assert "6 of 10 chose 9 or 10 (60%), 2 of 10 chose 0 to 6 (20%). 60 less 20 is 40." in shown
    assert "is read from all answers since November, 10 of them" in shown
    assert "10 of 13 people, each once" in shown
    assert "No question about it was asked in the channels that are read." in shown
    again = await running.ask(company.lead, company.channel)
    for person in company.people:
        await running.click(person, again, 0)
    await running.step(timedelta(days=28))
    await running.type(company.lead, company.team, "digest Atlas off")
    await press(running, company.admin, digest, "how")
    assert words_of(dialog(running, company.admin)) == shown
    assert not running.slack.troubles
    assert not refused(running.slack)


@pytest.mark.parametrize("button", ["how", "share"])
async def test_a_form_that_comes_too_late_is_said(running: Running, company: Company, button: str) -> None:
    """Slack takes a form for three seconds after the press; later the person reads a sentence."""
    digest = await posted(running, company)
    running.slack.faults.add("views.open", Refusal("expired_trigger_id"))
    await press(running, company.lead, digest, button)
    label = {"how": "How this works", "share": "Share with #atlas"}[button]
    assert told(running, company.lead) == f"That took too long. Nothing was saved. Press {label} again."


async def test_what_no_digest_of_ours_shows_is_answered(running: Running, company: Company) -> None:
    """A forged id, an edition of another channel and one that is gone each get a sentence, never silence."""
    digest = await posted(running, company)
    outcome = await running.slack.click(company.lead, digest, "how")
    await running.settle()
    for changed, said in (
        ({"value": "edition/none"}, "This digest is not kept any more, so its buttons do nothing."),
        ({"value": "share/none"}, "This digest is not kept any more, so its buttons do nothing."),
        ({"value": "else"}, "This button is no longer in use."),
    ):
        await forged(running, outcome, **changed)
        assert told(running, company.lead) == said
    outcome = await running.slack.click(company.lead, digest, "share")
    await running.settle()
    for value in ("edition/none", "else"):
        await forged(running, outcome, value=value)
        assert told(running, company.lead).endswith(("do nothing.", "in use."))


async def with_topics(running: Running, company: Company) -> Message:
    """A digest whose comments are cut: three rounds of ten people, each of whom wrote, half about billing."""
    await running.digest(
        company.lead, company.team, "digest Atlas from #atlas weekly mon 09:00 Europe/Berlin"
    )
    for _ in range(3):
        question = await running.ask(company.lead, company.channel)
        for number, person in enumerate(company.people):
            await running.click(person, question, POINTS[number])
            await running.slack.submit(person, running.slack.views(person)[-1], {"comment": WRITTEN[number]})
            await running.bot.finish()
        await running.step(timedelta(days=28))
    return await publish(running, company)


async def test_the_topic_opens_its_comments_for_leads_alone(running: Running, company: Company) -> None:
    """A lead reads them; others read who may, also a guest; after the digest has ended a sentence is left."""
    digest = await with_topics(running, company)
    assert labels(digest.payload())[0] == "Comments about billing"
    await press(running, company.lead, digest, "comments")
    assert "The invoices are wrong" in told(running, company.lead)
    for person in (company.people[0], company.guest):
        company.team.members.append(person.id)
        await press(running, person, digest, "comments")
        assert told(running, person) == (
            "Comments on being a customer are read by Priya Nair and workspace admins."
        )
    await running.type(company.lead, company.team, "digest Atlas off")
    await press(running, company.lead, digest, "comments")
    assert told(running, company.lead) == (
        "This digest has ended. Its comments are read with /pulse comments in the channels that were asked."
    )
    assert all(map(lifeless, running.slack.ephemerals(company.lead)))
    assert not running.slack.troubles


@pytest.mark.parametrize("button", ["how", "share"])
async def test_a_press_says_that_the_digest_is_read(
    running: Running, company: Company, tmp_path: Path, button: str
) -> None:
    """Whoever presses a button under a digest ends the count of those that nobody pressed."""
    digest = await posted(running, company)
    assert _unclicked(tmp_path) == 1
    await press(running, company.lead, digest, button)
    assert _unclicked(tmp_path) == 0


@pytest.mark.parametrize("button", ["schedule", "open_cx"])
async def test_a_press_under_a_line_says_so_too(
    running: Running, company: Company, tmp_path: Path, button: str
) -> None:
    """A digest without new scores is read as well: by who repeats a question, or follows a link to one."""
    if button == "schedule":
        await posted(running, company)
    else:
        await running.digest(
            company.lead, company.team, "digest Atlas from #atlas weekly mon 09:00 Europe/Berlin"
        )
        await running.ask(company.lead, company.channel)
    await running.type(company.lead, company.team, "digest now")
    line = await publish(running, company)
    assert _unclicked(tmp_path) > 0
    await press(running, company.lead, line, button)
    assert _unclicked(tmp_path) == 0


def _unclicked(folder: Path) -> int:
    ((found,),) = run_in(folder / "bifocal.db", "select unclicked from digest")
    return int(found)
