"""Old comments are read again; what a lead corrected stays."""

from dataclasses import replace

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
    assert await reclassify(store, newer, advance=steps.append) == 3
    assert sum(steps) == 3
    kept = await store.comments.get(team_id, first.id)
    assert kept is not None
    assert kept.sentiment is Sentiment.POSITIVE
    assert kept.correction == Correction(sentiment=Sentiment.POSITIVE)
    for other in others:
        read = await store.comments.get(team_id, other.id)
        assert read is not None
        assert read.sentiment is Sentiment.NEGATIVE
    assert await reclassify(store, newer, advance=steps.append) == 0
