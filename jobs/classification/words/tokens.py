"""Plain text as words, with contractions taken apart and what a negation reaches marked."""

import re
from collections.abc import Sequence

_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+(?:[.,:]\d+)*%?|[!?]+|[.,;:]|[$€£]")
_STOP = frozenset(".,;:!?")
_REACH = 4
_NOT = "n't"

# Contractions, also as people type them without the apostrophe: the auxiliary and "n't".
_SPLIT = {
    "can't": ("ca", "n't"), "won't": ("wo", "n't"), "shan't": ("sha", "n't"), "cannot": ("can", "not"),
    "ain't": ("ai", "n't"), "cant": ("ca", "n't"), "wont": ("wo", "n't"), "dont": ("do", "n't"),
    "doesnt": ("does", "n't"), "didnt": ("did", "n't"), "isnt": ("is", "n't"), "wasnt": ("was", "n't"),
    "arent": ("are", "n't"), "werent": ("were", "n't"), "hasnt": ("has", "n't"), "havent": ("have", "n't"),
    "hadnt": ("had", "n't"), "wouldnt": ("would", "n't"), "couldnt": ("could", "n't"),
    "shouldnt": ("should", "n't"), "aint": ("ai", "n't"),
}  # fmt: skip
NEGATIONS = frozenset(
    [
        "not",
        "n't",
        "no",
        "never",
        "nothing",
        "nobody",
        "none",
        "neither",
        "nor",
        "without",
        "hardly",
        "barely",
        "nowhere",
        "cannot",
        "lacks",
        "lack",
    ]
)
_DIGITS = frozenset("0123456789")
_DIGIT = re.compile("[0-9]")
_NUMBERS = frozenset(
    ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "fifteen",
     "twenty", "thirty",
     "forty", "fifty", "sixty", "hundred"]
)  # fmt: skip
_NEVER, _DEGREES = "never", frozenset(["so", "such", "more"])
_GIVES_AWAY = frozenset(["although", "though", "while", "whilst", "despite"])
_FIRST = 2  # words: "although", "even though"
CONTRASTS = frozenset(["but", "however", "although", "though", "yet", "except"])


def words(text: str) -> list[str]:
    """Lower-case words, numbers and marks of the text, in order; "isn't" gives "is" and "n't"."""
    tokens: list[str] = _TOKEN.findall(text.lower())
    if "'" not in text and _SPLIT.keys().isdisjoint(tokens):
        return tokens
    found: list[str] = []
    for token in tokens:
        if token in _SPLIT:
            found += _SPLIT[token]
        elif "'" not in token:
            found.append(token)
        elif token[-3:] == _NOT and token[:-3]:
            found += (token[:-3], _NOT)
        else:
            found += _clitics(token)
    return found


def _clitics(token: str) -> tuple[str, ...]:
    stem, _, ending = token.rpartition("'")
    return (stem, f"'{ending}") if ending in {"s", "re", "ve", "ll", "d", "m"} else (token,)


def is_word(token: str) -> bool:
    """Whether the token has letters: a word or a part of one, no number and no mark."""
    return token.isalpha() or "'" in token


def negated(tokens: Sequence[str]) -> list[bool]:
    """For each token, whether a negation reaches it: up to four words on, not past a mark or "but".

    "Never" does not reach past "so": "I have never been so disappointed".
    """
    if NEGATIONS.isdisjoint(tokens):
        return [False] * len(tokens)
    reach = 0
    by = ""
    found: list[bool] = []
    for token in tokens:
        if token in NEGATIONS:
            found.append(False)
            reach, by = _REACH, token
        elif reach and not _ends(token, by):
            found.append(True)
            reach -= 1
        else:
            found.append(False)
            reach = 0
    return found


def _ends(token: str, by: str) -> bool:
    """Whether a token ends the reach of a negation."""
    return token in CONTRASTS or token[0] in _STOP or (by == _NEVER and token in _DEGREES)


def turn(tokens: Sequence[str]) -> int:
    """Where the last "but" stands, 0 when there is none or nothing stands before it.

    Where something is given away first ("Even though it is slow, I like it"), it is the comma after that.
    """
    gives_away = not _GIVES_AWAY.isdisjoint(tokens[:_FIRST])
    if not gives_away and CONTRASTS.isdisjoint(tokens):
        return 0
    last = max([at for at, token in enumerate(tokens) if token in CONTRASTS], default=0)
    return tokens.index(",") if gives_away and last < _FIRST and "," in tokens else last


def numberless(tokens: Sequence[str]) -> list[str]:
    """The tokens with "0" for every number, so that 40 seconds and 30 seconds are one thing."""
    if _NUMBERS.isdisjoint(tokens) and not _DIGIT.search("".join(tokens)):
        return list(tokens)
    return ["0" if token in _NUMBERS or token[0] in _DIGITS else token for token in tokens]
