"""`/pulse comments`: for leads, from a group on, without names or days."""

from datetime import timedelta

import pytest

from tests.conftest import Company, Running
from tests.handlers.scene import HOSTILE, lifeless, refused


async def write(running: Running, company: Company, words: list[str], about: str = "nps about Atlas") -> None:
    """A question under which these comments were written, and that counts by now."""
    question = await running.ask(company.lead, company.channel, about)
    for person, text in zip(company.people, words, strict=False):
        await running.click(person, question, 3)
        await running.slack.submit(person, running.slack.views(person)[-1], {"comment": text})
    await running.count()


async def test_four_comments_are_shown_to_nobody(running: Running, company: Company) -> None:
    """Under the group not even the lead reads them, and a cut of a group is no way around that."""
    await write(running, company, ["Slow.", "Slow.", "Slow.", "Slow."])
    answer = await running.type(company.lead, company.channel, "comments")
    assert answer is not None
    assert answer.text == (
        "Fewer than 5 people have written a comment. "
        "Comments are shown from 5, so that nobody can be picked out."
    )


async def test_hostile_comments_are_read_as_text(running: Running, company: Company) -> None:
    """Mentions, links, marks and formulas stand as they were typed, and alert nobody."""
    await write(running, company, [*HOSTILE, "The invoices are wrong."])
    seen: set[str] = set()
    page = await running.type(company.lead, company.channel, "comments")
    assert page is not None
    for _ in range(2):
        assert lifeless(page)
        seen |= {text for text in [*HOSTILE, "The invoices are wrong."] if text in _plain(page.blocks)}
        if "'more_comments'" in str(page.blocks):
            await running.slack.click(company.lead, page, "more_comments")
            await running.bot.background.drain()
            page = running.slack.ephemerals(company.lead, company.channel)[-1]
    assert len(seen) == 6
    assert not any(person.real_name in str(page.blocks) for person in company.people)
    assert not running.slack.troubles
    assert not refused(running.slack)


def _plain(blocks: object) -> str:
    """Every plain text in blocks."""
    if isinstance(blocks, dict):
        own = str(blocks["text"]) if blocks.get("type") in {"plain_text", "text"} else ""
        return own + "".join(_plain(value) for value in blocks.values() if isinstance(value, (dict, list)))
    return "".join(_plain(each) for each in blocks) if isinstance(blocks, list) else ""


async def test_others_are_told_who_reads_them(running: Running, company: Company) -> None:
    """Anybody but leads and admins reads who does."""
    await write(running, company, ["Slow."] * 6)
    answer = await running.type(company.people[0], company.channel, "comments")
    assert answer is not None
    assert answer.text == "Comments on being a customer are read by Priya Nair and workspace admins."
    admin = await running.type(company.admin, company.channel, "comments")
    assert admin is not None
    assert "Atlas: 6 comments, shuffled." in admin.text


async def test_nothing_joins_a_comment_to_its_answer(running: Running, company: Company) -> None:
    """Praise under the lowest answers is listed as any other: no count says that it speaks against them."""
    await write(running, company, ["Great, I love it!"] * 6)
    page = await running.type(company.lead, company.channel, "comments")
    assert page is not None
    assert page.text.endswith(
        "1 to 3 of 6, no names, no days. "
        "A program reads tone and topic, and what is a wish; the menu corrects them. Buttons: menu, Next 3."
    )


@pytest.mark.parametrize(
    "words, says",
    [
        ("comments ux", "No comment on using Atlas can be read here yet."),
        (
            "comments positive brand",
            "No comment about Atlas is of that kind. To read all of them: /pulse comments about Atlas.",
        ),
    ],
)
async def test_what_nobody_wrote(words: str, says: str, running: Running, company: Company) -> None:
    """A choice that fits nothing has a sentence, and where others can be read the command that shows them."""
    await write(running, company, ["The invoice is wrong."] * 6)
    answer = await running.type(company.lead, company.channel, words)
    assert answer is not None
    assert answer.text == says


async def test_comments_are_not_chosen_by_time(running: Running, company: Company) -> None:
    """A period is refused in a sentence, also where many have written in it."""
    await write(running, company, ["The invoice is wrong."] * 6)
    answer = await running.type(company.lead, company.channel, "comments 6w")
    assert answer is not None
    assert answer.text.startswith("Comments carry no dates, so none are chosen by time.")


async def test_a_product_with_few_comments_hides_no_other(running: Running, company: Company) -> None:
    """Each product is its own group."""
    await write(running, company, ["Slow."] * 3 + [""] * 3)
    await write(running, company, ["The invoice is wrong."] * 6, "csat about Borea")
    page = await running.type(company.lead, company.channel, "comments")
    assert page is not None
    assert "Borea: 6 comments" in page.text


async def test_open_questions_show_no_comment(running: Running, company: Company) -> None:
    """What is written is read only once the question has closed and counts."""
    question = await running.ask(company.lead, company.channel)
    for person in company.people[:8]:
        await running.click(person, question, 3)
        await running.slack.submit(person, running.slack.views(person)[-1], {"comment": "Slow."})
    answer = await running.type(company.lead, company.channel, "comments")
    assert answer is not None
    assert "Slow" not in answer.text
    await running.step(timedelta(days=7, minutes=20))
    answer = await running.type(company.lead, company.channel, "comments")
    assert answer is not None
    assert "Atlas: 8 comments" in answer.text
