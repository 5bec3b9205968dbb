"""A text in the form that the transformer reads. The trainer uses this module too."""

MODEL, TOKENIZER = "model.onnx", "tokenizer.json"
_MOST, _HEAD = 48, 30


def as_read(text: str) -> str:
    """A cleaned text with emoticons for its words for emoji: so the transformer has learnt it."""
    return text.replace("emojigood", ":)").replace("emojibad", ":(")


def within(ids: list[int]) -> list[int]:
    """The ids of a text; of a text that is too long the first 30 and the last 18."""
    return ids if len(ids) <= _MOST else [*ids[:_HEAD], *ids[_HEAD - _MOST :]]
