"""The judge outside of the bot: what was acked, what Slack shows and what the file holds must agree."""

from dataclasses import dataclass, field
from pathlib import Path

from bot.sandbox import FakeSlack
from bot.sandbox.model.feed import Event
from tests.simulated.judging.click_judge import ClickJudge
from tests.simulated.judging.due_judge import DueJudge
from tests.simulated.judging.erasure_judge import ErasureJudge
from tests.simulated.judging.evidence import DatabaseFile, Log
from tests.simulated.judging.file_judge import FileJudge
from tests.simulated.judging.leak_judge import look_at_bytes
from tests.simulated.judging.post_judge import PostJudge
from tests.simulated.judging.reminder_judge import ReminderJudge
from tests.simulated.judging.round_judge import RoundJudge
from tests.simulated.judging.shown_judge import ShownJudge
from tests.simulated.judging.testimony import Testimony

MOST_FINDINGS = 20


@dataclass
class Judge:
    """Sees everything from outside; `findings` are the rules that were broken."""

    slack: FakeSlack
    path: Path
    findings: list[str] = field(default_factory=list)
    _found: set[tuple[str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.file, self.log = DatabaseFile(self.path), Log(self.slack)
        self.seen = Testimony(self.slack.world.clock)
        parts = self.file, self.seen, self.find
        self.clicks, self.erasures = ClickJudge(*parts), ErasureJudge(*parts)
        self.answers, self.rounds = FileJudge(*parts), RoundJudge(*parts)
        self.shown = ShownJudge(self.slack, *parts)
        self.reminders = ReminderJudge(self.slack, self.seen, self.find)
        self.posts = PostJudge(self.file, self.find)
        self.due = DueJudge(self.file, self.seen, self.posts, self.find)

    def find(self, rule: str, words: str) -> None:
        """A rule was broken."""
        if (rule, words) not in self._found and len(self._found) < MOST_FINDINGS:
            self._found.add((rule, words))
            self.findings.append(f"{self.slack.world.clock():%Y-%m-%d %H:%M:%S} {rule}: {words}")

    def look(self, *, is_last: bool = False) -> None:
        """Read all that is new, and compare the file with it."""
        for event in self.log.news():
            self._read(event)
        self.clicks.look()
        self.answers.look(self.clicks.untold)
        self.erasures.look(is_last=is_last)
        self.rounds.look()
        self.due.look()

    def ends(self) -> None:
        """The weeks are over, and everything has had its time."""
        self.look(is_last=True)
        self.due.look_at_the_end()
        self.posts.look_at_the_end()
        look_at_bytes(self.path, self.file, self.find)

    def _read(self, event: Event) -> None:
        kind, facts, at = event.kind, event.facts, event.at
        if kind in ("ephemeral.posted", "ephemeral.updated"):
            self.shown.told(at, facts["user"], facts["channel"], facts["message"])
            if kind == "ephemeral.posted":
                self.reminders.told(at, facts["user"], facts["message"])
        elif kind in ("view.opened", "view.pushed", "view.updated"):
            self.shown.told(at, facts["user"], None, facts["view"])
        elif kind == "trouble":
            self.seen.heard[facts["user"]].append((at, facts["words"]))
        elif kind in ("message.posted", "message.updated"):
            channel = self.slack.workspace.channels[facts["channel"]]
            message = channel.message(facts["message"]["ts"])
            if kind == "message.posted" and message is not None:
                self.posts.posted(at, message)
            if channel.id.startswith("C"):
                self.shown.stands(channel.id, facts["message"])
            else:
                self.shown.told(at, channel.members[0], None, facts["message"])
