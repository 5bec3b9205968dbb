"""Who may do what: guests set nothing up, and no digest opens what its leads have left."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.acting import payloads
from bot.sandbox.acting.delivery import Delivery
from bot.sandbox.acting.outcomes import Outcome
from bot.sandbox.api.faults import ServerError
from bot.sandbox.model.channels import Channel, Kind
from bot.sandbox.model.messages import Message
from bot.sandbox.model.people import User
from jobs.figures.contrast_here import load_contrast_here
from jobs.permissions.requester import Requester
from jobs.privacy.look import CountSettings
from storage.records import BlockCut, Period
from tests.conftest import Company, Running
from tests.handlers.pressing import on_no_screen
from tests.handlers.scene import dialog, refused, rows
from tests.jobs.permissions.test_may_post import OTHERS

NOT_FULL = (
    "Only full members of this workspace can ask, schedule or set anything up, "
    "not guests, people of other companies or bots. Nothing was changed."
)
AWAY = "Slack does not answer Bifocal at the moment. Please try again in a minute."
SETTING_UP = [
    "ask nps about Atlas",
    "ask nps about Atlas #atlas",
    "ask",
    "schedule",
    "pause 1",
    "resume 1",
    "close 1",
    "takedown 1",
    "digest Atlas from #atlas weekly tue 08:00",
    "digest Borea weekly tue 08:00",
    "digest now",
    "digest off",
]


async def typed(running: Running, user: User, channel: Channel, words: str) -> str:
    """What somebody reads after `/pulse words`, whatever a real client would let them do."""
    fields = payloads.command(running.slack.world, user, channel, "/pulse", words)
    fields["text"] = fields["text"].replace("#atlas", "<#C0ATLAS|atlas>")
    seen = len(running.slack.ephemerals(user, channel))
    await running.slack.courier.deliver(Delivery("slash_commands", fields))
    await running.bot.finish()
    new = running.slack.ephemerals(user, channel)[seen:]
    return new[-1].text if new else ""


def others(running: Running, company: Company) -> list[User]:
    """Everybody in the channel who is no full member, one of each kind."""
    add = running.slack.workspace.add_user
    people = [add(kind, id=f"U0GIL{at}", **traits) for at, (kind, traits) in enumerate(OTHERS.items())]
    company.channel.members.extend(person.id for person in people)
    return people


async def again_as(running: Running, outcome: Outcome, user: User) -> Outcome:
    """The same act once more, in the name of somebody else."""
    assert outcome.delivery is not None
    actor = {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team_id}
    world, channel_id = running.slack.world, outcome.delivery.payload.get("channel", {}).get("id", "C0ATLAS")
    answers_to = world.address + world.response_urls.issue(user.id, channel_id, None)
    changed = {"user": actor, "trigger_id": world.triggers.issue(user.id), "response_url": answers_to}
    delivery = replace(outcome.delivery, payload={**outcome.delivery.payload, **changed})
    with on_no_screen():
        answer = await running.slack.courier.deliver(delivery)
        await running.bot.finish()
    return Outcome(answer, delivery=delivery)


async def test_guests_and_others_set_nothing_up_by_words(
    running: Running, company: Company, tmp_path: Path
) -> None:
    """Every command that asks or sets gets the same sentence; nothing is changed, no form opens."""
    await running.ask(company.lead, company.channel)
    await running.digest(company.lead, company.channel, "digest Atlas weekly mon 09:00")
    guests = others(running, company)
    before = rows(tmp_path)
    for guest in guests:
        for words in SETTING_UP:
            said = await typed(running, guest, company.channel, words)
            assert said == NOT_FULL, (guest.name, words)
        assert rows(tmp_path) == before, guest.name
        assert not running.slack.views(guest), guest.name
    assert not running.slack.troubles


async def test_guests_and_others_set_nothing_up_by_form(
    running: Running, company: Company, tmp_path: Path
) -> None:
    """Neither the button that opens the form, nor the form, nor its preview, nor the button of a takedown."""
    slack, lead, guests = running.slack, company.lead, others(running, company)
    acts: list[Outcome] = []
    help_page = await running.type(lead, company.channel, "help")
    assert help_page is not None
    acts.append(await slack.click(lead, help_page, "ask"))
    await running.bot.background.drain()
    form = slack.views(lead)[-1]
    acts.append(await slack.submit(lead, form, {"product": "Atlas", "channel": company.channel.id}))
    await running.bot.background.drain()
    acts.append(await slack.submit(lead, slack.views(lead)[-1]))
    await running.settle()
    down = await running.type(lead, company.channel, "takedown 1")
    assert down is not None
    acts.append(await slack.click(lead, down, "take_down"))
    await running.settle()
    opened, pushed, sent, taken = acts
    before = rows(tmp_path)
    for guest in guests:
        for act in (opened, sent, taken):
            await again_as(running, act, guest)
            assert _told(running, guest) == {NOT_FULL}, guest.name
        await again_as(running, pushed, guest)
        assert rows(tmp_path) == before, guest.name
        assert not slack.views(guest), guest.name


def _told(running: Running, user: User) -> set[str]:
    """Everything that only this person was told."""
    return {message.text for message in (*running.slack.ephemerals(user), *running.slack.dms(user))}


async def test_a_lead_who_became_a_guest_sees_why_instead_of_the_preview(
    running: Running, company: Company, tmp_path: Path
) -> None:
    """The page that follows the form says it; so does the answer to a comment's menu."""
    lead = company.lead
    await running.type(lead, company.channel, "ask")
    form = running.slack.views(lead)[-1]
    lead.is_guest = True
    await running.step(timedelta(minutes=1))
    before = rows(tmp_path)
    await running.slack.submit(lead, form, {"product": "Atlas", "channel": company.channel.id})
    await running.bot.background.drain()
    page = dialog(running, lead)
    assert NOT_FULL in str(page["blocks"])
    assert "submit" not in page
    assert rows(tmp_path) == before


async def test_a_guest_corrects_and_hides_nothing(running: Running, company: Company) -> None:
    """A lead who became a guest changes no comment, by menu or form."""
    lead = company.lead
    question = await running.ask(lead, company.channel)
    for person in company.people[:6]:
        await running.click(person, question, 3)
        await running.slack.submit(person, running.slack.views(person)[-1], {"comment": "Too slow."})
    await running.count()
    labels = ("Hide this comment", "Another topic, or a wish", "Tone: positive")
    pages = {label: await running.type(lead, company.channel, "comments") for label in labels}
    lead.is_single_channel_guest = True
    await running.step(timedelta(minutes=1))
    for label, page in pages.items():
        assert page is not None
        block = next(block for block in page.blocks if block.get("accessory"))
        menu = block["accessory"]
        (value,) = [each["value"] for each in menu["options"] if each["text"]["text"] == label]
        await running.slack.select(lead, page, menu["action_id"], value, block_id=block["block_id"])
        await running.bot.background.drain()
    said = [message.text for message in running.slack.ephemerals(lead)]
    assert said.count(NOT_FULL) == 3
    assert not running.slack.views(lead)


async def test_while_slack_does_not_answer_nothing_is_set_up(
    running: Running, company: Company, tmp_path: Path
) -> None:
    """Nobody is taken for a member unseen, and the reason that is given is the true one."""
    await running.ask(company.lead, company.channel)
    await running.digest(company.lead, company.channel, "digest Atlas weekly mon 09:00")
    await running.step(timedelta(hours=2))
    before = rows(tmp_path)
    running.slack.faults.add("users.info", ServerError(503), times=10_000)
    for words in SETTING_UP:
        assert await typed(running, company.lead, company.channel, words) == AWAY, words
        assert rows(tmp_path) == before, words


@pytest.mark.parametrize(
    "traits", [OTHERS["a guest"], OTHERS["a guest of one channel"]], ids=["guest", "one"]
)
async def test_guests_answer_and_read_as_before(
    running: Running, company: Company, traits: dict[str, Any]
) -> None:
    """They are respondents and readers like any member of the channel."""
    guest = running.slack.workspace.add_user("Gil Guest", id="U0GIL", **traits)
    company.channel.members.append(guest.id)
    question = await running.ask(company.lead, company.channel)
    await running.click(guest, question, 9)
    assert "You chose 9" in str(running.slack.views(guest)[-1].body)
    for words in ("list", "help", "score nps", "contrast about Atlas", "digest", "me"):
        assert await typed(running, guest, company.channel, words) not in {"", NOT_FULL}, words


def _text(message: Message | None) -> str:
    return message.text if message else ""


@pytest.fixture
async def secret(running: Running, company: Company) -> Channel:
    """A private channel that was asked, with a digest of it in the team's channel."""
    secret = running.slack.add_channel(
        "secret", company.lead, *company.people, kind=Kind.PRIVATE, id="C0SECRET"
    )
    question = await running.ask(company.lead, secret)
    for person in company.people:
        await running.click(person, question, 9)
        await running.slack.submit(person, running.slack.views(person)[-1], {"comment": "Too slow."})
    await running.count()
    words = "digest Atlas from #secret weekly mon 09:00 Europe/Berlin"
    assert "from <#C0SECRET>" in _text(await running.digest(company.lead, company.team, words))
    return secret


QUERIES = [
    "score",
    "score about Atlas",
    "contrast",
    "contrast about Atlas",
    "comments",
    "comments about Atlas",
]
ADMINS_MAY = {"score about Atlas", "comments about Atlas"}  # an admin may name any product from anywhere
LEFT = "<#C0SECRET> is not read: no lead of the digest is in it any more."


async def test_a_source_that_the_leads_have_left_is_closed_to_every_query(
    running: Running, company: Company, secret: Channel
) -> None:
    """Within a minute nobody reads a figure or a comment of it, and the answer says why."""
    queries = [*QUERIES, "digest preview"]
    for words in queries:
        assert "Atlas" in (open_answer := await typed(running, company.lead, company.team, words)), words
        assert "not read" not in open_answer, words
    secret.members.remove(company.lead.id)
    await running.step(timedelta(minutes=1))
    for words in queries:
        readers = [company.lead] if words in ADMINS_MAY else [company.lead, company.admin]
        for reader in readers:
            closed = await typed(running, reader, company.team, words)
            assert LEFT in closed, words
            assert "Too slow" not in closed, words
            assert "10 of" not in closed, words
            assert "+100" not in closed, words
    assert not refused(running.slack)


async def test_the_cut_of_a_closed_source_is_not_repeated(
    running: Running, company: Company, secret: Channel
) -> None:
    """`contrast` shows how the comments of a source are divided only while it may be read."""
    await running.ask(company.lead, company.channel)
    again = await running.ask(company.lead, secret)
    for person in company.people:
        await running.click(person, again, 9)
        await running.slack.submit(person, running.slack.views(person)[-1], {"comment": "Too slow."})
    await running.count()
    await running.digest(company.lead, company.team, "digest Atlas from #secret #atlas")
    context, now = running.bot.context, running.clock()

    async def cut() -> BlockCut | None:
        requester = Requester(
            team_id=company.lead.team_id, user_id=company.lead.id, channel_id=company.team.id, now=now
        )
        period = Period(now - timedelta(days=30), now)
        shown, _ = await load_contrast_here(
            context.store,
            context.directory,
            context.client,
            requester,
            product="Atlas",
            period=period,
            counting=CountSettings(),
        )
        return shown.cx.cut

    shown = await cut()
    assert shown
    assert shown.comments == 20
    secret.members.remove(company.lead.id)
    await running.step(timedelta(minutes=1))
    assert await cut() is None


async def test_a_source_of_which_slack_does_not_tell_is_closed_too(
    running: Running, company: Company, secret: Channel
) -> None:
    """The answer says that Slack did not say who is in the channel."""
    assert secret.members
    await running.step(timedelta(minutes=1))
    running.slack.faults.add("conversations.members", ServerError(503), times=10_000)
    for words in QUERIES:
        said = await typed(running, company.lead, company.team, words)
        assert "is not read: Slack did not say who is in it." in said, words
        assert "Too slow" not in said, words
        assert "10 of" not in said, words


async def test_an_edition_says_which_source_it_has_not_read(
    running: Running, company: Company, secret: Channel
) -> None:
    """No figure of a channel that the leads have left is posted; the post says so, and Monday has no news."""
    secret.members.remove(company.lead.id)
    await running.step(timedelta(minutes=1))
    await typed(running, company.lead, company.team, "digest now")
    await running.settle()
    await running.step(timedelta(days=7))
    (post,) = [message.text for message in company.team.messages]
    assert "is not read: no lead of the digest is in it any more." in post
    assert "10 of" not in post
    assert not refused(running.slack)


async def test_an_edition_waits_for_slack_and_then_goes_without(
    running: Running, company: Company, secret: Channel
) -> None:
    """For six hours it is tried again; then it goes by what it may read, which here is nothing new."""
    assert secret.members
    (digest,) = await running.bot.store.digests.in_channel(company.lead.team_id, company.team.id)
    await running.step(timedelta(days=6, hours=22, minutes=30))
    running.slack.faults.add("conversations.members", ServerError(503), times=10_000)
    for _ in range(13):
        await running.step(timedelta(minutes=30))
    assert not company.team.messages
    for _ in range(4):
        await running.step(timedelta(minutes=30))
    assert not company.team.messages
    (row,) = await running.bot.store.ledger.occasions_of(digest.team_id, digest.id)
    assert row.reason == "nothing new"
    assert not running.slack.dms(company.lead)[1:]  # of the failing edition alone
