"""A text as the transformer reads it; its trainer comes here too."""

MODEL, TOKENIZER = "model.onnx", "tokenizer.json"
_MOST, _HEAD = 48, 30


def as_read(text: str) -> str:
    """A cleaned text with emoticons for its words for emoji, as the transformer learnt it."""
    return text.replace("emojigood", ":)").replace("emojibad", ":(")


def within(ids: list[int]) -> list[int]:
    """The ids of a text that is not too long: the first 30 and the last 18 of a longer one."""
    return ids if len(ids) <= _MOST else [*ids[:_HEAD], *ids[_HEAD - _MOST :]]
