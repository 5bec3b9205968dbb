"""What a figure is made of: whole rounds, and what stands before the next one."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from jobs.contrast import SideInput
from jobs.digests.gather_outlook import _next_asked
from jobs.figures.gather_rounds import Topic, load_asked_rounds, side_input
from jobs.privacy.look import CountSettings
from jobs.privacy.progress_rule import Stage
from storage.records import Lens, Period
from storage.records.round_records import RoundKind
from tests.conftest import Company, Running
from tests.jobs.messages import examples
from tests.jobs.scheduling import schedule

COUNTING = CountSettings()

NPS = Topic(instrument="nps", lens=Lens.CX, named=False)


async def given(running: Running, company: Company, period: Period | None = None) -> SideInput:
    """The customers' side of Atlas as its channel sees it now."""
    store, team = running.bot.store, company.lead.team_id
    product = await store.products.find(team, "atlas")
    assert product is not None
    asked = await load_asked_rounds(store, team_id=team, product=product, channels=[company.channel.id])
    client, now = running.bot.client, running.clock()
    return await side_input(store, NPS, asked, period=period, counting=COUNTING, client=client, now=now)


async def answered(running: Running, company: Company, many: int = 10) -> None:
    """So many answer a question, and it is counted."""
    question = await running.ask(company.lead, company.channel)
    for number, person in enumerate(company.people[:many]):
        await running.click(person, question, (9, 8, 3)[number % 3])
    await running.count()


async def test_a_side_has_its_newest_round_and_what_is_open(running: Running, company: Company) -> None:
    """The newest round, the one before it, and the open question with its link."""
    await answered(running, company)
    await running.step(timedelta(weeks=4))
    await answered(running, company)
    again = await running.ask(company.lead, company.channel)
    await running.click(company.people[7], again, 3)
    await running.settle()
    side = await given(running, company)
    assert [len(rounds) for rounds in side.rounds] == [1, 1]
    assert side.rounds.now[0].counted_at > side.rounds.before[0].counted_at
    assert (side.rounds.now[0].n, side.rounds.now[0].invited) == (10, 13)
    (progress,) = side.progress
    assert (progress.stage, progress.answers) == (Stage.OPEN, 1)
    assert side.open_question is not None
    assert side.open_question.link is not None
    assert side.open_question.link.endswith(again.ts.replace(".", ""))


async def test_a_period_has_only_its_rounds(running: Running, company: Company) -> None:
    """Where nothing was counted in the period, the newest round stands before it, not in its place."""
    await answered(running, company)
    await running.step(timedelta(weeks=9))
    now = running.clock()
    recent = await given(running, company, Period(now - timedelta(weeks=6), now))
    assert [len(rounds) for rounds in recent.rounds] == [0, 1]
    year = await given(running, company, Period(now - timedelta(weeks=52), now))
    assert [len(rounds) for rounds in year.rounds] == [1, 0]


async def test_what_waits_is_said_by_the_rules_of_the_count(running: Running, company: Company) -> None:
    """Too few of a question that was asked once need five for a word; then they are one."""
    await answered(running, company, many=4)
    (progress,) = (await given(running, company)).progress
    assert (progress.stage, progress.answers) == (Stage.TOO_FEW, 4)
    assert (progress.score_from, progress.word_from) == (10, 5)
    question = await running.ask(company.lead, company.channel)
    for person in company.people[4:7]:
        await running.click(person, question, 9)
    await running.count()
    side = await given(running, company)
    assert [one.kind for one in side.rounds.now] == [RoundKind.WORD]
    assert (side.rounds.now[0].n, side.progress) == (7, ())


async def test_names_are_a_topic_of_their_own(running: Running, company: Company) -> None:
    """What was asked with names stands after what was asked without."""
    store, team = running.bot.store, company.lead.team_id
    await running.ask(company.lead, company.channel)
    product = await store.products.find(team, "atlas")
    assert product is not None
    asked = await load_asked_rounds(store, team_id=team, product=product, channels=[company.channel.id])
    assert asked.topics(Lens.CX) == [NPS]
    assert asked.topics(Lens.UX) == []


async def test_no_time_that_has_passed_is_said_to_be_the_next(running: Running, company: Company) -> None:
    """While a schedule is not kept, answers and previews name the next time of its rule from now on."""
    await schedule(running, company, open_for="3d")
    await running.step(timedelta(days=7))
    for person in company.people[:4]:
        await running.click(person, company.channel.messages[-1], 9)
    await running.step(timedelta(days=3, minutes=20))
    (progress,) = (await given(running, company)).progress
    assert progress.asked_next == datetime(2026, 11, 16, 8, tzinfo=UTC)
    running.clock.step(timedelta(days=5))  # and nothing was asked
    (progress,) = (await given(running, company)).progress
    assert (progress.stage, progress.asked_next) == (Stage.TOO_FEW, datetime(2026, 11, 23, 8, tzinfo=UTC))
    for words in ("score nps", "trend", "contrast", "list"):
        said = await running.type(company.lead, company.channel, words)
        assert said is not None
        assert "16 November" not in said.text, words
    store, team = running.bot.store, company.lead.team_id
    product = await store.products.find(team, "atlas")
    assert product is not None
    digest = replace(
        examples.digest(), team_id=team, product=product, sources=(company.channel.id,), zone="Europe/Berlin"
    )
    found = await _next_asked(store, running.bot.context.directory, digest, running.clock())
    assert found is not None
    assert found.on == date(2026, 11, 23)
