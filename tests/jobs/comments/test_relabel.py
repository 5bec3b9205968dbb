"""Old comments are read again; what a lead corrected stays."""

from dataclasses import replace

import pytest

from jobs.classification import Classifier
from jobs.comments.correct import correct
from jobs.comments.relabel import reclassify
from storage.records import Correction, Sentiment
from tests.conftest import Company, Running


class Newer(Classifier):
    """The classifier of another version, which has nothing good to say."""

    def classify(self, comment: str):  # type: ignore[no-untyped-def]  # noqa: ANN201, D102
        return replace(super().classify(comment), version=self.version, sentiment=Sentiment.NEGATIVE)


async def test_every_comment_gets_the_new_version_once(running: Running, company: Company) -> None:
    """Labels of another version are replaced, a correction wins, and a second run finds nothing to do."""
    question = await running.ask(company.lead, company.channel)
    for user in company.people[:3]:
        await running.click(user, question, 3)
        await running.slack.submit(user, running.slack.views(user)[-1], {"comment": "Support is quick."})
    store, team_id = running.bot.store, running.slack.workspace.team.id
    first, *others = await store.comments.outdated("9", limit=10)
    await correct(
        store,
        running.bot.context.directory,
        team_id=team_id,
        user_id=company.lead.id,
        comment_id=first.id,
        sentiment=Sentiment.POSITIVE,
    )
    newer = Newer.load()
    newer.version = "9"
    steps: list[int] = []
    assert await reclassify(store, newer, advance=steps.append) == (3, 0)
    assert sum(steps) == 3
    kept = await store.comments.get(team_id, first.id)
    assert kept is not None
    assert kept.sentiment is Sentiment.POSITIVE
    assert kept.correction == Correction(sentiment=Sentiment.POSITIVE)
    for other in others:
        read = await store.comments.get(team_id, other.id)
        assert read is not None
        assert read.sentiment is Sentiment.NEGATIVE
    assert await reclassify(store, newer, advance=steps.append) == (0, 0)


class Failing(Newer):
    """The classifier of another version, which fails at one comment and says its words."""

    def classify(self, comment: str):  # type: ignore[no-untyped-def]  # noqa: ANN201, D102
        if comment == "Support is slow.":
            raise ValueError(comment)
        return super().classify(comment)


async def test_one_that_fails_holds_up_no_other(
    running: Running, company: Company, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A comment that cannot be read is logged by its id without its words, once, and the others are read."""
    monkeypatch.setattr("jobs.comments.relabel.BATCH", 1)
    question = await running.ask(company.lead, company.channel)
    for user, words in zip(company.people, ("Fine.", "Support is slow.", "Good."), strict=False):
        await running.click(user, question, 3)
        await running.slack.submit(user, running.slack.views(user)[-1], {"comment": words})
    failing = Failing.load()
    failing.version = "9"
    steps: list[int] = []
    assert await reclassify(running.bot.store, failing, advance=steps.append) == (2, 1)
    assert steps == [1, 1, 1]
    (left,) = await running.bot.store.comments.outdated("9", limit=10)
    assert left.text == "Support is slow."
    assert f"labelling comment {left.id} of team {left.team_id} failed: ValueError" in caplog.text
    assert left.text not in caplog.text
