"""The judge outside of the bot: what was acked, what Slack shows and what the file holds must agree."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.sandbox import FakeSlack
from bot.sandbox.acting.outcomes import Outcome
from bot.sandbox.model.feed import Event
from bot.sandbox.model.messages import Message
from tests.simulated.due_judge import DueJudge
from tests.simulated.evidence import DatabaseFile, Log, moment
from tests.simulated.file_judge import Click, FileJudge
from tests.simulated.plan import Due, Plan

RATE = re.compile(r"rate/(\w+)/")
CHOSEN = re.compile(r"You chose (\d+)|Changed from \d+ to (\d+)")
NOT_KEPT = re.compile(r"not saved|closed|Nothing was|not kept|try again|trouble|no longer", re.IGNORECASE)
TOKEN = re.compile(r"zq(atlas|borea) \d+")
CHANNELS = {"atlas": "C0ATLAS", "borea": "C0BOREA"}


@dataclass
class Judge:
    """Keeps what people did and what they were told; `findings` are the rules that were broken."""

    slack: FakeSlack
    file: DatabaseFile
    log: Log
    plan: Plan
    findings: list[str] = field(default_factory=list)
    clicks: list[Click] = field(default_factory=list)
    sent: dict[str, list[tuple[datetime, int]]] = field(default_factory=lambda: defaultdict(list))
    posted: Counter[str] = field(default_factory=Counter)
    questions: dict[str, Message] = field(default_factory=dict)
    question_at: dict[str, datetime] = field(default_factory=dict)
    forgotten: dict[str, datetime] = field(default_factory=dict)
    heard: dict[str, list[tuple[datetime, str]]] = field(default_factory=lambda: defaultdict(list))
    killed_at: list[datetime] = field(default_factory=list)
    written: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    owners: Mapping[str, str] = field(default_factory=dict)
    by_due: DueJudge = field(init=False)
    by_file: FileJudge = field(init=False)
    dues: list[Due] = field(init=False)
    _found: set[tuple[str, str]] = field(default_factory=set)
    _untold: list[Click] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.by_due, self.dues = DueJudge(self.file, self.find), self.plan.dues()
        self.by_file = FileJudge(self.file, self.find, self.erased_since, self.slack.world.clock)

    def find(self, rule: str, words: str) -> None:
        """A rule was broken."""
        if (rule, words) not in self._found and len(self._found) < 20:
            self._found.add((rule, words))
            self.findings.append(f"{self.slack.world.clock():%Y-%m-%d %H:%M:%S} {rule}: {words}")

    # What people do

    def begins(self, user_id: str, point: int) -> None:
        """Somebody is about to choose a point."""
        self.sent[user_id].append((self.slack.world.clock(), point))

    def clicked(self, user_id: str, outcome: Outcome) -> None:
        """What became of a click; one that was acked is looked for in the file at this very moment."""
        click = _click(user_id, outcome)
        self.clicks.append(click)
        if outcome.ok and not self._stands(click):
            self._must_be_told(click)

    def clicked_late(self, user_id: str, outcome: Outcome) -> None:
        """What became of a click after the close: nothing may."""
        click = _click(user_id, outcome)
        kept = self.file.answer(click.wave_id, user_id)
        ((closes_at,),) = self.file.rows("select closes_at from wave where id = ?", click.wave_id)
        if kept is not None and kept[1] == click.at and click.at >= moment(closes_at):
            self.find("a closed wave took an answer", str(click))

    def _stands(self, click: Click) -> bool:
        """Whether the file has this click or a newer one."""
        kept = self.file.answer(click.wave_id, click.user_id)
        return kept is not None and kept[1] >= click.at

    def _must_be_told(self, click: Click) -> None:
        """It was acked and is not stored: that is only right where the person reads so."""
        if self.by_file.is_over(click.wave_id) or self.erased_since(click):
            return
        self._untold.append(click)

    def erased_since(self, click: Click) -> bool:
        """Whether this person has wanted all of theirs erased since."""
        return self.forgotten.get(click.user_id, datetime.min.replace(tzinfo=UTC)) >= click.at

    def forgets(self, user_id: str) -> None:
        """Somebody wants all of theirs erased: whatever they chose before may be gone from now on."""
        self.forgotten[user_id] = self.slack.world.clock()

    def killed_since(self, moment: datetime) -> bool:
        """Whether a process was killed, or connections were cut, since shortly before that moment."""
        return any(at >= moment - timedelta(seconds=5) for at in self.killed_at)

    def ends(self) -> None:
        """The weeks are over, and everything has had its time."""
        self.by_due.look_at_the_end(self.dues, self.owners)
        self._look_at_outbox()

    def _look_at_outbox(self) -> None:
        """Everything was sent, or nobody knows and its owner was told, or it was refused for a reason."""
        query = (
            "select post.key, post.kind, post.state, post.error, post.part from post"
            " left join post as parent on parent.ref = post.ref and parent.part = 0"
            " where post.state not in ('sent', 'deleted') and (post.part = 0 or parent.slack_ts is not null)"
        )
        told = " ".join(words for heard in self.heard.values() for _, words in heard)
        for key, kind, state, error, part in self.file.rows(query):
            if state in ("pending", "sending"):
                self.find("never sent", f"{key}: {state}, {error}")
            elif state == "unknown" and part == 0 and kind in ("wave", "edition"):
                if "did not say whether" not in told:
                    self.find("lost and not told", f"{key}: {error}")
            elif state == "failed":
                self.find("refused", f"{key}: {error}")

    # What happened

    def look(self) -> None:
        """Read all that is new, and compare the file with it."""
        for event in self.log.news():
            self._read(event)
        for click in self._untold:
            told = [words for at, words in self.heard[click.user_id] if at >= click.at]
            late = self.slack.world.clock() - click.at > timedelta(seconds=30)
            if any(NOT_KEPT.search(words) for words in told):
                self._untold = [each for each in self._untold if each is not click]
            elif late:
                self._untold = [each for each in self._untold if each is not click]
                self.find("acked and not stored", f"{click}, told {told}")
        self.by_file.look(self.clicks, self._untold)
        self.by_due.look(self.dues, self.owners)

    def _read(self, event: Event) -> None:
        facts = event.facts
        if event.kind == "message.posted":
            self._posted(event)
        if event.kind in ("ephemeral.posted", "ephemeral.updated"):
            self._told(event.at, facts["user"], facts["channel"], facts["message"])
        elif event.kind in ("view.opened", "view.pushed", "view.updated"):
            self._told(event.at, facts["user"], None, facts["view"])
        elif event.kind == "trouble":
            self.heard[facts["user"]].append((event.at, facts["words"]))
        elif event.kind in ("message.posted", "message.updated"):
            channel = self.slack.workspace.channels[facts["channel"]]
            if channel.id.startswith("C"):
                self._may_stand(channel.id, json.dumps(facts["message"]))
            else:
                self._told(event.at, channel.members[0], None, facts["message"])

    def _posted(self, event: Event) -> None:
        channel = self.slack.workspace.channels[event["channel"]]
        message = channel.message(event["message"]["ts"])
        if message is None or message.metadata is None:
            return
        key = message.metadata["event_payload"]["key"]
        self.posted[key] += 1
        if self.posted[key] > 1:
            self.find("posted twice", key)
        if found := RATE.search(json.dumps(message.blocks)):
            self.questions[found[1]] = message
            self.question_at[found[1]] = event.at

    def _told(self, at: datetime, user: str, channel: str | None, shown: Any) -> None:
        text = json.dumps(shown, ensure_ascii=False)
        self.heard[user].append((at, text))
        for found in CHOSEN.finditer(text):
            point = int(found[1] or found[2])
            if point not in {chosen for _, chosen in self.sent[user]}:
                self.find("somebody else's receipt", f"{user} reads {found[0]!r}")
        if channel:
            self._may_stand(channel, text, user=user)

    def _may_stand(self, channel_id: str, text: str, user: str | None = None) -> None:
        """Whether a channel, or one person in it, may see this."""
        for found in TOKEN.finditer(text):
            if user and found[0] in self.written[user]:
                continue
            if CHANNELS[found[1]] != channel_id:
                self.find("seen elsewhere", f"a comment of {found[1]} in {channel_id}")
            elif user is None:
                self.find("seen by all", f"a comment of {found[1]}")
        knows = user is not None and (user == "U0ADMIN" or user in self.slack.channel("C0BOREA").members)
        if "Borea" in text and channel_id != CHANNELS["borea"] and not knows:
            self.find("seen elsewhere", f"the private product in {channel_id}: {text[:200]}")


def _click(user_id: str, outcome: Outcome) -> Click:
    assert outcome.delivery is not None
    action = outcome.delivery.payload["actions"][0]
    found = RATE.match(action["block_id"])
    assert found is not None
    seconds, micros = map(int, action["action_ts"].split("."))
    at = datetime.fromtimestamp(seconds, UTC) + timedelta(microseconds=micros)
    return Click(user_id, found[1], int(action["action_id"].split("/")[1]), at, outcome.ok)
