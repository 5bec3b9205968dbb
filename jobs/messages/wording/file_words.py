"""What is said of files that go to a person."""

from collections.abc import Sequence

from jobs.messages.wording.voice import count, listed

NOTHING_COUNTED = "Nothing was counted here yet, so there is nothing to export."
NONE_OF = {
    "rounds": "Nothing was counted here yet, so there is no file of rounds.",
    "comments": "No comments that you may read are listed here, so there is no file of comments.",
    "outcomes": "No figure from elsewhere was entered, so there is no file of outcomes.",
}
"""That a file which was asked for by name is not among those that went."""
_NO_SCOPE = {"missing_scope", "not_allowed_token_type"}
_NOT_ALLOWED = {"file_uploads_disabled", "file_uploads_except_images_disabled", "file_type_not_allowed"}


def heading(channel_id: str) -> str:
    """What stands above the files."""
    return f"Your export of <#{channel_id}>. What each column is stands in Bifocal's docs/export.md."


def sent(*, rounds: int, files: Sequence[str]) -> str:
    """That the files went, and what is in them."""
    names = listed([f"`{name}`" for name in files])
    many = f": {count(rounds, 'round')}" if rounds else ""
    return f"{names} went to you by direct message{many}."


def not_sent(why: str) -> str:
    """Why no file went, and what to do."""
    if why in _NO_SCOPE:
        return (
            "Bifocal may not send files here: its app needs the scope `files:write`. "
            "Whoever runs it adds that and installs the app anew, or writes them with `bifocal export`."
        )
    if why in _NOT_ALLOWED:
        return (
            "This workspace takes no such files: an admin can allow them. "
            "Until then `bifocal export` writes them, where Bifocal runs."
        )
    return "Slack did not take the file just now: ask again in a minute."
