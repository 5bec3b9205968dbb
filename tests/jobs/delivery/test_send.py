"""Messages are sent at most once, in order, and what goes wrong is told to whoever owns them."""

import asyncio
from collections import Counter
from contextlib import nullcontext
from datetime import timedelta
from typing import NoReturn

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from bot.sandbox.api.faults import Dropped, LostAnswer, RateLimited, Refusal, ServerError, Silence
from bot.sandbox.model.channels import Channel
from jobs.delivery import lanes
from jobs.messages.layout.ids import read_rate_block
from jobs.pulses.open_waves import open_wave
from storage.records import Lane, PostState
from storage.schema.delivery_tables import POST
from tests.conftest import Company, Running
from tests.jobs.scheduling import schedule
from tests.processes import PATIENCE
from tests.standing import a_pulse

AT_ONCE = lanes.AT_ONCE[Lane.POSTS]


@pytest.mark.parametrize(
    "error, words, remedy",
    [
        ("not_in_channel", "Bifocal is not in <#C0ATLAS> any more.", "Type `/invite @Bifocal` there."),
        ("is_archived", "<#C0ATLAS> is archived.", "It has to be unarchived first."),
        ("restricted_action", "Only some people may post in <#C0ATLAS>", "A workspace admin can let"),
    ],
)
async def test_a_refused_post_pauses_its_schedule_and_tells_its_owner_once(
    error: str, words: str, remedy: str, running: Running, company: Company
) -> None:
    """The owner reads once, by direct message, what is wrong and what to do; nothing is posted again."""
    await schedule(running, company)
    running.slack.faults.add("chat.postMessage", Refusal(error), channel=company.channel.id)
    await running.step(timedelta(days=7))
    await running.step(timedelta(minutes=1))
    assert not company.channel.messages
    dms = [message.text for message in running.slack.dms(company.lead)]
    assert len(dms) == 1
    assert words in dms[0]
    assert remedy in dms[0]
    assert "is paused." in dms[0]
    assert "`/pulse resume 1`" in dms[0]
    listed = await running.type(company.lead, company.channel, "list")
    assert listed is not None
    assert "paused" in listed.text
    assert "open until" not in listed.text
    await running.step(timedelta(days=7))
    assert not company.channel.messages
    assert len(running.slack.dms(company.lead)) == 1
    await running.type(company.lead, company.channel, "resume 1")
    await running.step(timedelta(days=7))
    assert len(company.channel.messages) == 1


async def test_a_refused_question_is_not_open(running: Running, company: Company) -> None:
    """What nobody can see is neither open nor waiting for answers, and its asker reads how to ask again."""
    running.slack.faults.add("chat.postMessage", Refusal("restricted_action"), channel=company.channel.id)
    await running.type(company.lead, company.team, "ask nps #atlas about Atlas")
    await running.settle()
    (told,) = running.slack.ephemerals(company.lead, company.team)
    assert "was not posted. A workspace admin" in told.text
    assert told.text.endswith("Then /pulse ask nps about Atlas once more.")
    answer = await running.type(company.lead, company.channel, "close 1")
    assert answer is not None
    assert answer.text == "Question 1 is not open. /pulse list shows what is open here. Nothing was changed."
    again = await running.ask(company.lead, company.channel)
    assert "recommend Atlas" in again.text
    assert "same question is open" not in running.slack.ephemerals(company.lead)[-1].text


async def test_too_many_requests_are_waited_out(running: Running, company: Company) -> None:
    """After a 429 the post waits as long as Slack says, and comes once."""
    running.slack.faults.add("chat.postMessage", RateLimited(60), channel=company.channel.id)
    await running.type(company.lead, company.channel, "ask nps about Atlas")
    await running.step(timedelta(seconds=59))
    assert not company.channel.messages
    await running.step(timedelta(seconds=2))
    assert len(company.channel.messages) == 1
    assert not running.slack.dms(company.lead)


@pytest.mark.parametrize(
    "fault, posted",
    [
        (ServerError(503), 0),
        (ServerError(500, accepted=True), 1),
        (LostAnswer(), 1),
        (Dropped(), 0),
        (Refusal("internal_error"), 0),
    ],
    ids=str,
)
async def test_a_post_whose_answer_was_lost_is_never_repeated(
    fault: ServerError | LostAnswer | Dropped | Refusal, posted: int, running: Running, company: Company
) -> None:
    """Nobody knows whether it is there: it is left alone, and its asker is told to look, once."""
    running.slack.faults.add("chat.postMessage", fault, channel=company.channel.id)
    await running.type(company.lead, company.channel, "ask nps about Atlas")
    for _ in range(4):
        await running.step(timedelta(minutes=10))
    assert len(company.channel.messages) == posted
    (told,) = [*running.slack.dms(company.lead), *running.slack.ephemerals(company.lead)]
    assert told.text.startswith(
        "Slack did not say whether question 1 (NPS about Atlas) was posted in <#C0ATLAS>."
    )
    assert "It is not sent again" in told.text


@pytest.mark.parametrize("broken", [("waves",), ("waves", "outbox")], ids=["hiccup", "away"])
async def test_what_failed_before_its_call_is_posted_later(
    broken: tuple[str, ...], running: Running, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slack was not called: nobody is told that the post may be lost, and it is posted once, later."""
    bot, locked = running.bot, OperationalError("select", {}, Exception("database is locked"))

    async def fails(*_: object, **__: object) -> NoReturn:
        raise locked

    await opened(running, company, company.channel)
    with monkeypatch.context() as failing:
        failing.setattr(bot.store.waves, "to_show", fails)
        if "outbox" in broken:
            failing.setattr(bot.store.outbox, "again", fails)
        with pytest.raises(OperationalError) if "outbox" in broken else nullcontext():
            await bot.sender.send_due()
    for _ in range(4):
        running.clock.step(timedelta(minutes=3))
        await bot.sender.send_due()
    assert len(company.channel.messages) == 1
    assert not running.slack.dms(company.lead)


async def test_an_update_whose_answer_was_lost_is_repeated(running: Running, company: Company) -> None:
    """A renewal shows the same twice, so it is sent again until Slack has it."""
    question = await running.ask(company.lead, company.channel)
    for fault in (LostAnswer(), ServerError(502), RateLimited(5)):
        running.slack.faults.add("chat.update", fault)
    await running.click(company.people[0], question, 9)
    running.slack.faults.add("chat.update", Dropped())
    for _ in range(5):
        await running.step(timedelta(seconds=40))
    assert "1 answered" in question.text
    assert not running.slack.dms(company.lead)


async def test_a_question_that_somebody_deleted_is_closed(running: Running, company: Company) -> None:
    """Its next renewal closes it, its lead reads so once, it is posted no more, and the answers stay."""
    question = await running.ask(company.lead, company.channel)
    await running.click(company.people[0], question, 9)
    company.channel.messages.remove(question)
    for _ in range(3):
        await running.step(timedelta(seconds=10))
    (told,) = running.slack.dms(company.lead)
    assert told.text.startswith("Somebody deleted question 1 (NPS about Atlas) in <#C0ATLAS>, so")
    assert told.text.endswith("To ask again, type `/pulse ask nps about Atlas` there.")
    wave_id, _ = read_rate_block(question.blocks[1]["block_id"])
    post = await running.bot.store.outbox.post_for(company.lead.team_id, wave_id)
    assert post is not None
    assert post.state is PostState.DELETED
    wave = await running.bot.store.waves.get(company.lead.team_id, wave_id)
    assert wave is not None
    assert wave.answered == 1
    assert wave.closed_at is not None
    await running.step(timedelta(days=7))
    assert not company.channel.messages
    assert len(running.slack.dms(company.lead)) == 1


async def test_the_sender_says_how_many_messages_it_tried(running: Running, company: Company) -> None:
    """With nothing to send nothing is called."""
    assert await running.bot.sender.send_due() == 0
    await running.ask(company.lead, company.channel)
    assert await running.bot.sender.send_due() == 0


async def test_a_pass_that_finds_nothing_due_writes_nothing(
    running: Running, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It looks first: also where messages wait for a later time, or are on their way elsewhere."""
    await running.ask(company.lead, company.channel)
    await opened(running, company, company.team)
    await running.bot.store.outbox.claim(now=running.clock(), lease=timedelta(hours=1), limit=1)

    async def written(_: object) -> NoReturn:
        raise AssertionError("something is written")

    with monkeypatch.context() as patch:
        patch.setattr(running.bot.store.database, "write", written)
        assert await running.bot.sender.send_due() == 0
        running.clock.step(timedelta(minutes=1))
        assert await running.bot.sender.send_due() == 0


async def test_what_slack_does_not_take_yet_keeps_its_place_in_its_channel(
    running: Running, company: Company
) -> None:
    """A message that is tried again later is not overtaken there; other channels do not wait."""
    await opened(running, company, company.channel, company.channel, company.team)
    full = Refusal("message_limit_exceeded")
    running.slack.faults.add("chat.postMessage", full, channel=company.channel.id)
    await running.bot.sender.send_due()
    assert (len(company.channel.messages), len(company.team.messages)) == (0, 1)
    running.clock.step(timedelta(seconds=30))
    await running.bot.sender.send_due()
    calls = [
        event["arguments"]
        for event in running.slack.feed.of("api.request")
        if event["arguments"].get("channel") == company.channel.id
    ]
    first, again, second = (call["metadata"]["event_payload"]["key"] for call in calls)
    assert first == again != second
    assert len(company.channel.messages) == 2


async def opened(running: Running, company: Company, *channels: Channel) -> None:
    """A question in each channel, one after the other, in the outbox and not sent."""
    for number, channel in enumerate(channels):
        pulse = await a_pulse(
            running.bot.store,
            rule="weekly mon 09:00",
            zone="UTC",
            channel_id=channel.id,
            lead_id=company.lead.id,
            now=running.clock() - timedelta(days=number + 1),
        )
        await open_wave(running.bot.store, pulse, now=running.clock())


async def held(running: Running, calls: int) -> None:
    """Return when that many posts wait for Slack's answer."""
    with running.slack.feed.follow(past=True) as events:
        async with asyncio.timeout(PATIENCE):
            while calls:
                event = await events.get()
                calls -= event.kind == "fault" and event["method"] == "chat.postMessage"


async def channels_in(running: Running, state: PostState) -> set[str]:
    """The channels with a message that stands so."""
    query = select(POST.c.channel_id).where(POST.c.state == state)
    return set(
        await running.bot.store.database.read(lambda connection: connection.execute(query).scalars().all())
    )


async def states(running: Running) -> Counter[PostState]:
    """How many messages of the outbox stand where."""
    query = select(POST.c.state)
    return Counter(
        await running.bot.store.database.read(lambda connection: connection.execute(query).scalars().all())
    )


async def test_commands_are_answered_while_posts_wait_for_slack(
    running: Running, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Posts that Slack holds for minutes: a lead asks and closes, none is cut off or called lost."""
    monkeypatch.setattr("jobs.delivery.wait_for_post.PATIENCE", 0.05)
    channels = [
        running.slack.add_channel(f"channel-{number}", company.lead, id=f"C0{number:03d}")
        for number in range(AT_ONCE + 7)
    ]
    await opened(running, company, *channels)
    running.slack.faults.add("chat.postMessage", Silence(), times=AT_ONCE)
    sending = asyncio.create_task(running.bot.sender.send_due())
    await held(running, AT_ONCE)
    in_flight = await channels_in(running, PostState.SENDING)
    number = next(at for at, channel in enumerate(channels, 1) if channel.id in in_flight)
    for words, answer in (
        ("ask csat about Atlas", "It is being posted in <#C0ATLAS>"),
        (f"close {number}", "closed"),
    ):
        channel = channels[number - 1] if words.startswith("close") else company.channel
        seen = len(running.slack.feed)
        await running.slack.command(company.lead, channel, "/pulse", words)
        await running.bot.background.drain()
        await running.slack.feed.happens(
            "ephemeral.posted", since=seen, within=PATIENCE, user=company.lead.id
        )
        assert answer in running.slack.ephemerals(company.lead, channel)[-1].text
    running.clock.step(timedelta(minutes=3))
    running.bot.sender.woken.set()
    assert not sending.done()
    running.slack.faults.release()
    await sending
    assert [len(channel.messages) for channel in (*channels, company.channel)] == [1] * (AT_ONCE + 8)
    assert set(await states(running)) <= {PostState.SENT, PostState.PENDING}  # pending: to show its close
    assert not running.slack.dms(company.lead)


async def test_a_lease_begins_at_its_claim(running: Running, company: Company) -> None:
    """After two minutes of sending, another process does not take a post in flight for lost."""
    await opened(running, company, company.channel, company.channel)
    bot, slack = running.bot, running.slack
    slack.faults.add("chat.postMessage", Silence(), times=2)
    sending = asyncio.create_task(bot.sender.send_due())
    for calls in (1, 2):
        await held(running, calls)
        running.clock.step(timedelta(seconds=119))
        assert not await bot.store.doubts.expire(now=running.clock())  # as the other process asks
        slack.faults.release()
    await sending
    assert await states(running) == {PostState.SENT: 2}
    assert not slack.dms(company.lead)


async def test_another_try_is_counted_from_the_answer(running: Running, company: Company) -> None:
    """Retry-After begins when Slack says it, however long the sender has been at work."""
    await opened(running, company, company.team, company.channel)
    slack = running.slack
    slack.faults.add("chat.postMessage", Silence(), channel=company.team.id)
    slack.faults.add("chat.postMessage", Silence(), channel=company.channel.id)
    sending = asyncio.create_task(running.bot.sender.send_due())
    await held(running, 2)
    await opened(running, company, company.channel)
    slack.faults.add("chat.postMessage", RateLimited(60), channel=company.channel.id)
    running.clock.step(timedelta(seconds=100))
    slack.faults.release()
    await sending
    running.clock.step(timedelta(seconds=59))
    assert await running.bot.sender.send_due() == 0
    running.clock.step(timedelta(seconds=1))
    assert await running.bot.sender.send_due() == 1


async def test_a_channel_gets_one_message_at_a_time(running: Running, company: Company) -> None:
    """While a message is on its way to a channel, no other is begun there, and other channels go on."""
    await opened(running, company, company.channel, company.channel, company.team)
    running.slack.faults.add("chat.postMessage", Silence(), channel=company.channel.id)
    sending = asyncio.create_task(running.bot.sender.send_due())
    await held(running, 1)
    await running.slack.feed.happens("message.posted", channel=company.team.id)
    assert len(company.channel.messages) == 1  # the one that Slack has not answered yet
    running.slack.faults.release()
    await sending
    assert len(company.channel.messages) == 2


async def test_the_end_of_the_sender_cuts_nothing_off(running: Running, company: Company) -> None:
    """Stopped, it claims nothing more, and what is in flight is posted and kept as such."""
    await opened(running, company, company.channel, company.channel)
    running.slack.faults.add("chat.postMessage", Silence())
    sending = asyncio.create_task(running.bot.sender.send_due())
    await held(running, 1)
    running.bot.stop()
    running.slack.faults.release()
    assert await sending == 1
    assert await states(running) == {PostState.SENT: 1, PostState.PENDING: 1}


async def test_what_is_new_is_sent_while_another_waits_for_slack(running: Running, company: Company) -> None:
    """Woken in the middle of its work the sender looks again, and does not wait for a slow answer."""
    await opened(running, company, company.channel)
    running.slack.faults.add("chat.postMessage", Silence(), channel=company.channel.id)
    sending = asyncio.create_task(running.bot.sender.send_due())
    await held(running, 1)
    company.team.members += [person.id for person in company.people]  # enough for a score
    await running.slack.command(company.lead, company.team, "/pulse", "ask nps about Atlas")
    await running.slack.feed.happens("message.posted", channel=company.team.id)
    assert not sending.done()
    running.slack.faults.release()
    await sending


async def test_a_paused_method_is_not_called_again(running: Running, company: Company) -> None:
    """After a 429 no renewal is sent before Retry-After has gone by, in any channel; posts go on."""
    slack, seen = running.slack, len(running.slack.feed)
    questions = [await running.ask(company.lead, channel) for channel in (company.channel, company.team)]
    await running.step(timedelta(seconds=6))  # the renewals that say how many are in the channels
    renewed = [event["method"] for event in slack.feed.of("api.request") if event.number >= seen].count(
        "chat.update"
    )
    slack.faults.add("chat.update", RateLimited(60))
    await running.click(company.lead, questions[0], 9)
    await running.step(timedelta(seconds=6))
    await running.click(company.lead, questions[1], 9)
    await opened(running, company, company.team)
    for seconds in (0, 30, 29):
        await running.step(timedelta(seconds=seconds))
    calls = [event["method"] for event in slack.feed.of("api.request") if event.number >= seen]
    assert calls.count("chat.update") == renewed + 1
    assert calls.count("chat.postMessage") > len(questions)
    await running.step(timedelta(seconds=1))
    assert all("1 answered" in question.text for question in questions)


async def test_a_thread_keeps_its_order_and_pace(
    running: Running, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One message a second in the channel; a fault in the middle of the thread lets no reply overtake."""
    question = await running.ask(company.lead, company.channel)
    for person in company.people:
        await running.click(person, question, 9)
    await running.count()
    await running.digest(
        company.lead, company.team, "digest Atlas from #atlas weekly mon 09:00 Europe/Berlin"
    )
    running.slack.limits.on = False
    monkeypatch.setattr(lanes, "PACE", timedelta(seconds=1))
    await running.type(company.lead, company.team, "digest now")
    await running.settle()
    seen = [len(company.team.messages)]
    running.slack.faults.add("chat.postMessage", RateLimited(retry_after=30), channel=company.team.id)
    for seconds in (1, 1, 30, 1, 1, 1, 1):
        await running.step(timedelta(seconds=seconds))
        seen.append(len(company.team.messages))
    assert seen[:5] == [1, 1, 1, 2, 3]
    parent, *replies = company.team.messages
    assert len(replies) >= 3
    keys = [str((each.metadata or {})["event_payload"]["key"]) for each in replies]
    assert keys == [
        f"{(parent.metadata or {})['event_payload']['key']}/{part + 1}" for part in range(len(keys))
    ]
