"""The Home tab: what one may answer, what is kept of them; before it, for leads, what they run. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from jobs.messages.home.first_steps import welcome
from jobs.messages.home.what_i_run import LastEdition, Running, what_i_run
from jobs.messages.layout import ids
from jobs.messages.layout.blocks import Block, View, actions, button, context, divider, header, section
from jobs.messages.respondent.my_data import MOST_ROLES
from jobs.messages.respondent.quiet_words import next_section
from jobs.messages.respondent.role_view import role_section
from jobs.messages.wording.escaping import safe
from jobs.messages.wording.voice import MRKDWN, capital, count
from jobs.messages.wording.why_not import channel
from storage.records import Digest, KeptOfPerson, KnownProduct, Pulse, Quiet, Wave

MOST_OPEN = 5
ONLY_YOU = "Only you see this page."
NOT_TOLD = "Slack does not tell just now in which channels you are. Open this page again in a minute."


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question that may be answered now; `link` leads to it."""

    wave: Wave
    answered: bool
    link: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """What the Home tab of one person is made of.

    `may_ask` says that they are a full member; `runs` and `digests` are what they lead, each question with
    its newest wave; `hidden` are the channels of which they may not be told. Without `slack_tells` nothing
    but what is kept is known. `quiet` is why nothing is written to them now, with days of their `zone`.
    """

    kept: KeptOfPerson
    open_now: Sequence[OpenQuestion] = ()
    may_ask: bool = False
    ever_asked: bool = True
    runs: Sequence[tuple[Pulse, Wave | None]] = ()
    digests: Sequence[Digest] = ()
    last: LastEdition | None = None
    hidden: frozenset[str] = field(default_factory=frozenset)
    slack_tells: bool = True
    quiet: Quiet | None = None
    zone: str = "UTC"


def home_page(home: Home, *, now: datetime) -> View:
    """The whole page, of at most 100 blocks."""
    leads = bool(home.runs or home.digests)
    if home.may_ask and not (home.ever_asked or leads):
        return _view([*welcome(), context(ONLY_YOU)])
    runs = Running(home.runs, home.digests, home.last, home.hidden)
    lead = [*what_i_run(runs, now=now), divider()] if leads else []
    return _view([*lead, *_for_you(home), context(ONLY_YOU)])


def _view(blocks: Sequence[Block]) -> View:
    return {"type": "home", "callback_id": ids.HOME, "blocks": list(blocks)}


def _for_you(home: Home) -> list[Block]:
    return [
        header("For you"),
        *([section(NOT_TOLD)] if not home.slack_tells else _open_now(home.open_now)),
        next_section(home.quiet, home.zone),
        *_roles(home.kept.roles),
        _kept(home.kept),
        actions(ids.HOME_ME_BLOCK, button("Privacy", ids.PRIVACY, value=ids.HOME)),
    ]


def _open_now(questions: Sequence[OpenQuestion]) -> list[Block]:
    """A paragraph for each question that waits for an answer; those answered are counted."""
    waiting = [each for each in questions if not each.answered]
    answered = len(questions) - len(waiting)
    done = f"You have answered {count(answered, 'open question')}." if answered else ""
    if not waiting:
        return [section(MRKDWN.lines("*Open now*", done or "Nothing to answer."))]
    found = [_question(each, first=place == 0) for place, each in enumerate(waiting[:MOST_OPEN])]
    more = len(waiting) - len(found)
    rest = [f"{count(more, 'more question')} {'waits' if more == 1 else 'wait'}." if more else "", done]
    said = " ".join(filter(None, rest))
    return [*found, *([section(said)] if said else [])]


def _question(each: OpenQuestion, *, first: bool) -> Block:
    pulse = each.wave.pulse
    where = f"in {channel(pulse.channel_id)}, until {MRKDWN.when(each.wave.closes_at, pulse.zone)}."
    words = MRKDWN.lines("*Open now*" if first else "", f"A question about {safe(pulse.about)}, {where}")
    go = button("Go to it", ids.OPEN_LINK, url=each.link) if each.link else None
    return section(words, accessory=go)


def _roles(roles: Sequence[KnownProduct]) -> list[Block]:
    """How they know each product, with the button that changes it."""
    shown = [role_section(known, at_home=True) for known in roles[:MOST_ROLES]]
    more = len(roles) - MOST_ROLES
    rest = f"How you know {count(more, 'more product')} is under What is kept of me." if more > 0 else ""
    return [*shown, *([section(rest)] if rest else [])]


def _kept(kept: KeptOfPerson) -> Block:
    if not kept:
        return section("*Kept of you*\nNothing.")
    answers = len(kept.responses) + sum(each.counted_on is not None for each in kept.counted)
    comments = sum(each.comment is not None for each in kept.responses)
    comments += sum(each.comment is not None for each in kept.counted)
    numbers = ((answers, "answer"), (comments, "comment"), (len(kept.saved), "saved message"))
    parts = [count(number, noun) for number, noun in numbers if number]
    parts += ["what reminders go by"] if kept.pause else []
    how = "some with your name" if kept.named else "without your name"
    if not parts:
        parts = ["how you know a product" if kept.roles else "that you saved messages of others"]
    said = capital(", ".join([*parts, how]))
    return section(f"*Kept of you*\n{said}.", accessory=button("Show me", ids.KEPT_OF_ME))
