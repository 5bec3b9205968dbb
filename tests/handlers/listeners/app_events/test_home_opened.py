"""The Home tab, as Slack shows it to those who answer and to those who lead."""

import logging
import re
from typing import Any

import pytest

from bot.sandbox.api.faults import RateLimited, Refusal
from bot.sandbox.mentions import alerts, links
from bot.sandbox.model.people import User
from handlers.events import read_event
from handlers.home_tab import publish_home
from handlers.listeners.app_events import home_opened
from handlers.payloads import Actor, View
from tests.conftest import Company, Running
from tests.handlers.scene import refused


async def opened(running: Running, user: User) -> str:
    """Open the Home tab; all that is written there."""
    assert (await running.slack.open_home(user)).ok
    await running.bot.finish()
    view = running.slack.home(user)
    assert view is not None
    return " / ".join(_texts(view.blocks))


def _texts(block: Any) -> list[str]:
    if isinstance(block, list):
        return [text for each in block for text in _texts(each)]
    if not isinstance(block, dict):
        return []
    own = [block["text"]] if isinstance(block.get("text"), str) else []
    return own + [text for each in block.values() if isinstance(each, dict | list) for text in _texts(each)]


def _is_row(block: dict[str, Any], number: int) -> bool:
    return re.fullmatch(rf"row/\w+/{number}", block["block_id"]) is not None


async def press(running: Running, user: User, action_id: str) -> None:
    """Press a button on the Home tab."""
    view = running.slack.home(user)
    assert view is not None
    assert (await running.slack.click(user, view, action_id)).ok
    await running.bot.finish()


async def choose(running: Running, user: User, number: int, command: str) -> None:
    """Choose in the menu of the row of a question."""
    view = running.slack.home(user)
    assert view is not None
    (row,) = (each["block_id"] for each in view.blocks if _is_row(each, number))
    outcome = await running.slack.select(user, view, "pulse_menu", command, block_id=row)
    assert outcome.ok
    await running.bot.finish()


async def test_before_anything_was_asked_it_shows_the_way(running: Running, company: Company) -> None:
    """Any full member reads the three steps and can begin; a guest reads that there is nothing to answer."""
    said = await opened(running, company.people[0])
    assert said.startswith("*Bifocal is installed.*")
    assert all(step in said for step in ("1. Invite it.", "2. Ask both.", "3. Read it on Monday"))
    await press(running, company.people[0], "ask")
    assert [view.title for view in running.slack.views(company.people[0])] == ["Ask a channel"]
    await running.slack.close_view(company.people[0], running.slack.views(company.people[0])[-1])
    await press(running, company.people[0], "example")
    (example,) = running.slack.views(company.people[0])
    assert "Example with invented figures" in str(example.blocks)
    guest = running.slack.workspace.add_user("Gus", is_guest=True)
    assert "installed" not in await opened(running, guest)
    assert "Nothing to answer." in await opened(running, guest)
    assert refused(running.slack) == []


async def test_who_answers_sees_what_is_open_and_what_is_kept(running: Running, company: Company) -> None:
    """The open question with the way to it; once it is answered that, and what is kept."""
    question = await running.ask(company.lead, company.channel)
    person = company.people[0]
    said = await opened(running, person)
    assert "*Open now*\nA question about Atlas, in <#C0ATLAS>, until" in said
    assert "Go to it" in said
    assert "*Kept of you*\nNothing." in said
    await running.click(person, question, 9)
    said = await opened(running, person)
    assert "*Open now*\nYou have answered 1 open question." in said
    assert "*Kept of you*\n1 answer, without your name." in said
    assert "What you run" not in said
    assert refused(running.slack) == []


async def test_nobody_sees_a_channel_that_they_are_not_in(running: Running, company: Company) -> None:
    """A question of a channel without this person is not on their page."""
    await running.ask(company.lead, company.team)
    assert "Nothing to answer." in await opened(running, company.people[0])
    assert "C0TEAM" not in await opened(running, company.people[0])


async def test_the_buttons_of_those_who_answer_open_forms(running: Running, company: Company) -> None:
    """What is kept, and Privacy; a form opened from Home is no step of another form."""
    question = await running.ask(company.lead, company.channel)
    person = company.people[0]
    await running.click(person, question, 9)
    await running.slack.close_view(person, running.slack.views(person)[-1])
    await opened(running, person)
    for action_id, title in (("kept_of_me", "What is kept of you"), ("privacy", "Privacy")):
        await press(running, person, action_id)
        (view,) = running.slack.views(person)
        assert view.title == title
        await running.slack.close_view(person, view)
    assert refused(running.slack) == []


async def test_a_lead_sees_what_they_run_and_what_is_missing(running: Running, company: Company) -> None:
    """Each question with its state; until the first digest three steps, with buttons for those to come."""
    await running.ask(company.lead, company.channel)
    said = await opened(running, company.lead)
    assert "Your first digest / *1. Customers asked:* yes, NPS in <#C0ATLAS>, 0 answers, closes" in said
    assert "*2. Users asked:* not yet. / Ask a channel / *3. Digest:* not yet. / Set up a digest" in said
    assert "What you run / Nothing is stopped. / *NPS about Atlas*, <#C0ATLAS>\nOpen until" in said
    await running.digest(company.lead, company.team, "digest Atlas from #atlas")
    said = await opened(running, company.lead)
    assert "*3. Digest:* yes, in <#C0TEAM>." in said
    assert "*Digest about Atlas*, <#C0TEAM>" in said
    assert refused(running.slack) == []


async def test_a_choice_in_a_menu_does_it_and_the_page_follows(running: Running, company: Company) -> None:
    """The answer stands in a form over Home, and Home shows what has changed."""
    await running.ask(company.lead, company.channel)
    await opened(running, company.lead)
    await choose(running, company.lead, 1, "close 1")
    (view,) = running.slack.views(company.lead)
    assert view.title == "Bifocal"
    home = running.slack.home(company.lead)
    assert home is not None
    assert not any(_is_row(block, 1) for block in home.blocks)
    assert refused(running.slack) == []


async def test_what_slack_has_stopped_is_tried_again_from_there(running: Running, company: Company) -> None:
    """A question that Slack does not take any more says why, and [Try again] lets it go on."""
    await running.type(company.lead, company.channel, "schedule nps about Atlas every 4 weeks mon 09:00")
    (view,) = running.slack.views(company.lead)
    await running.slack.submit(company.lead, view)
    await running.bot.finish()
    await running.slack.submit(company.lead, running.slack.views(company.lead)[-1])
    await running.settle()
    (pulse,) = await running.bot.store.own_questions.led_by(company.lead.team_id, company.lead.id)
    await running.bot.store.pulses.pause(pulse.team_id, pulse.id, reason="not_in_channel")
    said = await opened(running, company.lead)
    assert "*Paused:* NPS about Atlas. Bifocal is not in <#C0ATLAS> any more. Type `/invite @Bifocal`" in said
    await press(running, company.lead, "again/1")
    assert "Paused:" not in await opened(running, company.lead)
    assert refused(running.slack) == []


@pytest.mark.parametrize("method", ["users.info", "users.conversations"])
async def test_where_slack_does_not_tell_it_says_so(method: str, running: Running, company: Company) -> None:
    """What is kept of a person is shown all the same."""
    running.slack.faults.add(method, RateLimited(retry_after=60), times=1)
    said = await opened(running, company.people[0])
    assert "Slack does not tell just now in which channels you are." in said
    assert "*Kept of you*" in said


async def test_a_page_that_slack_refuses_is_logged(
    running: Running, company: Company, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing else stops, and the log names no person."""
    running.slack.faults.add("views.publish", Refusal("internal_error"), times=1)
    with caplog.at_level(logging.WARNING):
        await running.slack.open_home(company.people[0])
        await running.bot.finish()
    assert "a Home tab of team T0SANDBOX was not shown: internal_error" in caplog.text
    assert company.people[0].id not in caplog.text


async def test_the_tab_of_messages_publishes_nothing(running: Running, company: Company) -> None:
    """Slack tells of both tabs by the same event."""
    await running.slack.open_messages(company.people[0])
    await running.bot.finish()
    assert running.slack.home(company.people[0]) is None
    body = {"event": {"user": "U1", "tab": "messages"}, "team_id": "T1"}
    await home_opened.on_opened(body, context=running.bot.context)
    assert not read_event(body).opens_home


async def test_a_page_read_before_another_one_does_not_cover_it(running: Running, company: Company) -> None:
    """Where a newer page has come in between, what it shows is gathered again, and stays."""
    person = company.people[0]
    await opened(running, person)
    before = running.slack.home(person)
    assert before is not None
    seen = View(hash=before.hash)
    before.show(before.body, "2.0")  # another process has shown the page
    question = await running.ask(company.lead, company.channel)
    actor = Actor(team_id=person.team_id, user_id=person.id, external=False)
    await publish_home(running.bot.context, actor, seen=seen)
    assert refused(running.slack) == [("views.publish", "hash_conflict")]
    now = running.slack.home(person)
    assert now is not None
    assert question.channel_id in str(now.blocks)


async def test_two_tabs_may_choose_the_same(running: Running, company: Company) -> None:
    """What was chosen in the other tab already is said, and nothing is done twice."""
    await running.ask(company.lead, company.channel)
    await opened(running, company.lead)
    view = running.slack.home(company.lead)
    assert view is not None
    before = view.blocks
    await choose(running, company.lead, 1, "close 1")
    await running.slack.close_view(company.lead, running.slack.views(company.lead)[-1])
    view.blocks = before  # as a second window shows them until it is drawn anew
    await choose(running, company.lead, 1, "close 1")
    (answer,) = running.slack.views(company.lead)
    assert "Question 1 is not open." in str(answer.blocks)
    assert refused(running.slack) == []


async def test_typed_words_are_lifeless_there(running: Running, company: Company) -> None:
    """A product's name alerts nobody and leads nowhere."""
    await running.ask(company.lead, company.channel, 'nps about Atlas: "<!channel> https://evil.example"')
    await opened(running, company.lead)
    view = running.slack.home(company.lead)
    assert view is not None
    shown = {"text": "", "blocks": view.blocks}
    assert alerts(shown) == []
    assert all("evil" not in link for link in links(shown))
