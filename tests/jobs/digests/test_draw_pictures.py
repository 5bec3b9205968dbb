"""A digest has its pictures where they can be had, and goes out in words where they cannot."""

import asyncio
import logging
from datetime import timedelta
from typing import Any

import pytest

from bot.sandbox.api.faults import Fault, LostAnswer, RateLimited, Refusal, ServerError, Silence
from bot.sandbox.model.messages import Message
from jobs.digests import draw_pictures
from jobs.digests.draw_pictures import give_pictures
from tests.conftest import Company, Running

SECOND = timedelta(seconds=1)
UPLOADS = ("files.getUploadURLExternal", "upload", "files.completeUploadExternal")


@pytest.fixture
async def counted(running: Running, company: Company) -> Running:
    """A question that was counted, and a digest that reads it."""
    await running.digest(
        company.lead, company.team, "digest Atlas from #atlas weekly wed 09:00 Europe/Berlin"
    )
    question = await running.ask(company.lead, company.channel)
    for user, point in zip(company.people, (9, 9, 3, 10, 6, 9, 7, 8, 9, 10), strict=True):
        await running.click(user, question, point)
    await running.count()
    company.team.messages.clear()
    return running


def pictures(message: Message) -> list[dict[str, Any]]:
    return [block for block in message.blocks if block["type"] == "image"]


def cards(message: Message) -> str:
    return " ".join(text["text"] for block in message.blocks for text in block.get("fields", []))


async def post_now(running: Running, company: Company) -> Message:
    """An edition on request, as it stands in the channel once everything due was done."""
    await running.type(company.lead, company.team, "digest now")
    await running.settle()
    return company.team.messages[0]


def of_edition(company: Company) -> list[Message]:
    """The messages of the edition: itself and its thread."""
    return list(company.team.messages)


async def test_a_digest_shows_its_picture(counted: Running, company: Company) -> None:
    """The picture stands below the cards, which then say no scale; its words tell both sides."""
    post = await post_now(counted, company)
    kinds = [block["type"] for block in post.blocks]
    (picture,) = pictures(post)
    assert kinds.index("image") == 1 + next(at for at, one in enumerate(post.blocks) if "fields" in one)
    assert picture["slack_file"]["id"] in counted.slack.files.by_id
    assert picture["alt_text"].startswith("Two scales from poor to good. Being a customer: NPS plus 40,")
    assert "Using Atlas: not asked." in picture["alt_text"]
    assert "(−100 to +100)" not in cards(post)
    assert "minus 100" not in post.text
    (file,) = counted.slack.files.by_id.values()  # of one round there is no story yet
    assert file.received is not None
    assert file.received.startswith(b"\x89PNG")
    assert not any(pictures(reply) for reply in of_edition(company)[1:])


@pytest.mark.parametrize("method", UPLOADS)
@pytest.mark.parametrize("fault", [RateLimited(60), ServerError(500), LostAnswer(), Refusal("fatal_error")])
async def test_without_its_picture_a_digest_goes_out_in_words(
    counted: Running, company: Company, method: str, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever fails on the way, the same message goes out at once, with scales in its cards, and once."""
    counted.slack.faults.add(method, fault)
    post = await post_now(counted, company)
    assert not pictures(post)
    assert "(−100 to +100)" in cards(post)
    said = [record.message for record in caplog.records if record.levelno >= logging.WARNING]
    assert len([line for line in said if "goes without its pictures" in line]) == 1
    assert len([one for one in of_edition(company) if one.thread_ts is None]) == 1


async def test_a_scope_that_is_missing_is_said_once(
    counted: Running, company: Company, caplog: pytest.LogCaptureFixture
) -> None:
    """Without files:write no other picture is tried before the next start, and one line says why."""
    counted.slack.app.scopes -= {"files:write"}
    assert not pictures(await post_now(counted, company))
    last = await counted.bot.store.editions.last("T0SANDBOX", await digest_id(counted))
    assert last is not None
    await give_pictures(counted.bot.store, counted.bot.context.uploads, last)
    assert len([line for line in caplog.messages if "missing_scope" in line]) == 1
    asked = [one for one in counted.slack.feed.of("api.request") if one["method"].startswith("files.")]
    assert len(asked) == 1


async def test_an_upload_without_an_answer_holds_a_digest_no_longer_than_its_limit(
    counted: Running, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A Slack that never answers costs the picture, not the digest."""
    monkeypatch.setattr(draw_pictures, "TIME_LIMIT", 0.01)
    counted.slack.faults.add("upload", Silence(), times=9)
    counted.slack.faults.add("files.getUploadURLExternal", Silence(), times=9)
    post = await post_now(counted, company)
    assert not pictures(post)
    counted.slack.faults.release()


async def test_a_drawing_that_fails_costs_no_digest(
    counted: Running, company: Company, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A fault of ours is logged once with its trace, and the digest goes out."""

    def broken(*_: object) -> None:
        raise ImportError("no such library")

    monkeypatch.setattr(draw_pictures, "draw", broken)
    assert not pictures(await post_now(counted, company))
    assert (
        len([one for one in caplog.records if one.exc_info and "the pictures of edition" in one.message]) == 1
    )


async def test_a_picture_that_slack_has_not_processed_is_shown_a_moment_later(
    counted: Running, company: Company
) -> None:
    """The message is tried again shortly, and stands once, with its picture."""
    counted.slack.files.processing = 3 * SECOND
    await counted.type(company.lead, company.team, "digest now")
    assert of_edition(company) == []
    for _ in range(2):
        await counted.step(2 * SECOND)
    assert len([one for one in of_edition(company) if one.thread_ts is None]) == 1
    assert pictures(of_edition(company)[0])


async def test_a_picture_that_slack_refuses_is_left_out(counted: Running, company: Company) -> None:
    """After ten seconds the same message goes without the picture, with its scales, and stays so."""
    counted.slack.files.processing = timedelta(days=1)
    await counted.type(company.lead, company.team, "digest now")
    for _ in range(7):
        await counted.step(2 * SECOND)
    post, *thread = of_edition(company)
    assert not pictures(post)
    assert "(−100 to +100)" in cards(post)
    assert [reply.thread_ts for reply in thread] == [post.ts] * len(thread)


async def test_a_digest_whose_process_died_is_sent_after_half_a_minute(
    counted: Running, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nobody draws, the message waits thirty seconds and goes out in words."""
    monkeypatch.setattr(draw_pictures, "give_pictures", died)
    monkeypatch.setattr("jobs.delivery.wait_for_post.PATIENCE", 0.05)
    await counted.type(company.lead, company.team, "digest now")
    await counted.step(29 * SECOND)
    assert of_edition(company) == []
    await counted.step(SECOND)
    assert not pictures(of_edition(company)[0])


async def died(*_: object, **__: object) -> None:
    """A process that ended before it could keep a picture."""


async def test_an_edition_gets_its_pictures_once(counted: Running, company: Company) -> None:
    """Two processes that draw at once leave one message with one picture."""
    await counted.type(company.lead, company.team, "digest now")
    last = await counted.bot.store.editions.last("T0SANDBOX", await digest_id(counted))
    assert last is not None
    await asyncio.gather(
        *(give_pictures(counted.bot.store, counted.bot.context.uploads, last) for _ in range(2))
    )
    await counted.settle()
    kept = await counted.bot.store.editions.get("T0SANDBOX", last.id)
    assert kept is not None
    assert kept.strips == last.strips
    assert len([one for one in of_edition(company) if one.thread_ts is None]) == 1


async def digest_id(running: Running) -> str:
    (digest,) = await running.bot.store.digests.in_channel("T0SANDBOX", "C0TEAM")
    return digest.id


async def test_the_thread_shows_the_story_of_two_rounds(counted: Running, company: Company) -> None:
    """From the second round on the first reply has a picture, whose words give every score."""
    await counted.step(timedelta(days=28))
    question = await counted.ask(company.lead, company.channel)
    for user in company.people[:8]:
        await counted.click(user, question, 3)
    for user in company.people[8:]:
        await counted.click(user, question, 9)
    for user in company.people[:3]:
        await counted.click(user, question, 8)
    company.team.messages.clear()
    await counted.count()
    await post_now(counted, company)
    await counted.step(2 * SECOND)  # a channel takes one message a second
    first = of_edition(company)[1]
    assert [one["alt_text"] for one in pictures(first)] == [
        "The last rounds of one side. Being a customer, NPS: plus 40, minus 30."
    ]
