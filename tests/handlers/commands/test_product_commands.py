"""`/pulse products`: who reads which names, and what renaming, merging and removing do."""

import re
from datetime import timedelta

from bot.sandbox.model.channels import Channel, Kind
from bot.sandbox.model.messages import Message
from bot.sandbox.model.people import User
from storage.records import ConfirmedName
from tests.conftest import Company, Running
from tests.handlers.scene import refused, told


async def typed(running: Running, user: User, channel: Channel, words: str) -> Message:
    """What somebody is answered to `/pulse products ...`."""
    answer = await running.type(user, channel, f"products {words}")
    assert answer is not None
    return answer


async def pressed(running: Running, user: User, message: Message, action: str) -> str:
    """Press a button, delivered twice; what the person reads last."""
    outcome = await running.slack.click(user, message, action)
    await running.bot.finish()
    await running.slack.redeliver(outcome)
    await running.bot.finish()
    return told(running, user)


async def names(running: Running) -> list[str]:
    """All products there are."""
    return [each.name for each in await running.bot.store.products.everywhere("T0SANDBOX")]


FREE_OR_HIDDEN = ["Nightowl", "Nightjar"]
"""A name that nothing has, and one of a product in a channel that the lead cannot read."""


async def test_what_may_be_known_is_listed_and_what_is_led_is_changed(
    running: Running, company: Company
) -> None:
    """One bot: the list, who may not, renaming, a taken name, removing, reserved words, Cancel."""
    lead, member, admin = company.lead, company.people[0], company.admin
    secret = running.slack.add_channel("secret", lead, kind=Kind.PRIVATE, id="C0SECRET")
    await running.ask(lead, company.channel, "nps about Atlas")
    await running.ask(lead, secret, "nps about Beacon")
    assert "Atlas: in <#C0ATLAS>." in (await typed(running, member, company.channel, "")).text
    assert "Beacon" not in (await typed(running, member, company.channel, "")).text
    assert "Beacon: in <#C0SECRET>." in (await typed(running, lead, company.channel, "")).text
    for words in ("rename Beacon to Bea", "merge Beacon into Atlas", "remove Beacon"):
        assert (
            "There is no product Beacon here." in (await typed(running, member, company.channel, words)).text
        )
    for words in ("rename Atlas to Bea", "merge Atlas into Borea", "remove Atlas"):
        assert "workspace admin" in (await typed(running, member, company.channel, words)).text
    assert "a word of /pulse" in (await typed(running, lead, company.channel, "rename Atlas to stop")).text
    stays = await typed(running, lead, company.channel, "remove Atlas")
    assert "cannot be removed: there is 1 open question." in stays.text
    taken = await typed(running, admin, company.channel, "rename Calypso to borea")
    assert taken.text.startswith("There is a product Borea already. Calypso would become part of Borea")
    before = await names(running)
    assert await pressed(running, admin, taken, "product/keep") == "Nothing was changed."
    assert await names(running) == before

    shown = await typed(running, lead, company.channel, "rename Atlas to Atlas One")
    assert shown.text == (
        "Atlas would be called Atlas One. 1 open question and all scores go on under the new name. "
        "What is posted, and what is open, keeps the old name. Nothing was changed yet. "
        "Buttons: Rename to Atlas One, Cancel."
    )
    assert await names(running) == before
    question = company.channel.messages[-1].text
    assert await pressed(running, lead, shown, "product/rename") == "Atlas is called Atlas One from now on."
    await running.click(member, company.channel.messages[-1], 9)
    await running.settle()
    assert company.channel.messages[-1].text.split("?")[0] == question.split("?")[0]
    hidden = running.slack.add_channel("hidden", admin, kind=Kind.PRIVATE)
    await running.bot.store.products.create("T0SANDBOX", ConfirmedName("Nightjar"))
    await running.ask(admin, hidden, "nps about Nightjar")
    tried = [
        await typed(running, lead, company.channel, f"rename Atlas One to {new}") for new in FREE_OR_HIDDEN
    ]
    seen = {answer.text.replace(new, "X") for answer, new in zip(tried, FREE_OR_HIDDEN, strict=True)}
    assert len(seen) == 1
    refusal = "Nightjar cannot be used as a name here. Choose another one, or ask a workspace admin."
    assert await pressed(running, lead, tried[1], "product/rename") == f"{refusal} Nothing was changed."
    assert "Nightjar" in await names(running)
    gone = await typed(running, admin, company.channel, "remove Calypso")
    assert await pressed(running, admin, gone, "product/remove") == "Calypso is removed."
    assert await names(running) == ["Atlas One", "Beacon", "Borea", "Nightjar"]
    assert not refused(running.slack)


async def test_a_merge_shows_every_round_as_it_was(running: Running, company: Company) -> None:
    """Scores of both stand in the trend as before, the sum is of whole rounds, and nothing takes it back."""
    lead, here = company.lead, company.channel
    for name, points in (("Borea", [9] * 4 + [8] * 3 + [3] * 3), ("Atlas", [9] * 6 + [8] * 2 + [3] * 2)):
        question = await running.ask(lead, here, f"nps about {name}")
        for person, point in zip(company.people, points, strict=True):
            await running.click(person, question, point)
        await running.count()
    before = []
    for name in ("Borea", "Atlas"):
        trend = await running.type(lead, here, f"trend nps about {name}")
        assert trend is not None
        before += re.findall(r"plus \d+|minus \d+", trend.text)[:1]
    assert before == ["plus 10", "plus 40"]
    shown = await typed(running, lead, here, "merge Borea into Atlas")
    assert "This cannot be undone." in shown.text
    assert shown.text.endswith("Nothing was changed yet. Buttons: Merge into Atlas, Cancel.")
    assert await pressed(running, lead, shown, "product/merge") == "Borea is part of Atlas from now on."
    score = await running.type(lead, here, "score nps")
    assert score is not None
    assert "20 answers, 2 rounds" in score.text
    trend = await running.type(lead, here, "trend nps")
    assert trend is not None
    assert all(each in trend.text for each in before)
    assert (
        "There is no product Borea here." in (await typed(running, lead, here, "merge Borea into Atlas")).text
    )
    assert not refused(running.slack)


FIGURES = ["score", "score nps", "score 30d", "contrast", "why", "why nps", "trend", "trend nps", "list"]
POINTS = {"nps": [9, 9, 9, 9, 8, 8, 3, 3, 2, 10], "csat": [5, 4, 4, 2, 1, 3, 5, 5, 4, 2]}


async def read(running: Running, company: Company, *more: str) -> dict[str, str]:
    """What the lead reads to each command."""
    found = {}
    for words in (*FIGURES, *more):
        answer = await running.type(company.lead, company.channel, words)
        assert answer is not None
        found[words] = answer.text
    return found


async def test_figures_are_equal_to_the_digit_after_a_rename_and_a_merge(
    running: Running, company: Company
) -> None:
    """Score, contrast, why and trend of every round stay as they were; every page says the new name."""
    lead, here = company.lead, company.channel
    await running.digest(lead, company.team, "digest Borea from #atlas weekly mon 09:00")
    for turn in range(2):
        for instrument, points in POINTS.items():
            question = await running.ask(lead, here, f"{instrument} about Borea")
            for place, person in enumerate(company.people):
                await running.click(person, question, points[(place + turn) % 10])
        await running.count()
        await running.step(timedelta(days=24))
    await running.ask(lead, here, "nps about Borea")
    pages = ("leads 5", "takedown 5")
    before = await read(running, company, *pages)
    renamed = await typed(running, lead, here, "rename Borea to Zephyr")
    assert "1 open question, 1 digest and all scores go on under the new name." in renamed.text
    await pressed(running, lead, renamed, "product/rename")
    after = await read(running, company, *pages)
    assert after == {words: text.replace("Borea", "Zephyr") for words, text in before.items()}
    merged = await typed(running, company.admin, here, "merge Zephyr into Calypso")
    await pressed(running, company.admin, merged, "product/merge")
    last = await read(running, company, *pages)
    assert last == {words: text.replace("Zephyr", "Calypso") for words, text in after.items()}
    me = await running.type(company.people[0], here, "me")
    assert me is not None
    assert "Borea" not in me.text
    assert "NPS about Calypso" in me.text


CHOSEN = {"Borea": (9, 9, 9, 9, 8, 8, 7, 3, 3, 10), "Calypso": (10, 9, 2, 8, 8, 6, 7, 3, 1, 5)}


def of_ten(points: tuple[int, ...]) -> str:
    """The classes of NPS as an answer says them, counted here anew from what people chose."""
    high, low = sum(each >= 9 for each in points), sum(each <= 6 for each in points)
    net = round(100 * (high - low) / len(points))
    number = f"plus {net}" if net > 0 else f"minus {-net}" if net else "0"
    middle = len(points) - high - low
    return rf"NPS {number}, .*{high} chose 9 or 10, {middle} chose 7 or 8, {low} chose 0 to 6\."


async def test_figures_of_merged_products_are_the_sum_of_both(running: Running, company: Company) -> None:
    """Both were counted: after the merge every figure adds their rounds, and one of them is taken down."""
    lead, here = company.lead, company.channel

    async def score(words: str = "score") -> str:
        answer = await running.type(lead, here, words)
        assert answer is not None
        return answer.text

    for name, points in CHOSEN.items():
        question = await running.ask(lead, here, f"nps about {name}")
        for person, point in zip(company.people, points, strict=True):
            await running.click(person, question, point)
        await running.step(timedelta(seconds=2))
    await running.count()
    for name, points in CHOSEN.items():
        assert re.match(f"{name}, {of_ten(points)}", await score(f"score nps about {name}"))
    merge = await typed(running, lead, here, "merge Calypso into Borea")
    await pressed(running, lead, merge, "product/merge")
    both = of_ten((*CHOSEN["Borea"], *CHOSEN["Calypso"]))
    for words in ("score", "score nps about Borea", "score nps 90d"):
        assert re.match(f"Borea, {both}", await score(words)), words
        assert "20 answers, 2 rounds" in await score(words)
    assert "minus 30, 10 answers; plus 30, 10 answers." in await score("trend nps about Borea")
    down = await running.type(lead, here, "takedown 2")
    assert down is not None
    assert "1 round is withdrawn: that of 9 November, 10 answers." in down.text
    await pressed(running, lead, down, "take_down")
    assert re.match(f"Borea, {of_ten(CHOSEN['Borea'])}", await score())
    assert "10 of 13 answered" in await score()
