"""What tells the languages: `python -m models.training.languages.tongue_table` makes `tongue.npz` anew.

Needs scikit-learn, and the packages django==5.2.19 and wagtail==8.0.1 for their catalogs of messages (both
BSD): what they say to people, in seven languages and in fifty that are none of them. Learnt are also our own
lines, the everyday words of each language, and pieces of all these: comments are short.
"""

# scikit-learn is not there when types are checked.
# mypy: ignore-errors

import gettext
import random
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib import util
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from bifocal_languages import HOME
from bifocal_languages.tongue import BUCKETS, TABLE, bucket, grams
from bifocal_languages.word_list import LANGUAGES
from jobs.classification.words import packaged
from models.training import sets
from models.training.languages.lines import lines

CODES = ("en", *LANGUAGES, "other")
CATALOGS = "django", "wagtail"
# Languages so near to one of ours that a short comment cannot tell them apart.
NEAR = {"ia", "ast", "gl", "af", "fy", "lb", "ht", "nn"}
MOST, MOST_OF_OTHERS, MOST_ENGLISH = 3_200, 300, 9_000
PAIRS = 1_200
FEWEST_LETTERS = 4
PENALTY = 4.0  # inverse of it
_SEED = 5
_FILLED_IN = re.compile(r"%\([^)]*\)[a-z]|%[sd]|\{[^}]*\}|<[^>]*>|https?://\S+|&\w+;")
_LETTER = re.compile(r"[^\W\d_]")
_OTHER_SCRIPT = re.compile(r"[^\W\d_\u0000-\u024f\u1e00-\u1eff]")
_LENGTHS = (1, 1, 2, 2, 3, 3, 4, 5, 6)
Examples = Iterator[tuple[str, str]]


def catalogs() -> dict[str, list[str]]:
    """The messages of the packages by language, each once, English among them."""
    found: dict[str, set[str]] = {}
    for name in CATALOGS:
        for file in Path(util.find_spec(name).origin).parent.glob("**/LC_MESSAGES/*.mo"):
            folder = file.parent.parent.name
            code = folder.partition("_")[0] if folder.partition("_")[0] in CODES else folder
            with file.open("rb") as content:
                messages = gettext.GNUTranslations(content)._catalog  # noqa: SLF001 - there is no other way
            for key, message in messages.items():
                english = (key[0] if isinstance(key, tuple) else key).rpartition("\x04")[2]
                for language, text in ((code, message), *([("en", english)] if code == "de" else ())):
                    bare = " ".join(_FILLED_IN.sub(" ", text).split())
                    if len(_LETTER.findall(bare)) >= FEWEST_LETTERS and (language == "en" or text != english):
                        found.setdefault(language, set()).add(bare)
    return {code: sorted(texts) for code, texts in sorted(found.items())}


def examples(chance: random.Random) -> Examples:
    """Texts with their language, whole and in pieces."""
    messages = catalogs()
    for code in CODES[:-1]:
        texts = messages.pop(code)
        for text in chance.sample(texts, min(MOST, len(texts))):
            yield from _with_pieces(text, code, 3, chance)
    for line in lines():
        yield line.text, line.language
        yield from _with_pieces(line.text, line.language, 5, chance)
        if line.language != "de":  # many write without accents, in German with other letters instead
            yield from _with_pieces(_without_accents(line.text), line.language, 1, chance)
    english = [line.text for line in sets.own_lines() if not line.held_out]
    for text in chance.sample(english, MOST_ENGLISH):
        yield from _with_pieces(text, "en", 1, chance)
    for code, listed in packaged.table("languages.toml").items():
        everyday = listed.split()
        yield from ((word, code) for word in everyday)
        yield from (
            (" ".join(chance.sample(everyday, chance.choice((1, 2, 2, 3)))), code) for _ in range(PAIRS)
        )
    for code, texts in messages.items():
        if code not in NEAR and not any(map(_OTHER_SCRIPT.search, texts[:20])):
            for text in chance.sample(texts, min(MOST_OF_OTHERS, len(texts))):
                yield from _with_pieces(text, "other", 1, chance)


def _with_pieces(text: str, code: str, pieces: int, chance: random.Random) -> Examples:
    yield text, code
    words = text.split()
    for _ in range(pieces):
        length = chance.choice(_LENGTHS)
        if len(words) > length:
            at = chance.randrange(len(words) - length + 1)
            yield " ".join(words[at : at + length]), code


def _without_accents(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))


def matrix(texts: Sequence[str]) -> sparse.csr_matrix:
    """The grams of the texts, counted as `Tongue` counts them."""
    counts = [Counter(map(bucket, grams(text))) for text in texts]
    rows = np.repeat(np.arange(len(texts)), [len(each) for each in counts])
    places = [place for each in counts for place in each]
    values = [times / each.total() ** 0.5 for each in counts for times in each.values()]
    return sparse.csr_matrix((values, (rows, places)), shape=(len(texts), BUCKETS))


def main(folder: Path = HOME) -> None:
    """Learn the table and write it."""
    texts, codes = zip(*examples(random.Random(_SEED)), strict=True)  # noqa: S311 - a sample, not a secret
    right = np.array([CODES.index(code) for code in codes])
    fair = (len(right) / np.bincount(right)) ** 0.5
    fitted = LogisticRegression(C=PENALTY, max_iter=120, tol=1e-3).fit(
        matrix(texts), right, sample_weight=fair[right]
    )
    weights = fitted.coef_ - fitted.coef_.mean(axis=0)
    step = np.float32(np.abs(weights).max() / 127)
    np.savez_compressed(
        folder / TABLE,
        weights=np.rint(weights / step).astype(np.int8),
        step=step,
        start=fitted.intercept_.astype(np.float32),
        codes=np.frombuffer(" ".join(CODES).encode(), np.uint8),
    )
    print(f"wrote {TABLE}, learnt from {len(texts)} texts")  # noqa: T201 - a command line tool speaks


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else HOME)
