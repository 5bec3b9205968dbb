"""A message whose answer was lost is looked up where the app may, found by a click, or left as it is."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.sandbox.api.faults import Dropped, LostAnswer, RateLimited, Refusal
from jobs.messages.layout import edition_ids, ids
from storage.records import PostState
from storage.schema.delivery_tables import POST
from tests.conftest import Company, Running
from tests.handlers.listeners.test_edition_clicks import answered, posting
from tests.storage.scene import all_waves

HISTORY = {"channels:history", "groups:history"}
LEASE = timedelta(seconds=121)


async def let_read(running: Running, *, history: bool = True) -> None:
    """Whether the app has the optional scopes."""
    scopes = running.slack.app.scopes
    running.slack.app.scopes = frozenset(scopes | HISTORY if history else scopes - HISTORY)
    await running.bot.contact.greet()


async def asked(
    running: Running, company: Company, fault: LostAnswer | Dropped, words: str = "nps about Atlas"
) -> None:
    """A question whose post has no answer."""
    running.slack.faults.add("chat.postMessage", fault, channel=company.channel.id)
    await running.type(company.lead, company.channel, f"ask {words} for 7 days")
    await running.settle()


async def state(running: Running) -> tuple[PostState, str | None]:
    """Where the post of the question stands, and its ts."""
    (wave,) = await all_waves(running.bot.store)
    post = await running.bot.store.outbox.post_for(wave.team_id, wave.id)
    assert post is not None
    return post.state, post.slack_ts


@pytest.mark.parametrize("fault", [LostAnswer(), Dropped()], ids=["it stands", "it does not"])
async def test_a_lost_answer_is_looked_up(
    fault: LostAnswer | Dropped, running: Running, company: Company
) -> None:
    """After its lease the message is found, or posted again: it stands once, and nobody is told."""
    await let_read(running)
    await asked(running, company, fault)
    before = len(company.channel.messages)
    await running.step(timedelta(seconds=100))
    assert len(company.channel.messages) == before
    for _ in range(3):
        await running.step(LEASE)
    (question,) = company.channel.messages
    assert await state(running) == (PostState.SENT, question.ts)
    await running.click(company.people[0], question, 9)
    await running.step(timedelta(seconds=10))
    assert "1 answered" in question.text
    assert not running.slack.dms(company.lead)


@pytest.mark.parametrize("fault", [LostAnswer(), Dropped()], ids=["it stands", "it does not"])
async def test_a_lost_reply_is_looked_up_in_its_thread(
    fault: LostAnswer | Dropped, running: Running, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The thread of a digest is whole in the end, and nothing stands there twice."""
    monkeypatch.setattr("jobs.delivery.lanes.PACE", timedelta(seconds=1))
    await let_read(running)
    lead, team = company.lead, company.team
    await running.digest(lead, team, "digest Atlas from #atlas weekly mon 09:00 Europe/Berlin")
    await answered(running, company)
    while not team.messages:
        await running.step(timedelta(seconds=2))
    (digest,) = team.messages
    running.slack.faults.add("chat.postMessage", fault, channel=team.id)
    await posting(running)
    for _ in range(3):
        await running.step(LEASE)
    replies = [message.text for message in team.messages if message.thread_ts == digest.ts]
    assert len(replies) == len(set(replies)) == len(team.messages) - 1
    assert len(replies) == await replies_of(running)
    assert not running.slack.dms(lead)


async def replies_of(running: Running) -> int:
    """How many replies Slack shows, as the outbox has it."""
    query = select(func.count()).where(POST.c.part > 0, POST.c.state == PostState.SENT)
    return await running.bot.store.database.read(lambda connection: connection.execute(query).scalar_one())


async def test_it_is_looked_up_again_where_slack_does_not_tell(running: Running, company: Company) -> None:
    """A 429 is waited out; only an answer of Slack's lets the message be posted again."""
    await let_read(running)
    await asked(running, company, Dropped())
    history = running.slack.faults.add("conversations.history", RateLimited(300))
    await running.step(LEASE)
    assert history.left == 0
    for _ in range(4):
        await running.step(timedelta(seconds=70))
    assert not company.channel.messages
    await running.step(timedelta(seconds=100))
    await running.step(timedelta(seconds=1))
    assert len(company.channel.messages) == 1


async def test_without_the_scope_the_owner_is_told(running: Running, company: Company) -> None:
    """A scope that was taken away since: the message is not repeated, and its owner reads that."""
    await let_read(running)
    await asked(running, company, Dropped())
    running.slack.faults.add("conversations.history", Refusal("missing_scope"))
    for _ in range(3):
        await running.step(LEASE)
    assert not company.channel.messages
    (told,) = running.slack.dms(company.lead)
    assert "It is not sent again" in told.text


@pytest.mark.parametrize(
    "words, button",
    [("nps about Atlas", "point/9"), ("sus about Atlas", ids.OPEN_FORM), ("nps about Atlas", ids.PRIVACY)],
)
async def test_the_first_click_tells_where_a_question_stands(
    words: str, button: str, running: Running, company: Company
) -> None:
    """Without the scope nobody knows, until somebody clicks: then it is renewed, and closes as any other."""
    await asked(running, company, LostAnswer(), words)
    (question,) = company.channel.messages
    assert await state(running) == (PostState.UNKNOWN, None)
    await running.slack.click(company.people[0], question, button)
    await running.bot.finish()
    await running.step(timedelta(seconds=10))
    assert await state(running) == (PostState.SENT, question.ts)
    assert question.versions > 1
    await running.count()
    assert "closed" in question.text.casefold()


async def test_the_first_click_tells_where_a_digest_stands(running: Running, company: Company) -> None:
    """Then what belongs under it follows."""
    lead, team = company.lead, company.team
    await running.digest(lead, team, "digest Atlas from #atlas weekly mon 09:00 Europe/Berlin")
    running.slack.faults.add("chat.postMessage", LostAnswer(), channel=team.id)
    await answered(running, company)
    await posting(running)
    (digest,) = team.messages
    await running.slack.click(lead, digest, edition_ids.HOW)
    await posting(running)
    assert [message.thread_ts for message in team.messages[1:]] == [digest.ts] * (len(team.messages) - 1)
    assert len(team.messages) > 1


@pytest.mark.parametrize("clicks", [0, 1])
async def test_a_question_in_doubt_is_taken_down_once_it_is_known(
    clicks: int, running: Running, company: Company
) -> None:
    """Its lead reads that it could not be removed; the first click in it removes it."""
    await asked(running, company, LostAnswer())
    (question,) = company.channel.messages
    if clicks:
        await running.click(company.people[0], question, 9)
        await running.settle()
    taken = await running.type(company.lead, company.channel, "takedown 1")
    assert taken is not None
    await running.slack.click(company.lead, taken, "take_down")
    await running.bot.finish()
    told = running.slack.ephemerals(company.lead, company.channel)[-1].text
    assert ("could not be removed" in told) is not bool(clicks)
    if not clicks:
        await running.click(company.people[0], question, 9)
        await running.settle()
    assert not company.channel.messages
