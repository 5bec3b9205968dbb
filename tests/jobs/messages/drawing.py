"""What was drawn for this project: the finished product, less what is not built yet."""

import json
import re
from pathlib import Path
from typing import Any

Json = dict[str, Any]
FOLDER = Path(__file__).parent / "drawn"
CHANGES = (
    # A channel is written by its id, so that Slack shows its name to those who may see it.
    (re.compile(r"#?\batlas-customers\b"), "<#C0ATLAS>"),
    (re.compile(r"#?\batlas-users\b"), "<#C0USERS>"),
    (re.compile(r"#?\batlas-team\b"), "<#C0TEAM>"),
    # Ids are text.
    (re.compile(r'^\{"wave":(\d+)\}$'), r'{"wave":"\1"}'),
    # Not built yet: How this works, Comments about a topic, topic tests.
    (re.compile(r" Buttons?: (Comments about [\w ]+, )?How this works\."), ""),
    (re.compile(r"\n?\*Worth a look: \w+\.\*.*"), ""),
    (re.compile(r" Worth a look: \w+\..*?(chose 0 to 6; of the other \d+, 1 did|, 6 did)\."), ""),
)
LATER_BUTTONS = {"how", "comments"}


def drawn(name: str) -> Json:
    """The drawing with this name, as it looks before the later parts are built."""
    drawing = json.loads((FOLDER / f"{name}.json").read_text())
    assert drawing.pop("source") == "drawn for this project"
    changed: Json = _changed(drawing)
    changed["blocks"] = [block for block in map(_without_later, changed["blocks"]) if block]
    return changed


def _changed(part: Any) -> Any:
    if isinstance(part, dict):
        return {key: _changed(value) for key, value in part.items()}
    if isinstance(part, list):
        return [_changed(each) for each in part]
    if isinstance(part, str):
        for pattern, replacement in CHANGES:
            part = pattern.sub(replacement, part)
    return part


def _without_later(block: Json) -> Json | None:
    """The block without its later buttons; None when nothing is left of it."""
    if block["type"] == "actions":
        block["elements"] = [each for each in block["elements"] if each["action_id"] not in LATER_BUTTONS]
        return block if block["elements"] else None
    if block["type"] == "section" and "text" in block and not block["text"]["text"]:
        return None
    return block


def plainly(built: Any) -> Any:
    """What was built without `verbatim`, which only keeps Slack from reading names as links."""
    if isinstance(built, dict):
        return {key: plainly(value) for key, value in built.items() if key != "verbatim"}
    return [plainly(each) for each in built] if isinstance(built, list) else built
