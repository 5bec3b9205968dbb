"""Editions: each due time once, of all that is counted, from sources that may be read."""

import json
from datetime import timedelta
from typing import Any

import pytest

from bot.sandbox.api.faults import Refusal
from bot.sandbox.model.messages import Message
from jobs.contrast.edition_state import EditionState
from jobs.delivery.render import render
from jobs.digests.if_read import Wish, obey
from jobs.digests.preview import preview
from jobs.digests.publish import publish, publish_one
from jobs.permissions.requester import Requester
from jobs.permissions.scope import sources_of
from jobs.privacy.look import CountSettings
from storage.records import Digest, OccasionState
from tests.conftest import Company, Running
from tests.jobs.scheduling import schedule
from tests.standing import give_news

COUNTING = CountSettings()

ORDER = "digest Atlas weekly mon 09:00 Europe/Berlin"
WORDS = "I never know which invoice is which."


async def post(running: Running, digest: Digest) -> EditionState | None:
    """Make an edition now."""
    bot = running.bot
    sources = await sources_of(bot.context.directory, digest)
    directory, at = bot.context.directory, running.clock()
    return await publish(bot.store, bot.client, directory, digest, sources, counting=COUNTING, at=at)


async def digest_of(running: Running, company: Company) -> Digest:
    """The digest of the channel."""
    return (await running.bot.store.digests.in_channel(company.lead.team_id, company.channel.id))[0]


def editions(company: Company) -> list[Message]:
    """The digests that were posted in the channel, oldest first."""
    posts = [each for each in company.channel.messages if each.thread_ts is None]
    return [each for each in posts if each.text.startswith("Atlas:")]


async def due(running: Running, company: Company) -> None:
    """Let time pass until the digest is due, and its posts are there."""
    for channel in (company.channel, company.team):
        for digest in await running.bot.store.digests.in_channel(company.lead.team_id, channel.id):
            if digest.next_at:
                await running.step(digest.next_at - running.clock())
    for _ in range(6):  # a channel takes one message a second
        await running.step(timedelta(seconds=2))


async def answer(running: Running, company: Company, words: str, point: int) -> None:
    """Ten people answer alike, and it counts."""
    question = await running.ask(company.lead, company.channel, words)
    for person in company.people:
        await running.click(person, question, point)
    await running.count()


async def test_a_due_time_is_posted_once(running: Running, company: Company) -> None:
    """Two processes that see one digest due post it once, and the next time is set."""
    bot = running.bot
    await answer(running, company, "nps about Atlas", 9)
    await running.type(company.lead, company.channel, ORDER)
    stale = await digest_of(running, company)
    assert stale.next_at is not None
    running.clock.step(stale.next_at - running.clock())
    for _ in range(2):
        await publish_one(bot.store, bot.client, bot.context.directory, stale, COUNTING, now=running.clock())
    await running.settle()
    assert len(editions(company)) == 1
    after = await digest_of(running, company)
    assert after.next_at is not None
    assert after.next_at - stale.next_at == timedelta(days=7)


async def test_a_late_edition_says_what_is_true_when_it_is_made(running: Running, company: Company) -> None:
    """Monday's edition, made hours late, holds what was counted by then; after three days it is skipped."""
    await running.type(company.lead, company.channel, ORDER)
    question = await running.ask(company.lead, company.channel)
    for person in company.people:
        await running.click(person, question, 9)
    await running.step(timedelta(days=7, hours=6))  # it closed an hour after the edition was due
    for _ in range(4):  # a channel takes one message a second
        await running.step(timedelta(seconds=2))
    (late,) = editions(company)
    assert "10 of 13 answered" in late.text
    assert "This digest is late: it was due Mon 09:00." in late.text
    before = len(company.channel.messages)
    await running.step(timedelta(days=11))
    assert len(company.channel.messages) == before
    digest = await digest_of(running, company)
    rows = await running.bot.store.ledger.occasions_of(digest.team_id, digest.id)
    assert (rows[-1].local, rows[-1].reason) == ("2026-11-16T09:00", "missed while down, too late")


@pytest.mark.parametrize("words", ["digest Atlas weekly fri 10:00 Europe/Berlin", "digest Atlas off"])
async def test_who_changes_a_digest_while_its_edition_is_made_is_obeyed(
    words: str, running: Running, company: Company
) -> None:
    """A digest that got another rule or ended, after it was seen due, publishes and skips nothing."""
    bot = running.bot
    await running.type(company.lead, company.channel, ORDER)
    stale = await digest_of(running, company)
    running.clock.step(timedelta(days=6, hours=23))
    await running.type(company.lead, company.channel, words)
    changed = await bot.store.digests.in_channel(company.lead.team_id, company.channel.id)
    await publish_one(bot.store, bot.client, bot.context.directory, stale, COUNTING, now=running.clock())
    await running.settle()
    assert not company.channel.messages
    assert await bot.store.digests.in_channel(company.lead.team_id, company.channel.id) == changed
    assert await bot.store.ledger.occasions_of(stale.team_id, stale.id) == []


async def test_a_late_replica_sets_no_instrument(running: Running, company: Company) -> None:
    """Only the edition that is kept decides which instrument speaks for a side."""
    bot = running.bot
    await running.type(company.lead, company.channel, ORDER)
    stale = await digest_of(running, company)
    running.clock.step(timedelta(days=6, hours=23))
    due_at = running.clock()
    await publish_one(bot.store, bot.client, bot.context.directory, stale, COUNTING, now=due_at)
    await running.settle()
    await running.ask(company.lead, company.channel, "nps about Atlas")
    await publish_one(bot.store, bot.client, bot.context.directory, stale, COUNTING, now=due_at)
    assert (await digest_of(running, company)).cx_metric is None


async def test_a_week_without_anything_to_say_is_silent(running: Running, company: Company) -> None:
    """Nothing is posted, and the ledger says why; four weeks after the last edition one line is posted."""
    await answer(running, company, "nps about Atlas", 9)
    await running.type(company.lead, company.channel, ORDER)
    await due(running, company)
    assert len(editions(company)) == 1
    for _ in range(3):
        await due(running, company)
    digest = await digest_of(running, company)
    assert len(editions(company)) == 1
    rows = await running.bot.store.ledger.occasions_of(digest.team_id, digest.id)
    assert [(row.state, row.reason) for row in rows] == [
        (OccasionState.DONE, None),
        *[(OccasionState.SKIPPED, "nothing new")] * 3,
    ]
    await due(running, company)
    line = editions(company)[-1]
    assert line.text == (
        "Atlas: same scores as on 16 November. No question closed since, and none is planned. "
        "Button: Repeat a question."
    )
    assert "|16 Nov>" in line.blocks[0]["text"]["text"]
    await running.slack.click(company.lead, line, "schedule")
    await running.bot.finish()
    opened = running.slack.views(company.lead)[-1]
    assert "often" in {block.get("block_id") for block in opened.body["blocks"]}
    for _ in range(3):
        await due(running, company)
    assert len(editions(company)) == 2
    assert not running.slack.troubles


async def test_where_nothing_was_ever_asked_only_the_lead_is_told(running: Running, company: Company) -> None:
    """Nothing is posted, the ledger says so, and its lead reads it once, with the button that asks."""
    await running.type(company.lead, company.channel, ORDER)
    for _ in range(6):
        await due(running, company)
    assert not company.channel.messages
    digest = await digest_of(running, company)
    rows = await running.bot.store.ledger.occasions_of(digest.team_id, digest.id)
    assert {row.reason for row in rows} == {"nothing was asked yet"}
    (told,) = running.slack.dms(company.lead)
    assert told.text == (
        "No digest about Atlas today: nothing has been asked about it yet, "
        "so nothing was posted in <#C0ATLAS>. Button: Ask a channel."
    )
    await running.slack.click(company.lead, told, "ask")
    await running.bot.finish()
    assert running.slack.views(company.lead)[-1].title == "Ask a channel"
    assert not running.slack.troubles


async def test_a_lost_channel_is_said_once(running: Running, company: Company) -> None:
    """The edition says what is not in it, what was shown stands, its lead reads what to do; once."""
    await answer(running, company, "nps about Atlas", 9)
    await running.type(
        company.lead, company.team, "digest Atlas from #atlas #atlas-team weekly mon 09:00 Europe/Berlin"
    )
    await due(running, company)
    company.channel.members.remove(running.slack.bot.id)
    before = len(company.team.messages)
    await due(running, company)
    await due(running, company)
    (lost,) = [each for each in company.team.messages[before:] if each.thread_ts is None]
    assert "Not in this digest: new answers from <#C0ATLAS>. Bifocal was removed there." in lost.text
    assert lost.text.startswith("Atlas: customers are happy; users are not asked here.")
    assert "from November, 10 answers" in lost.text
    (told,) = running.slack.dms(company.lead)
    assert told.text.startswith(
        "*The digest about Atlas misses a channel.* Bifocal was removed from <#C0ATLAS>"
    )


async def test_a_score_that_was_withdrawn_before_any_edition_is_news(
    running: Running, company: Company
) -> None:
    """The edition for which it was meant says so, and its question names that edition no more."""
    await running.type(company.lead, company.channel, ORDER)
    await running.step(timedelta(days=7))
    for people in (company.people[:3], company.people):
        question = await running.ask(company.lead, company.channel, "nps about Atlas for 1 day")
        for person in people:
            await running.click(person, question, 9)
        await running.step(timedelta(days=1, minutes=20))
        await running.step(timedelta(seconds=2))
    first = next(each for each in company.channel.messages if "3 answered" in each.text)
    down = await running.type(company.lead, company.channel, "takedown 2")
    assert down is not None
    await running.slack.click(company.lead, down, "take_down")
    for _ in range(3):
        await running.step(timedelta(seconds=2))
    assert first.text.endswith("3 answered, thank you.")
    await running.step(timedelta(days=5))
    for _ in range(3):
        await running.step(timedelta(seconds=2))
    assert company.channel.messages[-1].text.startswith("Atlas: the customer score was withdrawn")


async def test_after_a_withdrawn_score_no_score_is_called_the_same(
    running: Running, company: Company
) -> None:
    """The digest after it tells of the withdrawal, and no later one points to a score, since none stands."""
    await running.type(company.lead, company.channel, ORDER)
    await answer(running, company, "nps about Atlas", 9)
    await running.step(timedelta(days=7))
    assert any("10 of 13 answered" in message.text for message in company.channel.messages)
    down = await running.type(company.lead, company.channel, "takedown 1")
    assert down is not None
    await running.slack.click(company.lead, down, "take_down")
    before = len(editions(company))
    for _ in range(5):
        await due(running, company)
    said = [edition.text for edition in editions(company)[before:]]
    assert len(said) == 2  # that of the withdrawal, and one after four silent weeks
    assert all(text.startswith("Atlas: the customer score was withdrawn") for text in said)


async def test_the_instrument_of_a_side_stays(running: Running, company: Company) -> None:
    """Once an edition has spoken by CSAT, a later NPS does not take its place."""
    await running.type(company.lead, company.channel, ORDER)
    await answer(running, company, "csat about Atlas", 5)
    await running.type(company.lead, company.channel, "digest now")
    for _ in range(9):  # a channel takes one message a second
        await running.step(timedelta(seconds=2))
    await answer(running, company, "nps about Atlas", 9)
    digest = await digest_of(running, company)
    assert digest.cx_metric == "csat"
    found = await preview(running.bot.store, running.bot.client, digest, COUNTING, now=running.clock())
    assert found.contrast.cx.score is not None
    assert found.contrast.cx.score.instrument == "csat"


async def test_without_slack_the_edition_waits(
    running: Running, company: Company, caplog: pytest.LogCaptureFixture
) -> None:
    """While nobody can say who reads a source, nothing is published; the next try does."""
    await answer(running, company, "nps about Atlas", 9)
    await running.type(company.lead, company.channel, "digest Atlas from #atlas #atlas-team")
    running.clock.step(timedelta(seconds=6))
    running.slack.faults.add("conversations.members", Refusal("fatal_error"))
    await running.step(timedelta(days=7))
    assert not editions(company)
    assert "failed" in caplog.text
    await running.step(timedelta(minutes=1))
    assert len(editions(company)) == 1


async def test_an_edition_now_is_up_to_this_moment(running: Running, company: Company) -> None:
    """An edition on request counts up to now, takes no occasion, and leaves the schedule as it is."""
    await answer(running, company, "nps about Atlas", 9)
    await running.type(company.lead, company.channel, ORDER)
    digest = await digest_of(running, company)
    for _ in range(2):
        assert await post(running, digest)
        await running.settle()
        await running.step(timedelta(seconds=2))
    assert "10 of 13 answered" in company.channel.messages[1].text
    assert (await digest_of(running, company)).next_at == digest.next_at


async def test_who_is_forgotten_while_an_edition_is_made_is_not_quoted(
    running: Running, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words erased after the contrast was read and before it is kept are in no edition and no message."""
    question = await running.ask(company.lead, company.channel)
    for person in company.people:
        await running.click(person, question, 2)
        words = {"comment": WORDS, "allow": ["quote"]} if person is company.people[0] else {"comment": "No."}
        await running.slack.submit(person, running.slack.views(person)[-1], words)
    question = await running.ask(company.lead, company.channel, "seq about Atlas")
    for person in company.people:
        await running.click(person, question, 6)
    await running.count()
    await running.type(company.lead, company.channel, ORDER)
    store, author = running.bot.store, company.people[0]
    write = store.editions.publish

    async def forget_and_write(**made: Any) -> bool:
        assert [quote.text for quote in made["edition"].quotes] == [WORDS]
        await store.erasure.forget(
            author.team_id, running.bot.context.respondents.both(author.team_id, author.id)
        )
        return await write(**made)

    monkeypatch.setattr(store.editions, "publish", forget_and_write)
    await running.type(company.lead, company.channel, "digest now")
    for _ in range(6):  # a channel takes one message a second
        await running.step(timedelta(seconds=2))
    edition = await store.editions.last(author.team_id, (await digest_of(running, company)).id)
    assert edition is not None
    assert edition.quotes == ()
    assert WORDS not in json.dumps(edition.figures)
    assert [message for message in company.channel.messages if "What customers write about." in message.text]
    assert WORDS not in json.dumps([message.payload() for message in company.channel.messages])
    assert not running.slack.troubles


async def test_a_digest_that_fails_is_told_once(
    running: Running, company: Company, caplog: pytest.LogCaptureFixture
) -> None:
    """While its sources cannot be checked it waits longer each time, and its lead reads one sentence."""
    await answer(running, company, "nps about Atlas", 9)
    await running.type(company.lead, company.team, "digest Atlas from #atlas weekly mon 09:00 Europe/Berlin")
    running.slack.faults.add("conversations.members", Refusal("fatal_error"), times=9_999)
    await running.step(timedelta(days=7))
    for _ in range(100):
        await running.step(timedelta(minutes=1))
    (told,) = running.slack.dms(company.lead)
    assert told.text.startswith("The digest of Atlas in <#C0TEAM> could not be made so far.")
    assert caplog.text.count("Traceback") == 1
    running.slack.faults.clear()
    await running.step(timedelta(hours=1))
    assert len([each for each in company.team.messages if each.thread_ts is None]) == 1


async def test_what_speaks_for_no_side_is_news_of_its_own(running: Running, company: Company) -> None:
    """A score of another instrument stands in a line; where nothing else is new, without any card."""
    await answer(running, company, "nps about Atlas", 9)
    await running.type(company.lead, company.channel, ORDER)
    await due(running, company)
    await answer(running, company, "csat about Atlas", 5)
    await due(running, company)
    first, second = editions(company)
    assert "Also this week" not in first.text
    assert second.text.startswith("Atlas: customers are happy; users are not asked here.")
    assert "Same scores as on 16 November. New this week: CSAT 80 percent or more, 10 answers." in second.text
    assert "Being a customer (CX)" not in second.text


async def test_after_six_editions_without_a_click_its_lead_is_asked(
    running: Running, company: Company
) -> None:
    """Once, in private; it goes on, comes every fourth week, or stops, as the lead wants."""
    store = running.bot.store
    await running.type(company.lead, company.channel, ORDER)
    digest = await digest_of(running, company)
    for _ in range(6):
        await give_news(store, digest, running.clock())
        assert await post(running, digest)
        digest = await digest_of(running, company)
    assert digest.unclicked == 6
    await store.digests.clicked(digest.team_id, digest.id)
    await running.settle()
    assert not running.slack.dms(company.lead)
    for _ in range(9):
        digest = await digest_of(running, company)
        await give_news(store, digest, running.clock())
        assert await post(running, digest)
    for _ in range(3):
        await running.step(timedelta(seconds=2))
    (asked,) = running.slack.dms(company.lead)
    assert asked.text == (
        "Is the digest about Atlas of use? In <#C0ATLAS> nobody has pressed a button of the last six. "
        "Shall it go on? Buttons: Yes, Monthly, Stop."
    )
    await running.slack.click(company.lead, asked, "digest_yes")
    await running.bot.finish()
    assert (await digest_of(running, company)).unclicked == 0
    await running.slack.click(company.lead, asked, "digest_monthly")
    await running.bot.finish()
    monthly = await digest_of(running, company)
    assert monthly.cadence == "every 4 weeks mon 09:00 from 2026-11-09"
    await running.slack.click(company.lead, asked, "digest_monthly")
    await running.bot.finish()
    assert (await digest_of(running, company)).cadence == monthly.cadence  # the button still stands there
    await running.slack.click(company.lead, asked, "digest_stop")
    await running.bot.finish()
    assert await store.digests.in_channel(company.lead.team_id, company.channel.id) == []
    assert not running.slack.troubles


@pytest.mark.parametrize(
    "rule, then",
    [
        ("monthly 15 10:00", "monthly 15 10:00"),
        ("quarterly 15 10:00", "quarterly 15 10:00"),
        ("every 2 weeks tue 10:00", "every 4 weeks tue 10:00 from 2026-11-03"),
        ("cron 0 9 * * 1", "monthly 1 09:00"),
    ],
)
async def test_monthly_moves_nothing_that_is_rarer(
    running: Running, company: Company, rule: str, then: str
) -> None:
    """A digest that comes once a month or less stays at its times; others keep their weekday."""
    await running.type(company.lead, company.channel, f"digest Atlas {rule} Europe/Berlin")
    digest = await digest_of(running, company)
    lead = Requester(
        team_id=company.lead.team_id,
        user_id=company.lead.id,
        channel_id=company.channel.id,
        now=running.clock(),
    )
    for _ in range(2):
        await obey(running.bot.store, running.bot.context.directory, lead, digest.id, Wish.MONTHLY)
        assert (await digest_of(running, company)).cadence == then


async def test_what_speaks_for_no_side_is_told_without_a_score(running: Running, company: Company) -> None:
    """Where the side's own question waits for more answers, another score is told in its week, and once."""
    await running.type(company.lead, company.channel, ORDER)
    waiting = await running.ask(company.lead, company.channel, "nps about Atlas")
    other = await running.ask(company.lead, company.channel, "csat about Atlas")
    for person in company.people:
        await running.click(person, other, 4)
    for person in company.people[:3]:
        await running.click(person, waiting, 9)
    await running.count()
    for _ in range(5):
        await due(running, company)
    first, second = editions(company)
    said = "Also this week: CSAT 80 percent or more, 10 answers."
    assert said in first.text
    assert "CSAT" not in second.text


async def test_a_late_edition_keeps_its_hour_after_the_digest_has_ended(
    running: Running, company: Company
) -> None:
    """The hour at which it was due stays on the digest's clock."""
    store = running.bot.store
    await answer(running, company, "nps about Atlas", 9)
    await running.type(company.lead, company.channel, ORDER)
    await running.step(timedelta(days=7))
    digest = await digest_of(running, company)
    edition = await store.editions.last(digest.team_id, digest.id)
    assert edition
    post = await store.outbox.post_for(digest.team_id, edition.id)
    assert post
    for _ in range(2):
        shown = await render(store, post, COUNTING, now=running.clock())
        assert "it was due Mon 09:00" in str(shown)
        await store.digests.remove(digest.team_id, digest.id)


async def test_what_waits_names_the_schedule_that_will_ask_the_same(
    running: Running, company: Company
) -> None:
    """Answers to a question that was asked once join the next of a schedule that was made since."""
    await running.type(company.lead, company.channel, ORDER)
    once = await running.ask(company.lead, company.channel, "nps about Atlas")
    await running.ask(company.lead, company.channel, "umux_lite about Atlas")
    for person in company.people[:3]:
        await running.click(person, once, 9)
    await running.count()
    await schedule(running, company)
    await running.type(company.lead, company.channel, "digest Atlas now")
    await due(running, company)
    said = editions(company)[-1].text
    assert "These 3 join the next round, asked Monday 16 November." in said
    assert "Using Atlas: no answers so far." in said
    assert "No next question is planned." in said


async def test_a_score_is_that_of_the_channels_that_are_in_it(running: Running, company: Company) -> None:
    """Beside it, what waits in another channel is told as new answers; it is not shared with that channel."""
    other = running.slack.add_channel("beta", company.lead, *company.people, id="C0BETA")
    await running.type(company.lead, company.team, "digest Atlas from #atlas #beta weekly mon 09:00")
    counted = await running.ask(company.lead, company.channel, "nps about Atlas for 6 days")
    waiting = await running.ask(company.lead, other, "nps about Atlas for 6 days")
    for person in company.people:
        await running.click(person, counted, 9)
    for person in company.people[:3]:
        await running.click(person, waiting, 9)
    await running.step(timedelta(days=6, minutes=30))
    await due(running, company)
    digest = next(each for each in company.team.messages if each.text.startswith("Atlas:"))
    assert "Being a customer: 3 new answers. They need to be 5 for a word, 10 for a score" in digest.text
    assert digest.text.endswith("Buttons: How this works, Share with #atlas.")
