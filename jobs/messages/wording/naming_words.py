"""What is said of names that are not known, and of words that name no product.

Each is mrkdwn text in which all that people typed is escaped.
"""

from collections.abc import Sequence

from jobs.messages.wording.escaping import safe, typed_name
from jobs.messages.wording.voice import MRKDWN, Voice, listed

MOST_MEANT, MOST_LISTED = 3, 5
ABOUT_WHAT = {"seq": ": send an invoice", "ces": ": the support of Atlas"}
"""What follows the product's name, Atlas, where a question is about a task or a service."""

WRONG_SUBJECT = {
    "seq": "SEQ asks about a task. Name it, for example: send an invoice.",
    "ces": "CES asks about an issue that was solved. For example: the support of Atlas.",
}


def wrong_subject(instrument: str, product: str) -> str:
    """A product was named where the question is about a task or about who solved an issue."""
    words = ABOUT_WHAT[instrument].replace("Atlas", product)
    sentence = WRONG_SUBJECT[instrument].replace("Atlas", safe(product))
    typed = MRKDWN.code(f"/pulse ask {instrument} about {product}{words}")
    return f"{sentence} Type {typed}. Nothing was asked."


def say_product(instrument: str, product: str, words: str, *, several: bool) -> str:
    """Words for a question were given, but not the product to which its answers belong."""
    why = "Several products are asked about here" if several else "No product is asked about here yet"
    typed = MRKDWN.code(f"/pulse ask {instrument} about {product}: {words}")
    return f"{why}, so say which one these words belong to. For example: {typed}. Nothing was asked."


def new_name(name: str, near: Sequence[str]) -> str:
    """No product has this name yet; `near` are those that may be meant."""
    if not near:
        check = "Questions with the same name meet in one digest, so check the spelling."
        return f"{MRKDWN.bold(safe(name))} is new here. {check} Nothing was changed."
    meant = _either([MRKDWN.bold(safe(each)) for each in near])
    return f"{MRKDWN.bold(safe(name))} is new here. Did you mean {meant}? Nothing was changed."


def _either(names: Sequence[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} or {last}" if first else last


def no_such_comment(product: str) -> str:
    """Comments about a product can be read, but none of the kind that was asked for."""
    typed = MRKDWN.code(f"/pulse comments about {typed_name(product)}")
    return f"No comment about {safe(product)} is of that kind. To read all of them: {typed}."


def comments_imported(sources: list[str]) -> str:
    """That some of the comments came from files, and from where."""
    return f"Some of these are imported from {listed(sources)}."


def comments_elsewhere(names: Sequence[str]) -> tuple[str, ...]:
    """The other products that were asked about, whose comments another command shows; empty for none."""
    if not names:
        return ()
    more = len(names) - MOST_LISTED
    rest = f" and {more} more" if more > 0 else ""
    typed = MRKDWN.code(f"/pulse comments about {typed_name(names[0])}")
    shown = ", ".join(map(safe, names[:MOST_LISTED]))
    return (f"Asked about here too: {shown}{rest}. Theirs: {typed}.",)


def nothing_about(name: str, near: Sequence[str], *, meant: bool, voice: Voice = MRKDWN) -> str:
    """A name is not asked about here; `near` are those that are, or with `meant` those that may be meant."""
    nothing = f"Nothing about {voice.bold(safe(name))} here."
    if meant:
        return f"{nothing} Did you mean {_either([voice.bold(safe(each)) for each in near[:MOST_MEANT]])}?"
    return f"{nothing} Products asked about in this channel: {', '.join(map(safe, near[:MOST_LISTED]))}."
