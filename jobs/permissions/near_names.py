"""Which known names somebody may have meant by one that is not known. Pure."""

from collections.abc import Iterable

from storage.records.name_folding import comparison_key, fold

MOST_EDITS = 2
SHARES_A_WORD = MOST_EDITS + 1  # comes after all that are within the edits
FAR = SHARES_A_WORD + 1
SHORT = 4  # letters; in so short a name two edits make any other
LITTLE_WORDS = frozenset(
    {"a", "an", "and", "app", "at", "by", "for", "in", "of", "on", "our", "the", "to", "your"}
)


def near_names(name: str, known: Iterable[str]) -> list[str]:
    """The known names within two edits of `name`, nearest first, then those that share a word with it.

    Where there are none, those with a word that is one edit from a word of it.
    """
    ranked = sorted((_distance(name, each), fold(each), each) for each in known)
    near = [each for distance, _, each in ranked if distance < FAR]
    return near or [each for _, _, each in ranked if _has_near_word(name, each)]


def _distance(name: str, other: str) -> int:
    """How many edits lie between two names, one more than the most for a common word, else FAR."""
    one, two = comparison_key(name), comparison_key(other)
    most = 1 if max(len(one), len(two)) <= SHORT else MOST_EDITS
    if abs(len(one) - len(two)) <= most and (found := edits(one, two)) <= most:
        return found
    return SHARES_A_WORD if _words(name) & _words(other) else FAR


def _has_near_word(name: str, other: str) -> bool:
    return any(
        min(len(one), len(two)) > SHORT and abs(len(one) - len(two)) <= 1 and edits(one, two) <= 1
        for one in _words(name)
        for two in _words(other)
    )


def edits(one: str, two: str) -> int:
    """How many letters are to be put in, left out, replaced or exchanged with their neighbour.

    The optimal string alignment distance (Damerau 1964), each pair of neighbours exchanged at most once.
    """
    before: list[int] = []
    row = list(range(len(two) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, other in enumerate(two, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == two[j - 2] and one[i - 2] == other:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _words(name: str) -> set[str]:
    """The words of a name that say something."""
    parts = "".join(sign if sign.isalnum() else " " for sign in fold(name)).split()
    return {word for word in parts if len(word) > 1} - LITTLE_WORDS
