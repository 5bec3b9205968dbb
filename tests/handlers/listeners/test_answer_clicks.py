"""People answer by clicks and forms, change their mind, and take it back."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox.model.people import User
from handlers.listeners import answer_clicks
from handlers.listeners.answer_clicks import made_once
from storage.records import WaveHeader
from tests.conftest import Company, Running
from tests.handlers.scene import HOSTILE, clicked, dialog, forged, lifeless, refused, rows, told
from tests.jobs.messages.examples import wave

UNTIL = "To change it, click another number until"


def first_line(running: Running, user: User) -> str:
    """The first paragraph of the form on top of a person's screen."""
    return str(dialog(running, user)["blocks"][0]["text"]["text"])


async def test_one_receipt_stays_true(running: Running, company: Company) -> None:
    """It comes with the first answer and names no number; a change of mind is said by the form alone."""
    question = await running.ask(company.lead, company.channel)
    person = company.people[0]
    before = len(company.channel.messages)
    await running.click(person, question, 9)
    assert told(running, person).startswith(f"Your answer is saved. {UNTIL} ")
    assert told(running, person).endswith("Buttons: My answer and comment, Take it back.")
    assert first_line(running, person).startswith(f"*You chose 9.* {UNTIL} ")
    await running.click(person, question, 6)
    assert first_line(running, person) == "*Changed from 9 to 6.*"
    await running.click(person, question, 6)
    assert first_line(running, person).startswith(f"*You chose 6.* {UNTIL} ")
    (receipt,) = running.slack.ephemerals(person)
    await running.slack.click(person, receipt, "take_back", confirm=True)
    await running.settle()
    assert told(running, person).startswith("Your answer is erased. You can answer again until ")
    await running.click(person, question, 5)
    assert told(running, person).startswith("Your answer is saved.")  # the first one is gone
    assert len(company.channel.messages) == before
    assert not running.slack.troubles
    assert not refused(running.slack)


def test_what_a_crowd_reads_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is kept by what was chosen, made anew when the question has changed, and never too much is kept."""
    monkeypatch.setattr(answer_clicks, "MADE", 3)
    made: list[int] = []

    def make(wave: WaveHeader, point: int, *, before: int | None) -> dict[str, object]:
        made.append(point)
        return {"text": f"{point} {before} {wave.closes_at}"}

    one, shown = wave(), made_once(make)
    assert shown(one, 9, before=None) is shown(replace(one), 9, before=None)
    assert shown(one, 9, before=3) == make(one, 9, before=3)
    later = replace(one, closes_at=one.closes_at + timedelta(hours=1))
    assert shown(later, 9, before=None) == make(later, 9, before=None)
    assert made == [9, 9, 9, 9, 9]
    for point in range(9):
        assert shown(one, point, before=None)["text"] == f"{point} None {one.closes_at}"
    made.clear()
    shown(one, 8, before=None)
    shown(one, 0, before=None)
    assert made == [0]  # the last is still there, the first is not


async def test_a_press_that_slack_sends_again_says_nothing_twice(running: Running, company: Company) -> None:
    """Its form was opened the first time, and Slack refuses it the second: that is no failure to tell of."""
    question = await running.ask(company.lead, company.channel)
    person = company.people[0]
    outcome = await clicked(running, person, question, 9)
    assert (await running.slack.redeliver(outcome)).ok
    await running.bot.background.drain()
    (receipt,) = running.slack.ephemerals(person)
    assert receipt.text.startswith("Your answer is saved.")
    assert len(running.slack.views(person)) == 1


async def test_a_comment_is_kept_as_it_was_written(
    running: Running, company: Company, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever is written is kept, shown lifeless, and in no line of the log."""
    caplog.set_level("INFO")
    question = await running.ask(company.lead, company.channel)
    written = ["", "   ", *HOSTILE, "x" * 1000]
    for person, words in zip(company.people, written, strict=False):
        await running.click(person, question, 3)
        sent = await running.slack.submit(
            person, running.slack.views(person)[-1], {"comment": words or None, "allow": ["quote"]}
        )
        assert sent.ok
        mine = await running.type(person, company.channel, "me")
        assert mine is not None
        assert lifeless(mine)
        keys = running.bot.context.respondents.both(person.team_id, person.id)
        comment = (await running.bot.store.responses.responses_of_person(person.team_id, keys))[0].comment
        assert (comment.text if comment else "") == words.strip()
    lines = "\n".join(f"{record.getMessage()} {record.exc_text or ''}" for record in caplog.records)
    assert not any(words.strip() in lines for words in written if words.strip())
    assert not any(person.id in lines for person in company.people)
    assert running.slack.app.token not in lines
    assert not running.slack.troubles


async def test_a_comment_that_is_too_long_keeps_the_form_open(
    running: Running, company: Company, tmp_path: Path
) -> None:
    """10,000 characters, past every client's own limit, get a sentence at their field and change nothing."""
    question = await running.ask(company.lead, company.channel)
    person = company.people[0]
    await running.click(person, question, 3)
    view = running.slack.views(person)[-1]
    running.slack.fill(person, view, {"comment": "short"})
    view.state["comment"]["text"]["value"] = "x" * 900
    before = rows(tmp_path)
    from bot.sandbox.acting import payloads  # noqa: PLC0415
    from bot.sandbox.acting.delivery import Delivery  # noqa: PLC0415

    view.state["comment"]["text"]["value"] = "x" * 10_000
    delivery = Delivery("interactive", payloads.submission(running.slack.world, person, view))
    answer = await running.slack.courier.deliver(delivery)
    assert "A comment has at most 1,000 characters." in str(answer.body)
    assert rows(tmp_path) == before


FORGED = [
    {"action_id": "point/99"},
    {"action_id": "point/-1"},
    {"action_id": "point/11"},
    {"action_id": "no_such_button"},
    {"block_id": "rate/0000000000000000/1/0"},
    {"block_id": "rate/WAVE/2/0"},
    {"block_id": "rate/WAVE/0/0"},
    {"block_id": "rate"},
    {"block_id": "rate/'; drop table rating;--/1/0"},
    {"action_ts": "yesterday"},
    {"action_id": "open_form"},
    {"action_id": "add_comment"},
    {"action_id": "take_back", "value": "0000000000000000"},
    {"action_id": "privacy", "value": "0000000000000000"},
    {"action_id": "take_down", "value": "0000000000000000"},
    {"action_id": "more_comments", "value": "no page"},
    {"action_id": "correct", "value": "nobody/nothing"},
]


async def test_a_forged_click_changes_nothing(running: Running, company: Company, tmp_path: Path) -> None:
    """A signed payload with what was never on offer is acked, gets one plain sentence and changes no row."""
    question = await running.ask(company.lead, company.channel)
    person = company.people[0]
    outcome = await clicked(running, person, question, 9)
    wave_id, shown = question.blocks[1]["block_id"].split("/")[1], question.text
    before = rows(tmp_path)
    for changed in FORGED:
        seen = len(running.slack.ephemerals(person))
        # a response_url works five times, so each forgery comes from a click of its own
        outcome = await clicked(running, person, question, 9)
        answer = await forged(running, outcome, **{k: v.replace("WAVE", wave_id) for k, v in changed.items()})
        assert answer.status == 200, changed
        assert len(running.slack.ephemerals(person)) == seen + 1
        assert told(running, person) == "This button is no longer in use.", changed
        assert question.text == shown
    after = rows(tmp_path)
    assert {name: after[name] for name in after if name != "rating"} == {
        name: before[name] for name in before if name != "rating"
    }
    assert len(after["rating"]) == 1
    assert 9 in after["rating"][0]


async def test_a_malformed_click_changes_nothing(running: Running, company: Company, tmp_path: Path) -> None:
    """A signed payload of no shape that Slack sends is never a 500."""
    question = await running.ask(company.lead, company.channel)
    outcome = await clicked(running, company.people[0], question, 9)
    assert outcome.delivery
    before = rows(tmp_path)
    broken_actions: list[object] = [[], [{}, {}], "x", None, [{"type": "button"}], [{"action_id": "point/9"}]]
    for actions in broken_actions:
        broken = replace(outcome.delivery, payload=outcome.delivery.payload | {"actions": actions})
        answer = await running.slack.courier.deliver(broken)
        assert answer.status in {200, 400}
    assert rows(tmp_path) == before


async def test_a_click_after_the_close_says_so(running: Running, company: Company, tmp_path: Path) -> None:
    """A screen that has not caught up still has buttons; a click on them is not counted, and says so."""
    question = await running.ask(company.lead, company.channel)
    person, screen = company.people[0], question.snapshot()
    await running.step(timedelta(days=7, minutes=1))
    before = rows(tmp_path)
    await running.click(person, screen, 9)
    assert told(running, person).startswith("This closed ")
    assert told(running, person).endswith("before your click. Nothing was saved.")
    assert rows(tmp_path) == before
    assert not running.slack.troubles


async def test_a_form_counts_for_a_quarter_of_an_hour_after_the_close(
    running: Running, company: Company, tmp_path: Path
) -> None:
    """A form that was open is taken 15 minutes long; later it says what became of it, with the text."""
    question = await running.ask(company.lead, company.channel, "umux about Atlas")
    first, second = company.people[:2]
    for person in (first, second):
        await running.slack.click(person, question, "open_form")
        await running.bot.background.drain()
    await running.step(timedelta(days=7, minutes=14))
    sent = await running.slack.submit(
        first, running.slack.views(first)[-1], {"item/1": "4", "item/2": "5", "comment": "late"}
    )
    assert sent.ok
    assert dialog(running, first)["title"]["text"] == "Saved, thank you"
    await running.step(timedelta(minutes=1))
    before = rows(tmp_path)
    sent = await running.slack.submit(
        second, running.slack.views(second)[-1], {"item/1": "4", "item/2": "5", "comment": "too late"}
    )
    assert sent.ok
    assert dialog(running, second)["title"]["text"] == "This has closed"
    assert "Your answers and your text were not saved." in first_line(running, second)
    assert dialog(running, second)["blocks"][1]["text"]["text"] == "too late"
    assert rows(tmp_path) == before
    assert not running.slack.troubles


async def test_a_comment_after_the_grace_stays_on_the_screen(running: Running, company: Company) -> None:
    """The comment form is taken 14 minutes after the close and refused at 15, with its words kept."""
    question = await running.ask(company.lead, company.channel)
    first, second = company.people[:2]
    for person in (first, second):
        await running.click(person, question, 2)
    await running.step(timedelta(days=7, minutes=14))
    assert (await running.slack.submit(first, running.slack.views(first)[-1], {"comment": "a"})).ok
    await running.step(timedelta(minutes=1))
    sent = await running.slack.submit(second, running.slack.views(second)[-1], {"comment": "b"})
    assert sent.ok
    assert first_line(running, second).startswith("*This closed ")
    assert first_line(running, second).endswith("Your text was not saved. You can copy it from here:")
    assert dialog(running, second)["blocks"][1]["text"]["text"] == "b"


async def test_an_older_click_does_not_come_back(running: Running, company: Company, tmp_path: Path) -> None:
    """A click that is delivered again after it was taken back changes nothing and promises nothing."""
    question = await running.ask(company.lead, company.channel)
    person = company.people[0]
    first = await clicked(running, person, question, 9)
    await running.slack.click(person, running.slack.ephemerals(person)[-1], "take_back", confirm=True)
    await running.settle()
    before = rows(tmp_path)
    assert (await running.slack.redeliver(first)).ok
    await running.bot.background.drain()
    assert rows(tmp_path) == before
    assert told(running, person).startswith("Your answer is erased.")


async def test_the_newest_click_wins_whatever_comes_again(running: Running, company: Company) -> None:
    """An older click that comes again does not win over a newer one, and nobody reads that it did."""
    question = await running.ask(company.lead, company.channel)
    person = company.people[0]
    first = await clicked(running, person, question, 9)
    await running.click(person, question, 2)
    await running.slack.redeliver(first)
    await running.bot.background.drain()
    (receipt,) = running.slack.ephemerals(person)
    assert receipt.text.startswith("Your answer is saved.")
    assert first_line(running, person) == "*Changed from 9 to 2.*"
    await running.step(timedelta(seconds=6))
    assert "1 answered" in question.text


async def test_a_change_of_mind_keeps_the_comment(running: Running, company: Company) -> None:
    """The comment stays, and the button leads back to it."""
    question = await running.ask(company.lead, company.channel)
    person = company.people[0]
    await running.click(person, question, 3)
    await running.slack.submit(
        person, running.slack.views(person)[-1], {"comment": "Slow.", "allow": "quote"}
    )
    await running.click(person, question, 8)
    kept = "*Changed from 3 to 8.* Your comment is kept; does it still fit?"
    assert first_line(running, person) == kept
    assert running.slack.views(person)[-1].state["comment"]["text"]["value"] == "Slow."
    await running.slack.click(person, running.slack.ephemerals(person)[-1], "add_comment")
    await running.bot.background.drain()
    form = running.slack.views(person)[-1]
    assert form.state["comment"]["text"]["value"] == "Slow."
    assert form.state["allow"]["allow"]["selected_options"]
    assert (await running.slack.submit(person, form, {"comment": None})).ok
    await running.click(person, question, 7)
    assert first_line(running, person) == "*Changed from 8 to 7.*"


async def test_people_of_other_companies_count_and_are_marked(
    running: Running, company: Company, tmp_path: Path
) -> None:
    """A click from Slack Connect counts once, is marked external, and its form and pages open."""
    question = await running.ask(company.lead, company.channel)
    await running.click(company.people[0], question, 8)
    await running.click(company.guest, question, 9)
    assert told(running, company.guest).startswith("Your answer is saved.")
    await running.slack.click(company.guest, running.slack.views(company.guest)[-1], "kept_of_me")
    await running.bot.background.drain()
    assert "NPS about Atlas" in str(dialog(running, company.guest))
    await running.step(timedelta(seconds=6))
    assert "2 answered" in question.text
    wave_id = question.blocks[1]["block_id"].split("/")[1]
    marked = {row[-1] for row in rows(tmp_path)["rating"] if wave_id in row}
    assert marked == {0, 1}
    assert not running.slack.troubles
    assert not refused(running.slack)


async def test_the_count_is_renewed_at_most_once_in_five_seconds(running: Running, company: Company) -> None:
    """Many clicks within five seconds are one renewal, which shows them all."""
    question = await running.ask(company.lead, company.channel)
    for person in company.people[:6]:
        await running.click(person, question, 7)
        await running.settle()
    assert len(running.slack.feed.of("message.changed")) <= 1
    await running.step(timedelta(seconds=4))
    await running.step(timedelta(seconds=2))
    assert "6 answered" in question.text


async def test_statements_are_saved_at_once_and_can_be_changed(running: Running, company: Company) -> None:
    """A form is empty at first, filled later, and taken back from where it was saved."""
    question = await running.ask(company.lead, company.channel, "sus about Atlas")
    person = company.people[0]
    await running.slack.click(person, question, "open_form")
    await running.bot.background.drain()
    form = running.slack.views(person)[-1]
    assert not any("initial_option" in str(block) for block in form.blocks)
    points = {f"item/{item}": "4" for item in range(1, 11)}
    assert (await running.slack.submit(person, form, points | {"comment": "Clear."})).ok
    await running.slack.close_view(person, running.slack.views(person)[-1])
    running.clock.step(timedelta(seconds=9))
    await running.slack.click(person, question, "open_form")
    await running.bot.background.drain()
    form = running.slack.views(person)[-1]
    assert form.state["item/1"]["point"]["selected_option"]["value"] == "4"
    assert form.state["comment"]["text"]["value"] == "Clear."
    assert (await running.slack.submit(person, form, points | {"item/1": "1"})).ok
    sent = running.slack.views(person)[-1]
    running.clock.step(timedelta(seconds=3))
    await running.slack.click(person, sent, "take_back", confirm=True)
    await running.settle()
    assert "Your answers are erased." in str(dialog(running, person))
    await running.step(timedelta(seconds=6))
    assert "answered" not in question.text
    assert not running.slack.troubles
    assert not refused(running.slack)


async def test_a_question_taken_down_takes_no_form(
    running: Running, company: Company, tmp_path: Path
) -> None:
    """Who still has the form of a question that is gone reads so, keeps the text, and nothing is kept."""
    question = await running.ask(company.lead, company.channel, "umux about Atlas")
    person = company.people[0]
    await running.slack.click(person, question, "open_form")
    await running.bot.background.drain()
    asked = running.slack.ephemerals(company.lead)[-1]
    await running.slack.click(company.lead, asked, "take_down", confirm=True)
    await running.bot.background.drain()
    before = rows(tmp_path)
    sent = await running.slack.submit(
        person, running.slack.views(person)[-1], {"item/1": "4", "item/2": "5", "comment": "words"}
    )
    assert sent.errors
    assert rows(tmp_path) == before
    assert running.slack.views(person)
