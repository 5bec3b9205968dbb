"""Comments that were kept without a label get one later."""

import pytest

from jobs.comments.label import label_due
from storage.records import AnswerKey, Label, NewComment
from tests.conftest import Company, Running


async def test_a_later_tick_labels_what_was_not(
    running: Running, company: Company, caplog: pytest.LogCaptureFixture
) -> None:
    """One that fails again is left for the next tick, by its id and without its words, and stops no other."""
    question = await running.ask(company.lead, company.channel)
    store, keys = running.bot.store, running.bot.context.respondents
    for person, words in zip(company.people, ("Secret words.", "The invoices are wrong."), strict=False):
        await running.click(person, question, 3)
        wave_id = question.blocks[1]["block_id"].split("/")[1]
        await _keep(running, wave_id, keys.confidential(person.team_id, person.id), words)
    assert len(await store.comments.unlabelled(10)) == 2

    def classify(text: str) -> Label:
        if "Secret" in text:
            raise RuntimeError(text)
        return running.bot.classifier.classify(text)

    await label_due(store, classify)
    (left,) = await store.comments.unlabelled(10)
    assert left.text == "Secret words."
    assert left.id in caplog.text
    assert "Secret" not in caplog.text
    await label_due(store, running.bot.classifier.classify)
    assert not await store.comments.unlabelled(10)


async def _keep(running: Running, wave_id: str, respondent: str, words: str) -> None:
    comment = NewComment(text=words, may_quote=False, label=None, written_at=running.clock())
    key = AnswerKey(team_id=running.slack.workspace.team.id, wave_id=wave_id, respondent=respondent)
    await running.bot.store.answers.comment(key, comment)
