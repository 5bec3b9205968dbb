"""`/pulse outcome`: leads enter, members read, and a figure from elsewhere changes no line but its own."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.sandbox.model.channels import Channel
from bot.sandbox.model.messages import Message
from bot.sandbox.model.people import User
from handlers.commands.command_table import SUBCOMMANDS
from handlers.commands.outcomes.outcome_commands import outcome
from jobs.contrast import from_json
from jobs.contrast.edition_state import outcomes_in
from jobs.delivery.render import post_of
from tests.conftest import Company, Running
from tests.handlers.scene import HOSTILE, lifeless, refused

WEEK = timedelta(days=7)
NOT_A_LEAD = (
    "Only those who lead a question or a digest about Atlas, and workspace admins, enter and change its "
    "figures. Nothing was changed."
)
RETENTION = "retention 94% in october"


async def typed(running: Running, user: User, channel: Channel, words: str) -> Message:
    """What somebody is answered to `/pulse outcome ...`."""
    answer = await running.type(user, channel, f"outcome {words}")
    assert answer is not None
    return answer


async def counted(running: Running, company: Company) -> None:
    """NPS about Atlas, answered by ten people and counted, with a digest in the team's channel."""
    await running.digest(company.lead, company.team, "digest Atlas from #atlas weekly mon 09:00 UTC")
    question = await running.ask(company.lead, company.channel, "nps about Atlas until fri 17:00")
    for number, user in enumerate(company.people):
        await running.click(user, question, 9 if number % 2 else 6)


def edition(company: Company) -> Message:
    """The newest digest, without its thread."""
    return [each for each in company.team.messages if each.thread_ts is None][-1]


def kept_buttons(message: Message) -> list[str]:
    """The values behind its buttons."""
    return [
        each["value"] for block in message.blocks for each in block.get("elements", ()) if "value" in each
    ]


async def test_a_figure_stands_beside_the_sides_and_changes_nothing_else(
    running: Running, company: Company
) -> None:
    """The digest has one line more, word for word as the screens have it; all else is as without it."""
    await counted(running, company)
    saved = await typed(running, company.lead, company.team, RETENTION)
    assert saved.text == (
        "Saved: retention 94% (Oct). It stands in the digest about Atlas from Monday 9 November on, "
        "with your name. Buttons: Remove it, Change."
    )
    await typed(running, company.admin, company.team, "app rating 4.4 on 1 nov")
    await typed(running, company.admin, company.team, "churn 2.1% in 2025-12 from “R&D <b>”")
    await running.step(WEEK)
    posted = edition(company)
    line = (
        "Entered by hand: churn 2.1% (Dec 2025), from R&amp;D &lt;b&gt;, by Ada Boss · "
        "retention 94% (Oct), from Priya Nair · app rating 4.4 (1 Nov), from Ada Boss"
    )
    assert next(block["elements"][0]["text"] for block in posted.blocks if block["type"] == "context") == line
    assert line.replace(" · ", ", ") + "." in posted.text

    store = running.bot.store
    (digest,) = await store.digests.everywhere()
    last = await store.editions.last("T0SANDBOX", digest.id)
    assert last is not None
    assert [each.metric for each in outcomes_in(last.figures)] == ["churn", "retention", "app rating"]
    contrast = replace(from_json(last.figures), outcomes=())
    without = post_of(last, contrast, now=running.clock(), zone="UTC")
    assert without["blocks"] == [
        block
        for block in post_of(last, from_json(last.figures), now=running.clock(), zone="UTC")["blocks"]
        if line not in str(block)
    ]
    others = [block for block in posted.blocks if line not in str(block)]
    assert "retention" not in str(others)
    assert "churn" not in str(others)

    shown = await running.type(company.people[0], company.channel, "contrast")
    assert shown is not None
    assert line in str(shown.blocks)
    trend = await running.type(company.people[0], company.channel, "trend")
    assert trend is not None
    assert "*Retention, customers*\\nOct: 94%, from Priya Nair" in str([b.get("text") for b in trend.blocks])
    assert "from Priya Nair. " in trend.text
    of_nps = await running.type(company.people[0], company.channel, "trend nps")
    assert of_nps is not None
    assert "Retention" not in of_nps.text
    last_year = await running.type(company.people[0], company.channel, "contrast 2025-12")
    assert last_year is not None
    assert "churn" in last_year.text
    assert "retention" not in last_year.text

    before = posted.text
    gone = await running.type(company.lead, company.team, kept_buttons(saved)[0])
    assert gone is not None
    assert gone.text == (
        "Removed: retention 94% (Oct). Digests that have shown it stay as they are. To put it back: "
        "/pulse outcome retention 94% in 2026-10 for customers about Atlas"
    )
    await running.settle()
    assert edition(company).text == before
    assert not refused(running.slack)


async def test_only_a_new_figure_is_news_without_scores(running: Running, company: Company) -> None:
    """A week with a new figure alone is told as one without a new score; the next one is silent again."""
    await counted(running, company)
    await running.step(WEEK)
    first = len(company.team.messages)
    await running.step(WEEK)
    assert len(company.team.messages) == first
    await typed(running, company.lead, company.team, RETENTION)
    await running.step(WEEK)
    assert edition(company).text.startswith("Atlas: same scores as on 9 November.")
    assert "Entered by hand: retention 94% (Oct), from Priya Nair." in edition(company).text
    told = len(company.team.messages)
    await running.step(WEEK)
    assert len(company.team.messages) == told
    assert not refused(running.slack)


async def test_leads_enter_and_members_read(running: Running, company: Company) -> None:
    """Members, guests and people of other companies enter nothing; a list has no menu for them."""
    assert SUBCOMMANDS["outcome"].run is outcome
    await running.ask(company.lead, company.channel, "nps about Atlas")
    member = company.people[0]
    assert (await typed(running, member, company.channel, RETENTION)).text == NOT_A_LEAD
    assert (await typed(running, member, company.channel, "")).text == NOT_A_LEAD
    guest = running.slack.workspace.add_user("Guest", is_guest=True)
    company.channel.members.append(guest.id)
    assert "Only full members" in (await typed(running, guest, company.channel, RETENTION)).text
    none = await typed(running, member, company.channel, "list")
    assert none.text == "No figure from elsewhere, such as retention, was entered about Atlas."

    saved = await typed(running, company.lead, company.channel, RETENTION)
    assert "No digest about Atlas is planned." in saved.text
    same = await typed(running, company.admin, company.channel, RETENTION)
    assert same.text.startswith("It was entered before: retention 94% (Oct).")
    corrected = await typed(running, company.admin, company.channel, "retention 93% in october")
    assert corrected.text.startswith("Corrected: retention 93% (Oct), 94% before.")
    older = await typed(running, company.lead, company.channel, "retention 95% in september")
    assert "It stands in /pulse trend about Atlas, with your name. A digest shows the newest" in older.text
    listed = await typed(running, member, company.channel, "list")
    assert listed.text == (
        "Figures from elsewhere, Atlas: 2. Retention 93% (Oct), from Ada Boss; customers. "
        "Retention 95% (Sep), from Priya Nair; customers. "
        "They stand beside the two sides and change no score, word or title."
    )
    assert "overflow" not in str(listed.blocks)
    assert "overflow" in str((await typed(running, company.lead, company.channel, "list")).blocks)
    for value in kept_buttons(corrected):
        assert (
            await typed(running, member, company.channel, value.removeprefix("outcome "))
        ).text == NOT_A_LEAD
    for _ in range(2):
        gone = await typed(running, company.lead, company.channel, kept_buttons(older)[0][8:])
    assert gone.text == "This figure is not kept any more. Nothing was changed."


async def test_a_figure_outlives_what_is_forgotten_and_taken_down(running: Running, company: Company) -> None:
    """It belongs to the product; where its name is unknown or one of several, that is said."""
    await running.ask(company.lead, company.channel, "nps about Atlas")
    await typed(running, company.lead, company.channel, RETENTION)
    await running.bot.store.erasure.take_down("T0SANDBOX", (await newest_wave(running)), at=running.clock())
    await running.type(company.lead, company.channel, "forget")
    assert "Retention 94%" in (await typed(running, company.lead, company.channel, "list")).text
    unknown = await typed(running, company.lead, company.channel, f"{RETENTION} about Altas")
    assert "There is no product Altas here. Did you mean Atlas?" in unknown.text
    await running.ask(company.lead, company.channel, "nps about Borea")
    which = await typed(running, company.lead, company.channel, RETENTION)
    assert which.text == (
        "Say which product: Atlas or Borea. Try /pulse outcome retention 94% in october about Atlas. "
        "Nothing was changed."
    )


async def newest_wave(running: Running) -> str:
    """The id of the newest wave."""
    (row,) = await running.bot.store.waves.closing(running.clock() + 2 * WEEK)
    return row.id


@pytest.mark.parametrize("words", HOSTILE)
async def test_words_of_people_stay_words(running: Running, company: Company, words: str) -> None:
    """Whatever stands in a name or a source alerts nobody and leads nowhere, or is refused."""
    await running.ask(company.lead, company.channel, "nps about Atlas")
    for typed_words in (f'"{words}" 5 in october for users', f'churn 5% in october from "{words}"'):
        assert lifeless(await typed(running, company.lead, company.channel, typed_words))
    assert lifeless(await typed(running, company.lead, company.channel, "list"))
    assert not refused(running.slack)


async def test_a_sixth_kind_of_one_day_is_not_said_to_stand_in_the_digest(
    running: Running, company: Company
) -> None:
    """A digest has room for five; who enters another one reads where it stands instead."""
    await running.digest(company.lead, company.team, "digest Atlas from #atlas weekly mon 09:00 UTC")
    told = [
        (await typed(running, company.lead, company.team, f"kind{number} 5% in october for users")).text
        for number in range(6)
    ]
    assert ["It stands in the digest" in each for each in told] == [True] * 5 + [False]
