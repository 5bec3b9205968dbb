"""The replies under a digest: the scores of both sides with the rounds before them, and what else counted."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from jobs.contrast import Contrast, HistoryRow, OtherScore
from jobs.messages.report import digest_post
from jobs.messages.report.thread import thread
from jobs.privacy.clip_rule import ClippedRange
from jobs.privacy.progress_rule import Stage
from storage.records import Lean, Lens
from tests.jobs.messages.checking import check
from tests.jobs.messages.examples import CX, NORMAL, UX, score, waits, word_of

DAYS = [date(2026, 11, 20), date(2026, 10, 23), date(2026, 9, 25)]
CUSTOMERS = tuple(
    HistoryRow(last_day=day, n=n, value=value)
    for day, n, value in zip(DAYS, (26, 24, 25), (42.0, 33.0, -3.0), strict=True)
)
USERS = tuple(
    HistoryRow(last_day=day, n=n, value=value)
    for day, n, value in zip(DAYS, (22, 24, 23), (52.0, 74.0, 77.0), strict=True)
)
TOLD = replace(
    NORMAL,
    cx=replace(CX, history=CUSTOMERS),
    ux=replace(UX, instrument="umux_lite", history=USERS),
)
SUPPORT = OtherScore(score=score("csat", 21, 76.2, (55.0, 89.0)), subject="support")
ALSO = "support CSAT *76%* (likely 55 to 89), 21 answers"


def cells(of: Contrast) -> list[list[str]]:
    """The words in the table of the first reply, row by row."""
    (shown,) = [block for block in thread(of)[0]["blocks"] if block["type"] == "table"]
    return [[str(_words(cell)) for cell in row] for row in shown["rows"]]


def _words(cell: dict[str, Any]) -> Any:
    return cell["text"] if "text" in cell else cell["elements"][0]["elements"][0]["text"]


def test_the_rounds_of_both_sides_are_one_table() -> None:
    """A row for each day on which rounds closed, newest first, in the same words aloud."""
    reply = thread(TOLD)[0]
    check(reply)
    assert cells(TOLD) == [
        ["Closed", "NPS", "UMUX-Lite"],
        ["20 Nov", "+42 (26)", "52 (22)"],
        ["23 Oct", "+33 (24)", "74 (24)"],
        ["25 Sep", "−3 (25)", "77 (23)"],
    ]
    assert reply["blocks"][-1]["elements"][0]["text"] == "In brackets: how many answered."
    assert reply["text"].endswith(
        "20 November: NPS plus 42 (26), UMUX-Lite 52 (22). 23 October: NPS plus 33 (24), UMUX-Lite 74 (24). "
        "25 September: NPS minus 3 (25), UMUX-Lite 77 (23). In brackets: how many answered."
    )


def test_a_slack_that_refuses_the_table_gets_it_in_words() -> None:
    """The same rounds in lines, and nothing else is changed."""
    plain, drawn = thread(TOLD, plain=True)[0], thread(TOLD)[0]
    check(plain)
    assert plain["text"] == drawn["text"]
    assert plain["blocks"][-2]["text"]["text"].splitlines() == [
        "*Last three rounds*",
        "20 Nov: NPS +42 (26), UMUX-Lite 52 (22)",
        "23 Oct: NPS +33 (24), UMUX-Lite 74 (24)",
        "25 Sep: NPS −3 (25), UMUX-Lite 77 (23)",
    ]
    assert [block["type"] for block in plain["blocks"]].count("table") == 0


def test_sides_that_close_on_different_days_have_rows_of_their_own() -> None:
    """A day on which only one side closed has a dash on the other; aloud it is left out."""
    later = (replace(USERS[0], last_day=date(2026, 11, 22)), *USERS[1:])
    of = replace(TOLD, ux=replace(TOLD.ux, history=later))
    assert cells(of)[1:3] == [["22 Nov", "–", "52 (22)"], ["20 Nov", "+42 (26)", "–"]]
    assert "22 November: UMUX-Lite 52 (22). 20 November: NPS plus 42 (26)." in thread(of)[0]["text"]


def test_clipped_rounds_and_words_are_told_as_they_are_shown() -> None:
    """No number stands where none may; two channels of a side share a cell; an old day has its year."""
    rows = (
        HistoryRow(last_day=DAYS[0], n=20, between=ClippedRange(75.0, None)),
        HistoryRow(last_day=DAYS[1], n=7, lean=Lean.GOOD),
        CUSTOMERS[1],
        HistoryRow(last_day=date(2025, 10, 24), n=12, value=0.0),
    )
    of = replace(TOLD, cx=replace(CX, history=rows), ux=replace(TOLD.ux, history=()))
    assert cells(of)[1:] == [
        ["20 Nov", "+75 or more (20)"],
        ["23 Oct", "leaning good (7), +33 (24)"],
        ["24 Oct 2025", "0 (12)"],
    ]


def test_the_same_question_on_both_sides_is_told_apart() -> None:
    """Its columns name the side."""
    of = replace(TOLD, ux=replace(TOLD.ux, instrument="nps"))
    assert cells(of)[0] == ["Closed", "NPS, customers", "NPS, users"]


def test_one_round_needs_no_table() -> None:
    """It says what the line above it says."""
    of = replace(TOLD, cx=replace(CX, history=CUSTOMERS[:1]), ux=replace(TOLD.ux, history=USERS[:1]))
    assert "table" not in [block["type"] for block in thread(of)[0]["blocks"]]
    assert "In brackets" not in thread(of)[0]["text"]


def method(of: Contrast) -> list[str]:
    """The paragraphs of the last reply."""
    reply = thread(of)[-1]
    check(reply)
    return [str(block["text"]["text"] if "text" in block else _first(block)) for block in reply["blocks"]]


def _first(block: dict[str, Any]) -> Any:
    return block["elements"][0]["text"]


def test_the_last_reply_says_how_to_read_the_others() -> None:
    """Rules and borders of the words, of the instruments that are shown alone; the same words aloud."""
    of = replace(TOLD, ux=UX)
    said, small, _ = method(of)
    assert said == (
        "*How to read this.* Good, mixed and poor come from the rounds so far, newer ones counting more; "
        "a word changes only when the answers clearly say so. "
        "Scores and ranges are from the newest round of each question. "
        "“Got worse” and “got better” are said only when chance would rarely look like this."
    )
    assert small == (
        "NPS below 0 is poor, from 30 good. SUS below 62.7 is poor, from 72.6 good. "
        "The two scores are never subtracted: their scales differ."
    )
    assert thread(of)[-1]["text"].startswith(f"{said.replace('*', '')} {small} NPS is a registered")
    assert "useful" not in str(thread(of)[-1]).lower()


def test_nothing_is_explained_that_is_not_shown() -> None:
    """One scale is set off against no other; a word round has no score, no range and no border."""
    alike = replace(TOLD, ux=replace(UX, instrument="nps", score=CX.score))
    assert method(alike)[1] == "NPS below 0 is poor, from 30 good."
    lean = replace(CX, score=word_of("nps", 7, Lean.GOOD), level=None)
    assert method(replace(TOLD, cx=lean, ux=replace(lean, lens=Lens.UX)))[0] == (
        "*How to read this.* “Leaning good” and “leaning poor” say to which side more answers lean."
    )


def post(of: Contrast) -> dict[str, Any]:
    """The digest in the channel."""
    built = digest_post.edition(of, edition_id="12", link=lambda _: None, zone="Europe/Berlin")
    check(built)
    return built


def test_what_speaks_for_no_side_stands_in_a_line() -> None:
    """Its score, range and base, in the post and in the thread; a subject of several words stands behind."""
    of = replace(NORMAL, others=(SUPPORT,))
    written = next(
        block for block in post(of)["blocks"] if "Also this week" in str(block.get("text", {}).get("text"))
    )
    assert written["text"]["text"].splitlines()[-1] == f"Also this week: {ALSO}."
    assert "Support CSAT *76%* (likely 55 to 89), 21 answers." in str(thread(of)[0]["blocks"])
    assert "Also this week: support CSAT 76 percent (likely 55 to 89)" in post(of)["text"]
    word = OtherScore(score=word_of("csat", 7, Lean.POOR), subject="the last invoice")
    both = str(post(replace(NORMAL, others=(SUPPORT, word))))
    assert f"{ALSO}; CSAT about the last invoice: leaning poor, 7 answers." in both
    assert "CSAT *76%*" in str(post(replace(NORMAL, others=(replace(SUPPORT, subject=None),))))


OLD = replace(
    NORMAL,
    cx=replace(CX, counted_since_last=False),
    ux=replace(UX, counted_since_last=False),
    others=(SUPPORT,),
    last_on=datetime(2026, 10, 26, 8, tzinfo=UTC),
)


def test_where_nothing_else_is_new_there_are_no_cards() -> None:
    """The title, that the scores are the same, what is new, and what "likely" means."""
    blocks = post(OLD)["blocks"]
    assert [block["type"] for block in blocks] == ["header", "section", "context"]
    assert blocks[1]["text"]["text"] == f"Same scores as on 26 Oct. New this week: {ALSO}."
    assert blocks[2]["elements"][0]["text"].startswith("Likely: ")


def test_scores_that_were_withdrawn_are_not_called_the_same() -> None:
    """Then the digest shows what stands."""
    gone = (waits(Stage.WITHDRAWN, counted_on=date(2026, 11, 20)),)
    assert "Same scores" not in str(post(replace(OLD, cx=replace(OLD.cx, progress=gone))))
    assert OLD.side(Lens.CX) is OLD.cx
