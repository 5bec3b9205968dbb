"""Nobody's answer can be worked out by comparing figures: each is made of whole rounds, and they stay."""

from datetime import timedelta

from bot.sandbox.model.channels import Channel
from tests.conftest import Company, Running
from tests.handlers.scene import refused

FIGURES = ("score", "score nps 52w", "contrast", "contrast 52w", "digest preview")

FIRST = " This is the first digest. A change can show from the next one on."


async def answered(running: Running, company: Company, channel: Channel | None = None) -> None:
    """Ten people answer both sides, and both are counted."""
    questions = [
        await running.ask(company.lead, channel or company.channel, words)
        for words in ("nps about Atlas", "seq about Atlas: send an invoice")
    ]
    for number, person in enumerate(company.people):
        await running.click(person, questions[0], (9, 8, 3)[number % 3])
        await running.click(person, questions[1], (7, 6, 2)[number % 3])
    await running.count()


async def seen(running: Running, company: Company, channel: Channel | None = None) -> dict[str, str]:
    """What the lead reads in all figures, as a screen reader says it."""
    found = {}
    for words in FIGURES:
        answer = await running.type(company.lead, channel or company.channel, words)
        assert answer is not None
        found[words] = answer.text
    return found


async def test_figures_are_equal_before_and_after_somebody_is_forgotten(
    running: Running, company: Company
) -> None:
    """What was counted is not tied to anybody: no score, range or count moves by a digit, anywhere."""
    await answered(running, company)
    await running.digest(company.lead, company.channel, "digest Atlas")
    before = await seen(running, company)
    assert "10 of 13 answered" in before["score"]
    store, person = running.bot.store, company.people[0]
    respondents = running.bot.context.respondents.both(person.team_id, person.id)
    await store.erasure.forget(person.team_id, respondents)
    assert await seen(running, company) == before


async def test_a_contrast_of_a_period_denies_no_count_outside_of_it(
    running: Running, company: Company
) -> None:
    """Where nothing was counted in a month the newest scores are named, and no digest without one."""
    await answered(running, company)
    october = await running.type(company.lead, company.channel, "contrast 2026-10")
    assert october is not None
    nothing = "nothing was counted from 1 to 31 October 2026. The newest score: November: "
    assert f"Being a customer: {nothing}plus 10, 10 answers." in october.text
    assert f"Using Atlas: {nothing}" in october.text
    for words in ("no answers yet", "first digest"):
        assert words not in october.text


async def test_figures_are_equal_while_time_goes_by(running: Running, company: Company) -> None:
    """A round that grows old leaves no figure of its own accord: there is no window that it could leave."""
    await answered(running, company)
    await running.digest(company.lead, company.channel, "digest Atlas")
    before = await seen(running, company)
    for _ in range(2):
        await running.step(timedelta(weeks=5))
        later = await seen(running, company)
        assert later["score"] == before["score"]
        assert later["contrast"] == before["contrast"].replace(FIRST, "")


async def test_a_second_digest_over_the_same_channels_says_the_same(
    running: Running, company: Company
) -> None:
    """Whoever sets up another digest of the same sources reads the same figures."""
    await answered(running, company)
    await running.digest(company.lead, company.channel, "digest Atlas")
    await running.digest(company.lead, company.team, "digest Atlas from #atlas")
    here, there = [
        (await seen(running, company, channel))["digest preview"]
        for channel in (company.channel, company.team)
    ]
    assert "10 of 13 answered" in here
    assert here == there
    assert not refused(running.slack)


async def test_an_edition_and_the_next_hold_the_same_rounds_until_one_is_counted(
    running: Running, company: Company
) -> None:
    """Between two editions without a count nothing differs, and the second says that nothing was counted."""
    await answered(running, company)
    await running.digest(company.lead, company.channel, "digest Atlas")
    for _ in range(2):
        await running.type(company.lead, company.channel, "digest now")
        for _ in range(8):  # a channel takes one message a second
            await running.step(timedelta(seconds=2))
    posts = [each.text for each in company.channel.messages if each.text.startswith("Atlas: ")]
    assert "10 of 13 answered" in posts[0]
    assert posts[1].startswith("Atlas: same scores as on 9 November.")
    digests = await running.bot.store.digests.in_channel(company.lead.team_id, company.channel.id)
    last = await running.bot.store.editions.last(company.lead.team_id, digests[0].id)
    assert last is not None
    assert len(last.figures["rounds"]) == 2  # type: ignore[arg-type] # a list of ids in the JSON


async def test_a_withdrawn_round_is_news(running: Running, company: Company) -> None:
    """The edition after a question was taken down is a full one, and says that its score was withdrawn."""
    await answered(running, company)
    await running.digest(company.lead, company.channel, "digest Atlas")
    await running.type(company.lead, company.channel, "digest now")
    for _ in range(8):  # a channel takes one message a second
        await running.step(timedelta(seconds=2))
    asked = await running.type(company.lead, company.channel, "takedown 1")
    assert asked is not None
    await running.slack.click(company.lead, asked, "take_down")
    await running.settle()
    await running.type(company.lead, company.channel, "digest now")
    for _ in range(8):
        await running.step(timedelta(seconds=2))
    posts = [each.text for each in company.channel.messages if each.text.startswith("Atlas: ")]
    assert posts[-1].startswith("Atlas: ")
    assert "the score of 9 November was withdrawn: one of its questions was taken down." in posts[-1]
    assert "the customer score was withdrawn" in posts[-1]
