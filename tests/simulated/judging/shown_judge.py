"""What people read: their own receipts, what their channel may see, no markup of others, no bare number."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from bot.sandbox import FakeSlack
from tests.simulated.judging.evidence import DatabaseFile
from tests.simulated.judging.testimony import Testimony

CHOSEN = re.compile(r"You chose (\d+)|Changed from \d+ to (\d+)")
TOKEN = re.compile(r"zq(atlas|borea) \d+")
CHANNELS = {"atlas": "C0ATLAS", "borea": "C0BOREA"}
MARKUP = ("<!channel>", "<https://evil.example|")
NUMBER = r"(?:minus |plus )?\d+%?"
SCORE = re.compile(rf"\b(?:NPS|CSAT) (?:about )?{NUMBER}(?: or (?:more|less)| to {NUMBER})?")
BASE = re.compile(r"(\d+) (?:people answered|of \d+ answered|answers|answered)|of (\d+) chose")
IN_BRACKETS = re.compile(r"^ ?\((\d+)\)")
RANGE = re.compile(r"\blikely (?:minus |plus )?\d|at least \d+ of \d+", re.IGNORECASE)
NUMBER_FROM = 10


class ShownJudge:
    """Reads everything that somebody is shown: the text that is read aloud, and the blocks that are seen."""

    def __init__(
        self, slack: FakeSlack, file: DatabaseFile, seen: Testimony, find: Callable[[str, str], None]
    ) -> None:
        self._slack, self._file, self._seen, self._find = slack, file, seen, find

    def told(self, at: datetime, user: str, channel: str | None, shown: Any) -> None:
        """Something that one person reads alone."""
        text = json.dumps(shown, ensure_ascii=False)
        self._seen.heard[user].append((at, text))
        for found in CHOSEN.finditer(text):
            if int(found[1] or found[2]) not in self._seen.points[user]:
                self._find("somebody else's receipt", f"{user} reads {found[0]!r}")
        self._look_at_words(shown)
        if channel:
            self._may_see(channel, text, user)

    def stands(self, channel: str, shown: Any) -> None:
        """Something that all of a channel read."""
        text = json.dumps(shown, ensure_ascii=False)
        self._look_at_words(shown)
        for found in TOKEN.finditer(text):
            self._find("seen by all", f"a comment of {found[1]} in {channel}")
        if "Borea" in text and channel != CHANNELS["borea"]:
            self._find("seen elsewhere", f"the private product in {channel}: {text[:200]}")

    def _may_see(self, channel: str, text: str, user: str) -> None:
        """Whether one person in a channel may see this."""
        for found in TOKEN.finditer(text):
            if found[0] in self._seen.tokens[user]:
                continue
            if CHANNELS[found[1]] != channel:
                self._find("seen elsewhere", f"a comment of {found[1]} in {channel}")
            if not self._leads(user):
                self._find("seen by somebody who leads nothing", f"a comment of {found[1]} by {user}")
        knows = user == "U0ADMIN" or user in self._slack.channel("C0BOREA").members
        if "Borea" in text and channel != CHANNELS["borea"] and not knows:
            self._find("seen elsewhere", f"the private product in {channel}: {text[:200]}")

    def _leads(self, user: str) -> bool:
        query = "select 1 from pulse where leads like ? union select 1 from digest where leads like ?"
        return user == "U0ADMIN" or bool(self._file.rows(query, f'%"{user}"%', f'%"{user}"%'))

    def _look_at_words(self, shown: Any) -> None:
        said = shown.get("text") if isinstance(shown, dict) else None
        aloud = said if isinstance(said, str) else ""
        for words in (aloud, *_marked_up(shown)):
            for markup in MARKUP:
                if markup in words:
                    self._find("what somebody wrote is markup", words[:200])
        self._look_at_numbers(aloud)

    def _look_at_numbers(self, text: str) -> None:
        """No score without how many answered and how sure it is, and none of fewer than ten."""
        for found in SCORE.finditer(text):
            after = text[found.end() :]
            if listed := IN_BRACKETS.match(after):
                base = int(listed[1])
            elif (answered := BASE.search(after)) and RANGE.search(after):
                base = int(answered[1] or answered[2])
            else:
                self._find("a number without its base and range", text[:300])
                continue
            if base < NUMBER_FROM:
                self._find("a number of too few is shown", text[:300])


def _marked_up(shown: Any) -> Iterator[str]:
    """Every text in which Slack reads markup."""
    if isinstance(shown, dict):
        if shown.get("type") == "mrkdwn" and isinstance(shown.get("text"), str):
            yield shown["text"]
        for each in shown.values():
            yield from _marked_up(each)
    elif isinstance(shown, list):
        for each in shown:
            yield from _marked_up(each)
