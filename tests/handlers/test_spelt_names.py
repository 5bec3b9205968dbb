"""One product, however its name is spelt: in every command and form, done or refused."""

from collections.abc import Iterator

import pytest

from bot.sandbox.model.people import User
from storage.records import ConfirmedName, Digest, Pulse
from storage.records.name_folding import comparison_key, fold
from tests.conftest import Company, Running
from tests.handlers.scene import dialog
from tests.standing import TEAM

SPELLINGS = [
    "Café Nord",
    "CAFÉ NORD",
    "cafe\u0301 nord",
    "Ｃａｆé Ｎｏｒｄ",
    "Ca\u200bfé\u3164 No\u00adrd\ufe0f",
    "\u202eCafé Nord\u202c",
    "Café\u00a0 Nord",
    "“Café Nord”",
    "'café nord'",
    "(Café Nord)",
    "Café Nord.",
    "– café nord!",
    "＊Ｃａｆé　Ｎｏｒｄ。",
    "Café\u2065 Nord\U000e0fff",
]
KINDS = [SPELLINGS[at] for at in (0, 2, 4, 7, 12)]
"""A spelling of each kind: letters apart from accents, nothing drawn, quotes, and wide signs with a stop."""
NOT_HERE = ["Zeus", "ZEUS", "Ｚeus", "Ze\u200bus", "'zeus'", "zeus."]
WRITTEN = "The invoices are wrong."


def test_all_spellings_have_one_key() -> None:
    """So what does not look at the spelling itself does the same for each of them."""
    assert len({(fold(each), comparison_key(each)) for each in SPELLINGS}) == 1


def others(spellings: list[str]) -> Iterator[str]:
    """The spellings after the first, each of which must do what the first does."""
    return iter(spellings[1:])


@pytest.fixture
async def asked(running: Running, company: Company) -> Running:
    """A product that eight people answered and wrote about, and its digest in another channel."""
    await running.bot.store.products.create(TEAM, ConfirmedName(SPELLINGS[0]))
    question = await running.ask(company.lead, company.channel, f"nps about {SPELLINGS[0]}")
    for person in company.people[:8]:
        await running.click(person, question, 9)
        await running.slack.submit(person, running.slack.views(person)[-1], {"comment": WRITTEN})
    await running.count()
    await running.digest(company.lead, company.team, f"digest {SPELLINGS[0]} from #atlas weekly mon 09:00")
    return running


async def answer(running: Running, user: User, company: Company, words: str) -> str:
    """What somebody reads after typing words in the team's channel."""
    seen = len(running.slack.ephemerals(user, company.team))
    await running.type(user, company.team, words)
    (said,) = running.slack.ephemerals(user, company.team)[seen:]
    return said.text


async def digests(running: Running, company: Company) -> list[Digest]:
    """The digests of the team's channel."""
    team = running.slack.workspace.team.id
    return await running.bot.store.digests.in_channel(team, company.team.id)


async def pulses(running: Running, company: Company) -> list[Pulse]:
    """The pulses of the channel that is asked, the oldest first."""
    team = running.slack.workspace.team.id
    found = await running.bot.store.pulses.in_channel(team, company.channel.id, now=running.clock())
    return [pulse for pulse, _ in found]


READ = ["score about {}", "score nps about {}", "contrast about {}", "comments about {}", "digest {} preview"]
CHANGE = {"digest {} weekly tue 08:00": "change", "digest {} off": "end", "digest {} now": "post"}


async def test_every_spelling_reads_the_same(asked: Running, company: Company) -> None:
    """Whoever looks at a product sees the same of it, and sees it under its own name."""
    for words in READ:
        expected = await answer(asked, company.lead, company, words.format(SPELLINGS[0]))
        assert "Nothing has been asked" not in expected, words
        assert SPELLINGS[0] in expected, words
        for spelling in others(SPELLINGS):
            said = await answer(asked, company.lead, company, words.format(spelling))
            assert said == expected, (words, spelling)


async def test_every_spelling_of_another_name_finds_nothing(asked: Running, company: Company) -> None:
    """The refusal repeats what was typed and is the same but for that."""
    known = "Products asked about in this channel: Café Nord. Button: Café Nord."
    for words in ("score about {}", "contrast about {}", "comments about {}"):
        for spelling in NOT_HERE:
            said = await answer(asked, company.lead, company, words.format(spelling))
            name = spelling.replace("\u200b", "").strip("'.")
            assert said == f"Nothing about {name} here. {known}", (words, spelling)


async def test_no_spelling_takes_a_digest_over(asked: Running, company: Company) -> None:
    """A member who leads nothing is refused in the same words, and leads, rule and zone stay as they are."""
    member = company.people[0]
    company.team.members.append(member.id)
    before = await digests(asked, company)
    posted = len(company.team.messages)
    for words, verb in CHANGE.items():
        expected = f"Only the leads of the digest of {SPELLINGS[0]} and workspace admins can {verb} it."
        for spelling in SPELLINGS:
            said = await answer(asked, member, company, words.format(spelling))
            assert said == expected, (words, spelling)
        assert await digests(asked, company) == before, words
        assert len(company.team.messages) == posted, words


async def test_every_kind_of_spelling_changes_the_same_digest(asked: Running, company: Company) -> None:
    """Its lead sets, posts and ends one digest: none is made beside it."""
    (first,) = await digests(asked, company)
    for hour, spelling in enumerate(KINDS, start=1):
        await asked.digest(company.lead, company.team, f"digest {spelling} weekly tue {hour:02d}:00")
        (kept,) = await digests(asked, company)
        assert (kept.id, kept.product) == (first.id, first.product), spelling
        assert f"{hour:02d}:00" in kept.cadence
        posted = await answer(asked, company.lead, company, f"digest {spelling} now")
        assert SPELLINGS[0] in posted, spelling  # posted once, then nothing was ever asked for the new one
        ended = await answer(asked, company.lead, company, f"digest {spelling} off")
        assert f"digest about {SPELLINGS[0]} has ended" in ended, spelling
        assert await digests(asked, company) == []


async def test_every_kind_of_spelling_asks_about_the_same_product(asked: Running, company: Company) -> None:
    """By words: the question shows the name as it was first written, and says that it was asked lately."""
    (first,) = await pulses(asked, company)
    for spelling in KINDS:
        question = await asked.ask(company.lead, company.channel, f"nps about {spelling}")
        assert f"recommend {SPELLINGS[0]} to a friend" in question.text, spelling
        said = [each.text for each in asked.slack.ephemerals(company.lead, company.channel)[-2:]]
        assert any("NPS was asked here on" in each for each in said), spelling
        newest = (await pulses(asked, company))[-1]
        assert (newest.product, newest.subject) == (first.product, SPELLINGS[0])
        await asked.type(company.lead, company.channel, f"close {newest.number}")


@pytest.mark.parametrize("command", ["ask", "schedule"])
@pytest.mark.parametrize("field", ["product", "subject"])
async def test_every_kind_of_spelling_in_a_form_is_the_same_product(
    asked: Running, company: Company, command: str, field: str
) -> None:
    """The preview, the question and the answer show the name as it was first written."""
    (first,) = await pulses(asked, company)
    for spelling in KINDS:
        await asked.type(company.lead, company.channel, command)
        form = asked.slack.views(company.lead)[-1]
        filled = {"product": SPELLINGS[0], "instrument": "csat"} | {field: spelling}
        if command == "schedule":
            filled |= {"words": "every 2 weeks mon 09:30 from 2026-11-16"}
        await asked.slack.submit(company.lead, form, filled)
        await asked.bot.background.drain()
        if field == "product":
            assert f"satisfied are you with {SPELLINGS[0]}?" in str(dialog(asked, company.lead)), spelling
        await asked.slack.submit(company.lead, asked.slack.views(company.lead)[-1])
        await asked.settle()
        newest = (await pulses(asked, company))[-1]
        assert newest.id != first.id
        assert (newest.product, newest.subject) == (first.product, SPELLINGS[0]), spelling
        await asked.type(company.lead, company.channel, f"close {newest.number}")
        first = newest


@pytest.mark.parametrize("command", ["ask", "schedule"])
async def test_a_name_of_which_nothing_is_drawn_is_refused_in_a_form(
    running: Running, company: Company, command: str
) -> None:
    """Fillers, selectors and joiners alone are no name, and nothing is kept."""
    await running.type(company.lead, company.channel, command)
    form = running.slack.views(company.lead)[-1]
    for name in ("\u3164", "\u200b\ufe0f\u2060", "\u2800"):
        sent = await running.slack.submit(company.lead, form, {"product": name})
        assert sent.errors == {"product": "A name has at least one character."}
