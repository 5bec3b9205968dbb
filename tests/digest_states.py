"""Every state of a digest that the product can reach, made from rounds by the functions that make them.

`STATES` names each as screens are named, and says what stands in the channel, and in the thread after it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from jobs.contrast import Contrast, OtherScore, SideComments, SideInput, contrast
from jobs.contrast.outlook import NextAsked, Outlook
from jobs.contrast.side import without_withdrawn
from jobs.instruments import INSTRUMENTS
from jobs.messages.report import digest_post
from jobs.messages.report.quiet_post import quiet_post
from jobs.messages.report.thread import thread
from jobs.privacy.progress_rule import Progress, Stage
from jobs.scoring import score_of
from jobs.scoring.chosen_rounds import newest_rounds
from storage.records import Across, BlockCut, Lens, People, Picture, Quote, Round, Sentiment, Touchpoint
from tests.jobs.messages.examples import INVOICE, still_open, waits
from tests.jobs.scoring.histories import net, of_scores, word_round

Message = dict[str, Any]
Scores = Mapping[float, int]


@dataclass(frozen=True, kw_only=True)
class State:
    """A state of a digest: what its pictures are drawn of, if anything, and its messages with them."""

    drawn_of: Contrast | None = None
    messages: Callable[[Picture | None, Picture | None], list[Message]]


EASY, HARD, SO_SO = {100.0: 6, 75.0: 12, 50.0: 2}, {75.0: 2, 50.0: 13, 25.0: 5}, {75.0: 10, 62.5: 6, 50.0: 4}
GLAD, CROSS, MIXED = net(16, 6, 4), net(4, 6, 16), net(9, 9, 8)
AGREED = {100.0: 19, 75.0: 1}
BILLING = BlockCut(
    comments=20,
    tones={Sentiment.NEGATIVE: 7},
    topics={Touchpoint.BILLING: 10},
    across=Across(comments=18, about_other=6),
)
SPEED = BlockCut(
    comments=20,
    tones={Sentiment.NEGATIVE: 6},
    topics={Touchpoint.PERFORMANCE: 9},
    across=Across(comments=14, about_other=None),
)
QUOTED = (INVOICE, "Search is fast, but the lists are not.", "Support answered within an hour, thank you.")
NO_TONE = replace(BILLING, tones={})
LINK = "https://example.slack.com/archives/C0TEAM/p1"
MADE, LAST = date(2025, 7, 28), date(2025, 6, 30)
FIVE = datetime(2025, 7, 25, 15, tzinfo=UTC)
NEXT = NextAsked(instrument="nps", channel_id=None, on=date(2025, 8, 4))
FOLLOWING = {Lens.CX: date(2025, 8, 4), Lens.UX: date(2025, 8, 4)}


def _rounds(key: str, channel: str, scores: Sequence[Scores]) -> list[Round]:
    """Rounds every four weeks by the same people, most of whom answered."""
    made: list[Round] = []
    for place, found in enumerate(scores):
        one = of_scores(key, 4 * place, found, channel=channel, shared=made)
        made.append(replace(one, invited=one.n + 5))
    return made


def _side(
    key: str | None,
    rounds: Sequence[Round],
    *progress: Progress,
    cut: BlockCut | None = None,
    new: bool = True,
) -> SideInput:
    return SideInput(
        instrument=key,
        rounds=newest_rounds(rounds),
        story=tuple(rounds),
        before_in_month=True,
        counted_since_last=new,
        channels=("C0ATLAS",) if key else (),
        progress=progress,
        comments=SideComments(
            cut=cut, waiting=0 if cut else 14, topic=next(iter(cut.topics), None) if cut else None
        ),
    )


def _customers(*scores: Scores, **more: Any) -> SideInput:
    return _side("nps", _rounds("nps", "C1", scores), cut=more.pop("cut", BILLING), **more)


def _users(*scores: Scores, **more: Any) -> SideInput:
    return _side("umux_lite", _rounds("umux_lite", "C2", scores), cut=more.pop("cut", SPEED), **more)


def _made(cx: SideInput, ux: SideInput, *, first: bool = False, quoted: bool = True, **more: Any) -> Contrast:
    found = contrast("Atlas", None, min_group=5, cx=cx, ux=ux, first=first)
    first_one, *others = (Quote(comment_id=text, text=text, touchpoint=None) for text in QUOTED)
    quotes: dict[str, Any] = {}
    if quoted:
        quotes = {"quote": first_one, "more_quotes": tuple(others), "quoted_below": len(others)}
        quotes["quoted_sides"] = (Lens.CX, Lens.UX, Lens.CX)
    people = People.DIFFERENT if found.is_shown else None
    return replace(found, **({"people": people} | quotes | more))


def _posted(of: Contrast, *, lost: Sequence[str | None] = ()) -> State:
    return State(drawn_of=of, messages=partial(_with_thread, of, lost))


def _with_thread(
    of: Contrast, lost: Sequence[str | None], strips: Picture | None, history: Picture | None
) -> list[Message]:
    buttons = digest_post.edition_buttons(of, edition_id="e1", asked=None)
    post = digest_post.edition(
        of,
        edition_id="e1",
        link=lambda _: None,
        zone="Europe/Berlin",
        lost=lost,
        buttons=buttons,
        picture=strips,
    )
    return [post, *thread(of, history=history)]


def _quiet(of: Contrast, **more: Any) -> State:
    outlook = Outlook(made_on=MADE, **more)
    post = quiet_post(of, outlook, edition_id="e1", link=lambda _: LINK, zone="Europe/Berlin")
    return State(messages=lambda _strips, _history: [post])


def _open(channel: str, answers: int) -> Progress:
    return waits(Stage.OPEN, channel, answers=answers, at=FIVE)


def _few(channel: str, answers: int = 3, **more: Any) -> Progress:
    asked_next = datetime(2025, 8, 11, 8, tzinfo=UTC)
    found = waits(Stage.TOO_FEW, channel, answers=answers, asked_next=asked_next, **more)
    return replace(found, invited=31)


STEADY = (GLAD,) * 6
FINE = (EASY,) * 6
SAME = _made(_customers(*STEADY), _users(*FINE))
NONE_YET = {"cut": None}
SUPPORT = score_of(INSTRUMENTS["csat"], [of_scores("csat", 24, {100.0: 16, 0.0: 5})])
assert SUPPORT is not None
ALSO = (OtherScore(score=SUPPORT, subject="support"),)
WITHDRAWN = [*_rounds("nps", "C1", (GLAD, GLAD, MIXED))]
WITHDRAWN[-1] = replace(WITHDRAWN[-1], withdrawn=True)

STATES: dict[str, State] = {
    "worse": _posted(_made(_customers(*STEADY), _users(EASY, EASY, EASY, EASY, EASY, HARD))),
    "better": _posted(_made(_customers(*STEADY), _users(HARD, HARD, HARD, HARD, HARD, EASY))),
    "both_worse": _posted(
        _made(_customers(GLAD, GLAD, GLAD, GLAD, CROSS, CROSS), _users(EASY, EASY, EASY, EASY, EASY, HARD))
    ),
    "opposite": _posted(
        _made(_customers(GLAD, GLAD, GLAD, GLAD, CROSS, CROSS), _users(HARD, HARD, HARD, HARD, HARD, EASY))
    ),
    "no_change": _posted(SAME),
    "not_tested": _posted(_made(_customers(GLAD), _users(EASY, EASY, EASY))),
    "first": _posted(_made(_customers(GLAD), _users(EASY), first=True)),
    "unclear": _posted(_made(_customers(net(5, 3, 4)), _users(*FINE))),
    "word_only": _posted(
        _made(
            _side("nps", [replace(word_round("nps", 20), invited=31)], cut=None), _users(*FINE), quoted=False
        )
    ),
    "clipped": _posted(_made(_customers(*STEADY), _users(EASY, EASY, AGREED))),
    "one_side_new": _posted(_made(_customers(*STEADY, new=False), _users(*FINE))),
    "waiting": _posted(_made(_side("nps", [], _few("C1")), _users(*FINE), quoted=False)),
    "waiting_none_planned": _posted(
        _made(_side("nps", [], replace(_few("C1"), asked_next=None)), _users(*FINE), quoted=False)
    ),
    "not_asked": _posted(_made(_customers(*STEADY), _side(None, []))),
    "first_asked": _posted(
        _made(_customers(*STEADY), replace(_side(None, []), first_asked=date(2025, 8, 4)))
    ),
    "taken_down": _posted(without_withdrawn(SAME, [_rounds("nps", "C1", STEADY)[-1]], [Lens.UX])),
    "long_name": _posted(
        replace(
            _made(_customers(*STEADY), _users(EASY, EASY, EASY, EASY, EASY, HARD)),
            product="The shop of us all and of the people next door, too",
        )
    ),
    "other_and_topics": _posted(
        replace(
            _made(_customers(*STEADY, new=False), _users(*FINE, new=False)),
            others=ALSO,
            last_on=datetime(2025, 6, 30, 7, tzinfo=UTC),
            cut_since_last=True,
        )
    ),
    "withdrawn": _posted(
        _made(
            _side(
                "nps",
                WITHDRAWN,
                waits(Stage.WITHDRAWN, "C1", answers=0, counted_on=WITHDRAWN[-1].counted_on),
                cut=BILLING,
            ),
            _users(*FINE),
        )
    ),
    "also": _posted(replace(SAME, others=ALSO)),
    "only_other": _posted(
        replace(
            _made(_customers(*STEADY, new=False), _users(*FINE, new=False)),
            others=ALSO,
            last_on=datetime(2025, 6, 30, 7, tzinfo=UTC),
            last_link=LINK,
        )
    ),
    "channel_lost": _posted(SAME, lost=["C0ATLAS", None]),
    "topics_hidden": _posted(
        _made(_customers(*STEADY, cut=NO_TONE), _users(*FINE, **NONE_YET), quoted=False)
    ),
    "few": _quiet(_made(_side("nps", [], _few("C1")), _side("umux_lite", [], _few("C2", 4)), quoted=False)),
    "open": _quiet(
        _made(
            replace(_side("nps", [], _open("C1", 12)), open_question=still_open("C1", has_form=False)),
            replace(_side("umux_lite", [], _open("C2", 11)), open_question=still_open("C2", has_form=True)),
            quoted=False,
        ),
        results=FOLLOWING,
    ),
    "open_again": _quiet(
        _made(
            _side("nps", _rounds("nps", "C1", STEADY), _open("C1", 12)),
            _side("umux_lite", _rounds("umux_lite", "C2", FINE), _open("C2", 11)),
        ),
        same_as=LAST,
        link=LINK,
        results=FOLLOWING,
    ),
    "waiting_again": _quiet(
        _made(_side("nps", _rounds("nps", "C1", STEADY), _few("C1")), _users(*FINE)),
        same_as=LAST,
        link=LINK,
        next_asked=NEXT,
    ),
    "nothing_new": _quiet(SAME, same_as=LAST, link=LINK, next_asked=NEXT),
    "nothing_planned": _quiet(SAME, same_as=LAST, link=LINK),
}
"""The name of each state, and what is posted in it."""
