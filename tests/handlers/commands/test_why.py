"""`/pulse why`: how the newest scores were made, to the asker alone."""

from bot.sandbox.model.messages import Message
from tests.conftest import Company, Running
from tests.handlers.listeners.test_edition_clicks import answered
from tests.handlers.scene import lifeless, refused


async def why(running: Running, company: Company, words: str = "") -> Message:
    """What the lead reads in the channel that was asked."""
    answer = await running.type(company.lead, company.channel, f"why {words}".strip())
    assert answer is not None
    assert lifeless(answer)
    return answer


async def test_it_explains_the_newest_scores(running: Running, company: Company) -> None:
    """Both sides without words, one instrument by its name; the formula has the real numbers."""
    await answered(running, company)
    for words in ("", "nps", "nps about Atlas", "about Atlas"):
        text = (await why(running, company, words)).text
        assert (
            "6 of 10 chose 9 or 10 (60 percent), 2 of 10 chose 0 to 6 (20 percent). 60 less 20 is 40." in text
        )
        assert "Who is in it: 10 of 13 people, each once, with their last answer." in text
        assert ("Using Atlas: no score yet." in text) is not words.startswith("nps")
    assert not running.slack.troubles
    assert not refused(running.slack)


async def test_nothing_to_explain_is_said(running: Running, company: Company) -> None:
    """Nothing asked, a period, an unknown word and a choice of products each get one sentence."""
    assert "has been asked here yet." in (await why(running, company)).text
    await answered(running, company)
    assert (await why(running, company, "csat")).text.startswith("CSAT has not been asked here yet.")
    assert (await why(running, company, "30d")).text == (
        "How it was made is told of the newest score only. "
        "Try /pulse why nps about Atlas. Nothing was changed."
    )
    assert "Try /pulse why nps about Atlas." in (await why(running, company, "foo")).text
    await running.ask(company.lead, company.channel, "nps about Beacon")
    for words, nearest in (("", "/pulse why about Atlas"), ("nps", "/pulse why nps about Atlas")):
        assert (
            await why(running, company, words)
        ).text == f"Say which product: Atlas or Beacon. Try {nearest}. Nothing was changed."
    assert "60 less 20 is 40." in (await why(running, company, "about Atlas")).text


async def test_an_open_question_has_no_score_to_explain(running: Running, company: Company) -> None:
    """Until the count nothing is said of what anybody chose."""
    question = await running.ask(company.lead, company.channel)
    for person in company.people:
        await running.click(person, question, 9)
    text = (await why(running, company, "nps")).text
    assert text.startswith("Being a customer: no score yet. 10 answers so far.")
    assert "chose" not in text
