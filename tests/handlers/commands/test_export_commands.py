"""`/pulse export`: what a channel may read as files, to the asker alone."""

import pytest

from bot.sandbox.api.faults import Refusal
from tests.conftest import Company, Running


@pytest.fixture
async def counted(running: Running, company: Company) -> Running:
    """NPS of ten people."""
    question = await running.ask(company.lead, company.channel)
    for user, point in zip(company.people, (9, 9, 3, 10, 6, 9, 7, 8, 9, 10), strict=True):
        await running.click(user, question, point)
    await running.count()
    return running


def sent(running: Running) -> dict[str, str]:
    """The files that went to people, by name."""
    files = running.slack.files.by_id.values()
    return {one.name: (one.received or b"").decode("utf-8-sig") for one in files if one.channel_id}


async def test_rounds_go_to_the_asker(counted: Running, company: Company) -> None:
    """A member gets the rounds by direct message, and no comments; the answer says so."""
    person = company.people[0]
    told = await counted.type(person, company.channel, "export")
    assert told
    assert "rounds.csv went to you by direct message: 1 round." in told.text
    files = sent(counted)
    assert list(files) == ["rounds.csv"]
    header, row = files["rounds.csv"].splitlines()
    cells = dict(zip(header.split(","), row.split(","), strict=True))
    assert (cells["product"], cells["people"], cells["favourable"], cells["score"]) == (
        "Atlas",
        "10",
        "6",
        "40",
    )
    place = next(one.channel_id for one in counted.slack.files.by_id.values())
    assert place
    assert person.id in counted.slack.workspace.channels[place].members
    assert "U0" not in files["rounds.csv"]
    (one,) = counted.slack.files.by_id.values()
    assert (one.received or b"").startswith(b"\xef\xbb\xbf"), "Excel would take it for Windows-1252"


async def test_json_and_one_product(counted: Running, company: Company) -> None:
    """The form and the product can be named; another word is refused with the right one."""
    await counted.type(company.lead, company.channel, "export json about Atlas")
    assert list(sent(counted)) == ["rounds.jsonl"]
    refused = await counted.type(company.lead, company.channel, "export pdf")
    assert refused
    assert "is not a form of file" in refused.text


@pytest.mark.parametrize(
    "code, words",
    [
        ("missing_scope", "the scope files:write"),
        ("file_uploads_disabled", "an admin can allow them"),
        ("fatal_error", "ask again in a minute"),
    ],
)
async def test_what_slack_does_not_take_is_said(
    counted: Running, company: Company, code: str, words: str
) -> None:
    """In one sentence with what to do; nothing is left in the direct messages, and pictures go on."""
    counted.slack.faults.add("files.getUploadURLExternal", Refusal(code))
    told = await counted.type(company.lead, company.channel, "export")
    assert told
    assert words in told.text
    assert counted.bot.context.uploads.possible


async def test_before_anything_is_counted(running: Running, company: Company) -> None:
    """There is nothing to export, and nothing is sent."""
    await running.ask(company.lead, company.channel)
    told = await running.type(company.lead, company.channel, "export")
    assert told
    assert "nothing to export" in told.text
    assert sent(running) == {}


async def test_what_was_asked_for_by_name_and_is_not_there_is_said(
    counted: Running, company: Company
) -> None:
    """A lead who names comments of which none is listed learns that; figures from elsewhere go with all."""
    told = await counted.type(company.lead, company.channel, "export comments")
    assert told
    assert "No comments that you may read are listed here, so there is no file of comments." in told.text
    await counted.type(company.lead, company.channel, "outcome churn 2.1% in 2026-10 about Atlas")
    told = await counted.type(company.people[0], company.channel, "export outcomes json")
    assert told
    assert told.text == "rounds.jsonl and outcomes.jsonl went to you by direct message: 1 round."
    assert "Priya" not in sent(counted)["outcomes.jsonl"], "who entered it is not in the file"
    assert "U0LEAD" not in sent(counted)["outcomes.jsonl"]


async def test_after_somebody_is_forgotten_the_rounds_stay(counted: Running, company: Company) -> None:
    """Through the bot itself: the file of rounds is the same byte for byte, their comment is in none."""
    person, lead = company.people[0], company.lead
    question = await counted.ask(lead, company.channel, "csat about Atlas")
    for number, user in enumerate(company.people):
        await counted.click(user, question, 1 + number % 5)
        await counted.slack.submit(user, counted.slack.views(user)[-1], {"comment": f"words of {number}"})
    await counted.count()
    await counted.type(lead, company.channel, "export")
    before = sent(counted)
    assert "words of 0" in before["comments.csv"]
    page = await counted.type(person, company.channel, "forget")
    assert page
    await counted.slack.click(person, page, "forget", confirm=True)
    await counted.settle()
    counted.slack.files.by_id.clear()
    await counted.type(lead, company.channel, "export")
    after = sent(counted)
    assert after["rounds.csv"] == before["rounds.csv"]
    assert "words of 0" not in after["comments.csv"]
    assert "words of 1" in after["comments.csv"]
