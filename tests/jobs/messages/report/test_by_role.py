"""Scores by role: under the score, in the thread of a digest and in a contrast; never in its title."""

from dataclasses import replace

from jobs.contrast import from_json, to_json
from jobs.contrast.side import without_withdrawn
from jobs.inference import Interval
from jobs.messages.report import digest_post
from jobs.messages.report.score_answer import score_answer
from jobs.messages.report.thread import thread
from jobs.scoring import Part
from storage.records import Role
from tests.jobs.messages.checking import check, texts
from tests.jobs.messages.examples import ATLAS, CX, NORMAL, UX
from tests.jobs.scoring.rounds import counted, nps

BUYERS = Part(instrument="nps", role=Role.BUYS, n=14, value=12.4, likely=Interval(-20.0, 44.2))
USERS = Part(instrument="nps", role=Role.USES, n=12, value=41.0, likely=Interval(10.0, 65.0))
UNTOLD = Part(instrument="sus", role=None, n=11, value=60.0, likely=Interval(51.0, 69.0))
OF_USERS = Part(instrument="sus", role=Role.SEVERAL, n=11, value=71.2, likely=Interval(60.0, 80.0))
assert CX.score
assert UX.score
CUSTOMER_SIDE = replace(CX, score=replace(CX.score, parts=(BUYERS, USERS)))
USER_SIDE = replace(UX, score=replace(UX.score, parts=(OF_USERS, UNTOLD)))
ONE_SIDE, BOTH = replace(NORMAL, cx=CUSTOMER_SIDE), replace(NORMAL, cx=CUSTOMER_SIDE, ux=USER_SIDE)
LINE = "y role: buyers +12 (likely −20 to +44, 14 answers) · users +41 (likely +10 to +65, 12 answers)"
ALOUD = (
    "y role: buyers plus 12 (likely minus 20 to plus 44, 14 answers); "
    "users plus 41 (likely plus 10 to plus 65, 12 answers)."
)
WHO = (
    "Customer side: 14 buyers, 12 users. "
    "User side: 11 people with several roles, 11 people who have not told."
)


def test_under_a_score() -> None:
    """Each role has its score, its range and its base."""
    built = score_answer([(ATLAS, CUSTOMER_SIDE)], zone="UTC")
    check(built)
    assert f"B{LINE}" in built["blocks"][0]["text"]["text"].splitlines()
    assert f"B{ALOUD}" in built["text"]
    assert "role" not in str(score_answer([(ATLAS, CX)], zone="UTC"))


def test_in_the_thread_of_a_digest() -> None:
    """Under the score of its side; who stands on each side is said where both were counted by role."""
    figures = thread(BOTH)[0]
    check(figures)
    words = [text for _, text in texts(figures["blocks"])]
    assert any(f"B{LINE}" in text for text in words)
    assert WHO in words
    assert WHO in figures["text"]
    assert "side:" not in str(thread(ONE_SIDE)[0])
    assert "role" not in str(thread(NORMAL))


def test_the_digest_itself_is_as_without() -> None:
    """Neither its title nor anything above the thread changes."""
    made = [digest_post.edition(of, edition_id="e", link=lambda _: None, zone="UTC") for of in (NORMAL, BOTH)]
    assert made[0] == made[1]


def test_in_a_contrast() -> None:
    """Both sides by role, and who stands where."""
    built = digest_post.contrast_answer(BOTH, zone="UTC")
    check(built)
    lines = [line for _, text in texts(built["blocks"]) for line in text.splitlines()]
    assert f"Being a customer, b{LINE}" in lines
    assert WHO in lines
    assert f"Being a customer, b{ALOUD}" in built["text"]
    assert digest_post.contrast_answer(NORMAL, zone="UTC")["blocks"] == [
        block for block in built["blocks"] if "role" not in str(block)
    ]


def test_an_edition_keeps_them() -> None:
    """They are read back as they were, a role that nobody told too."""
    again = from_json(to_json(BOTH))
    assert (again.cx, again.ux) == (BOTH.cx, BOTH.ux)


def test_what_is_withdrawn_leaves_no_role() -> None:
    """An edition that loses a round loses what was said of its roles, and who stood where."""
    gone = counted("nps", nps(4, 4, 4))
    left = without_withdrawn(BOTH, [gone], [])
    assert left.cx.score is None
    assert "buyers" not in str(thread(left))
    assert "side:" not in str(thread(left))
    assert "people with several roles" in str(thread(left))
