"""A lead says what a comment's tone or topic is, or that it is a wish; it wins over every classifier."""

from jobs.messages.wording import why_not
from jobs.permissions.leads import is_lead
from jobs.permissions.may_post import require_full_member
from jobs.permissions.refusal import Refused
from jobs.slack.directory import Directory
from storage.records import Comment, Correction, Sentiment, Touchpoint
from storage.store import Store

CORRECTED_SINCE = "This comment was corrected again since. Nothing was changed."


async def comment_to_correct(
    store: Store, directory: Directory, *, team_id: str, user_id: str, comment_id: str
) -> Comment | None:
    """The comment, for somebody who may correct it; None when it is gone.

    Raises Refused for anybody who does not lead the pulse, and for guests.
    """
    await require_full_member(directory, team_id, user_id)
    wave = await store.comments.wave_of(team_id, comment_id)
    comment = await store.comments.get(team_id, comment_id)
    if wave is None or comment is None:
        return None
    if not await is_lead(directory, wave.pulse, user_id):
        raise Refused(why_not.not_a_lead(wave.pulse, "correct"))
    return comment


async def correct(
    store: Store,
    directory: Directory,
    *,
    team_id: str,
    user_id: str,
    comment_id: str,
    sentiment: Sentiment | None = None,
    touchpoint: Touchpoint | None = None,
    wish: bool | None = None,
    hide: bool = False,
) -> Comment | None:
    """Keep what this lead says, beside what was corrected before and beside the label.

    Gives the comment as it was before; None, and nothing changed, when it is gone. Raises Refused for anybody
    who does not lead the pulse.
    """
    comment = await comment_to_correct(
        store, directory, team_id=team_id, user_id=user_id, comment_id=comment_id
    )
    if comment is None:
        return None
    said = Correction(sentiment=sentiment, touchpoint=touchpoint, wish=wish, hidden=hide)
    return await store.comments.correct(team_id, comment_id, said)


async def undo(
    store: Store,
    directory: Directory,
    *,
    team_id: str,
    user_id: str,
    comment_id: str,
    said: Correction,
    before: Correction,
) -> Comment | None:
    """Set what was `said` of a comment back to what stood there `before`; None when the comment is gone.

    Gives the comment as it was said to be. Done twice it changes nothing more. Raises Refused for anybody who
    does not lead the pulse, and where somebody has said something else since.
    """
    comment = await comment_to_correct(
        store, directory, team_id=team_id, user_id=user_id, comment_id=comment_id
    )
    if comment is None:
        return None
    done = await store.comments.undo(team_id, comment_id, said, before)
    if done is False:
        raise Refused(CORRECTED_SINCE)
    return comment if done else None
