"""The question in a channel, as it was drawn."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from jobs.instruments import INSTRUMENTS, Instrument, Scale, Scoring, Typical
from jobs.messages.lead import ask_preview
from jobs.messages.lead.ask_draft import AskDraft
from jobs.messages.respondent import answer_views, question
from jobs.messages.respondent.restore_words import AfterRestore
from jobs.privacy.progress_rule import ClosedWait
from storage.records import Lens
from tests.jobs.messages import examples
from tests.jobs.messages.checking import check, labels
from tests.jobs.messages.drawing import drawn, plainly

SUBJECTS = {"csat": "the support you just received", "seq": "export a report"}
NUMBERS = {"nps": 41, "csat": 42, "umux_lite": 43, "sus": 44, "ces": 45, "seq": 46}
RETURN = Instrument(
    key="return",
    name="Return",
    lens=Lens.CX,
    rank=9,
    question="How likely are you to come back to {subject}?",
    lead_in=None,
    about="Would you come back? (Return)",
    about_more="One question, 1 to 10",
    scale=Scale(low=1, high=10, labels={1: "not at all", 10: "surely"}),
    items=(),
    reversed_items=frozenset(),
    scoring=Scoring.MEAN,
    favourable_from=9,
    middle_from=7,
    mixed_from=5,
    good_from=8,
    typical=Typical(6, 2),
)


@pytest.mark.parametrize("key", INSTRUMENTS)
def test_each_instrument_is_asked_as_it_was_drawn(key: str) -> None:
    """The question of every instrument is the drawing's, to the letter."""
    of = examples.pulse(key, number=NUMBERS[key], subject=SUBJECTS.get(key, "Atlas"))
    built = question.question(examples.wave(of), answered=12)
    check(built)
    assert plainly(built) == drawn(f"pulse_{key}")


@pytest.mark.parametrize(
    "name, named, answered",
    [("pulse_nps_first", False, 12), ("pulse_nps_new", False, 0), ("pulse_nps_named", True, 12)],
)
def test_each_state_is_as_it_was_drawn(name: str, named: bool, answered: int) -> None:  # noqa: FBT001
    """A question is drawn new without a count, open with a count, and with names."""
    of = replace(examples.pulse(), named=named)
    built = question.question(examples.wave(of), answered=answered)
    check(built)
    assert plainly(built) == drawn(name)


def test_a_closed_question_is_as_it_was_drawn() -> None:
    """Buttons are gone, the count stays, and the line says where results will be."""
    here = question.Results(on=date(2026, 11, 30), soon=True, channel_id="C0ATLAS")
    built = question.closed(examples.wave(), answered=23, results=here)
    check(built)
    assert plainly(built) == drawn("pulse_nps_closed")


WHERE = [
    ({"soon": True, "channel_id": "C0ATLAS"}, "Results: Monday's digest, in this channel."),
    ({"channel_id": "C0ATLAS"}, "Results: the digest of 30 Nov, in this channel."),
    ({"channel_id": "C0TEAM"}, "Results: in the digest on Mon 30 Nov in <#C0TEAM>."),
    ({"lead": "Sam <b>"}, "Sam &lt;b&gt; gets the results on Mon 30 Nov and can share them here."),
]


@pytest.mark.parametrize("known, line", WHERE)
def test_a_closed_question_says_where_its_results_will_be(known: dict[str, Any], line: str) -> None:
    """Here, in another channel that all may know, or by the name of who gets them."""
    built = question.closed(
        examples.wave(), answered=23, results=question.Results(on=date(2026, 11, 30), **known)
    )
    check(built)
    assert built["blocks"][-1]["elements"][0]["text"].splitlines()[1] == line


def test_without_a_digest_nothing_is_said_of_results() -> None:
    """Results are shared from a digest, so that without one nobody can."""
    alone = question.closed(examples.wave(), answered=23, results=question.Results())
    assert alone["text"].endswith("23 answered, thank you.")


def test_nobody_answered_is_not_said() -> None:
    """Without answers there is neither a count nor a line about results, also after the close."""
    built = question.closed(examples.wave(), answered=0, results=None)
    assert "answered" not in str(built)
    assert "Results" not in str(built)


@pytest.mark.parametrize(
    "promise, invited, said",
    [
        (5, 12, "Confidential: scores only from 10 people on; comments"),
        (5, None, "Confidential: scores only from 10 people on; comments"),
        (5, 11, "Confidential: a word only from 5 people on, scores from 10; comments"),
        (7, 11, "Confidential: a word only from 7 people on, scores from 10; comments"),
        (15, 11, "Confidential: scores only from 15 people on; comments"),
        (15, 40, "Confidential: scores only from 15 people on; comments"),
    ],
)
def test_the_small_line_promises_the_question_s_own_need(
    promise: int, invited: int | None, said: str
) -> None:
    """A score needs ten people, in a small channel a word needs five, and more where more was promised."""
    of = replace(examples.pulse(), cadence="every 4 weeks fri 17:00")
    built = question.question(examples.wave(of, promise=promise, invited=invited), answered=3)
    check(built)
    assert said in built["text"]
    assert said in built["blocks"][-2]["elements"][0]["text"]


@pytest.mark.parametrize("members", [None, 11, 40])
def test_a_question_asked_once_says_that_a_word_needs_five(members: int | None) -> None:
    """Without a schedule five answers give a word in any channel: question, form and preview say so."""
    said = "Confidential: a word only from 5 people on, scores from 10"
    assert said in question.question(examples.wave(invited=members), answered=3)["text"]
    of_form = examples.wave(examples.pulse("sus"), invited=members)
    assert said in str(answer_views.rate_form(of_form, response=None))
    draft = AskDraft(instrument="nps", product="Atlas", channel_id="C0ATLAS", zone="Europe/Berlin")

    def seen(of: AskDraft) -> str:
        return str(
            ask_preview.preview(
                of, asked_by="Priya", min_group=5, closes=examples.NOW, people=members, shared=False, notes=[]
            )
        )

    assert said in seen(draft)
    assert (said in seen(replace(draft, cadence="weekly mon 09:00"))) is (members == 11)


def test_answers_to_a_question_asked_once_wait_for_nothing_that_is_planned() -> None:
    """Under a schedule they join the next round; else they wait in case it is asked again."""
    waits = ClosedWait(counted_on=None, score_from=10, word_from=None)
    once = question.closed(examples.wave(), answered=3, results=None, waits=waits)
    assert once["text"].endswith(
        "A score needs 10 people. These answers wait in case the question is asked again; "
        "after 26 weeks they are erased."
    )
    of = replace(examples.pulse(), cadence="every 4 weeks fri 17:00")
    again = question.closed(examples.wave(of), answered=3, results=None, waits=waits)
    assert again["text"].endswith("A score needs 10 people. These answers join the next round.")


@pytest.mark.parametrize("key", ["umux_lite", "sus"])
def test_named_statements_say_so_before_the_button(key: str) -> None:
    """A form with names says who sees them above the button Answer, in text and blocks."""
    of = replace(examples.pulse(key), named=True, leads=("U1", "U2", "U3"))
    built = question.question(examples.wave(of), answered=1)
    check(built)
    assert question.NAMES_TELL in built["blocks"][0]["text"]["text"]
    seen = "With your name: 3 leads and workspace admins see your name with your answer and your comment."
    assert f"*{seen}*" in built["blocks"][0]["text"]["text"]
    assert seen in built["text"]


@pytest.mark.parametrize(
    "points, sizes", [(11, [4, 4, 3]), (7, [4, 3]), (5, [3, 2]), (10, [4, 3, 3]), (4, [4]), (2, [2])]
)
def test_rows_are_even_and_short(points: int, sizes: list[int]) -> None:
    """The points stand in even rows of at most four, the longer ones first, none left out."""
    rows = question.rows(range(points))
    assert [len(row) for row in rows] == sizes
    assert [point for row in rows for point in row] == list(range(points))


def test_only_the_ends_have_words_for_the_ear() -> None:
    """A screen reader hears for a number only the words that the screen shows for it."""
    buttons = question.question(examples.wave(), answered=0)["blocks"][1:4]
    said = [each["accessibility_label"] for row in buttons for each in row["elements"]]
    assert said[0] == "0 of 10, not at all likely"
    assert said[1:10] == [f"{point} of 10" for point in range(1, 10)]
    assert said[10] == "10 of 10, extremely likely"


def test_a_seventh_instrument_needs_nothing_but_its_literal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any instrument with one question is asked by buttons made from its scale."""
    monkeypatch.setitem(INSTRUMENTS, "return", RETURN)
    built = question.question(examples.wave(examples.pulse("return")), answered=0)
    check(built)
    assert labels(built) == [*map(str, range(1, 11)), "Privacy", "Not now", "Stop asking me"]
    assert "1 is not at all, 10 is surely." in built["blocks"][0]["text"]["text"]


def test_the_question_stays_as_it_was_posted() -> None:
    """What was stored with the wave is shown, also when the wording has changed since."""
    built = question.question(examples.wave(question="Would you recommend Atlas?"), answered=0)
    assert built["text"].startswith("Would you recommend Atlas? ")


def test_a_new_reader_is_announced() -> None:
    """When a channel has begun to read the results, the next question says so."""
    built = question.question(examples.wave(), answered=0, added=["C0NEW", "C0OTHER"])
    check(built)
    assert "New: <#C0NEW> and <#C0OTHER> now see the scores." in built["text"]
    assert "New: <#C0NEW> and <#C0OTHER> now see the scores." in built["blocks"][-2]["elements"][0]["text"]


@pytest.mark.parametrize(
    "counts_from, said",
    [
        (date(2026, 12, 30), "are gone. New answers are counted from 30 December on."),
        (None, "are gone. Closes"),
    ],
)
def test_a_restore_is_told(counts_from: date | None, said: str) -> None:
    """What went, and from when on answers count; not once that day has come."""
    restored = AfterRestore(date(2026, 12, 3), counts_from)
    built = question.question(examples.wave(), answered=0, restored=restored)
    check(built)
    assert said in built["text"]
    told = "Bifocal's database was put back from a copy on 3 Dec: earlier answers"
    assert told in built["blocks"][-2]["elements"][0]["text"]


def test_a_long_subject_leaves_the_label_of_the_button_whole() -> None:
    """The words for a screen reader fit Slack's limit with the longest subject."""
    built = question.question(examples.wave(examples.pulse("sus", subject="a" * 60)), answered=0)
    check(built)
    assert built["blocks"][1]["elements"][0]["accessibility_label"] == "Answer ten statements"


def test_the_lead_in_stands_in_plain_letters_above_the_question() -> None:
    """The task of SEQ is named first and is not the question."""
    text = question.question_text(INSTRUMENTS["seq"], "export a report")
    assert text == "The task: export a report. Overall, how difficult or easy was the task to complete?"
    closed = question.closed(
        examples.wave(examples.pulse("seq", subject="export a report")), answered=1, results=None
    )
    assert closed["blocks"][0]["text"]["text"].splitlines()[0] == "The task: export a report."
