"""The set urr_app_stars, made from the file of labelled reviews of the URR replication package."""

import csv
import html
import io

_TONES = {"1": -1, "2": -1, "3": 0, "4": 1, "5": 1}  # by stars
_CLASSES = ("class1", "class2", "class3")
_NO_CLASS = {"", "OTHER"}
_PAID = {"LICENSING", "PRICE"}  # of the customer side, all others of the product


def made(original: bytes) -> bytes:
    """The set's file: each text once, with the tone of its stars, its side, and its app and classes.

    The original was saved in an encoding that is no UTF-8 any more; bytes that are none are left out.
    """
    seen: set[str] = set()
    lines = ["label\trating\ttopic\tgroup\ttext"]
    for row in csv.DictReader(io.StringIO(original.decode("utf-8", "ignore"), newline="")):
        text = " ".join(html.unescape(row["reviewText"]).split())
        if row["ratingStars"] not in _TONES or not text or text.casefold() in seen:
            continue
        seen.add(text.casefold())
        classes = sorted({row[name].strip() for name in _CLASSES} - _NO_CLASS)
        group = f"{row['app']}|{'+'.join(classes)}"
        lines.append(
            "\t".join([str(_TONES[row["ratingStars"]]), row["ratingStars"], _side(set(classes)), group, text])
        )
    return "\n".join([*lines, ""]).encode()


def _side(classes: set[str]) -> str:
    paid, other = classes & _PAID, classes - _PAID
    if paid and other:
        return "BOTH"
    return "CX" if paid else "UX" if other else ""
