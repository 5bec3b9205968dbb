"""Who answered, as it is kept: a code made from the Slack id, or in pulses with names the id itself."""

import hashlib
import hmac
import operator

from storage.records import AnswerRules, Pulse


class Respondents:
    """Turns a Slack user into the key under which their answers are kept.

    The confidential key is HMAC-SHA256(secret, team + user), the same in all confidential pulses of a
    workspace, so that a person counts once, can change their mind and can be erased. Nothing stored links
    the two forms.
    """

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def confidential(self, team_id: str, user_id: str) -> str:
        """The 64 hex digits that stand for a user in confidential pulses."""
        return hmac.new(self._secret, f"{team_id}{user_id}".encode(), hashlib.sha256).hexdigest()

    def of(self, pulse: Pulse | AnswerRules, user_id: str) -> str:
        """The key of a user in this pulse, or under these rules of its waves."""
        return user_id if pulse.named else self.confidential(pulse.team_id, user_id)

    def both(self, team_id: str, user_id: str) -> tuple[str, str]:
        """Every key under which something of this user may be kept."""
        return self.confidential(team_id, user_id), user_id

    def mark(self, team_id: str, *words: str) -> str:
        """The 64 hex digits that stand for a place or a message, such as a channel and a time."""
        whole = "\x00".join((team_id, *words))  # a NUL stands in no id, so this is the key of no person
        return hmac.new(self._secret, whole.encode(), hashlib.sha256).hexdigest()

    def sealed(self, team_id: str, user_id: str, *, within: str) -> str:
        """A user id as it may go along with a form: only `unsealed` reads it, `within` the same place."""
        return bytes(map(operator.xor, user_id.encode(), self._veil(team_id, within))).hex()

    def unsealed(self, team_id: str, sealed: str, *, within: str) -> str:
        """The user id of `sealed`; raises ValueError for what it has not given."""
        user_id = bytes(map(operator.xor, bytes.fromhex(sealed), self._veil(team_id, within))).decode()
        if not user_id.isalnum():
            raise ValueError("no sealed user id")
        return user_id

    def _veil(self, team_id: str, within: str) -> bytes:
        return bytes.fromhex(self.mark(team_id, "seal", within))
