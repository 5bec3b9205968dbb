"""A lead says what a comment's tone or topic is; it wins over every classifier, in all figures."""

from jobs.messages.wording import why_not as refusals
from jobs.permissions.leads import is_lead
from jobs.permissions.refusal import Refused
from jobs.slack.directory import Directory
from storage.records import Correction, Sentiment, Touchpoint
from storage.store import Store


async def correct(
    store: Store,
    directory: Directory,
    *,
    team_id: str,
    user_id: str,
    comment_id: str,
    sentiment: Sentiment | None = None,
    touchpoint: Touchpoint | None = None,
    hide: bool = False,
) -> None:
    """Keep what this lead says, beside what was corrected before and beside the label.

    Raises Refused for anybody who does not lead the pulse; a comment that is gone changes nothing.
    """
    wave = await store.comments.wave_of(team_id, comment_id)
    if wave is None:
        return
    if not await is_lead(directory, wave.pulse, user_id):
        raise Refused(refusals.not_a_lead(wave.pulse, "correct"))
    said = Correction(sentiment=sentiment, touchpoint=touchpoint, hidden=hide)
    await store.comments.correct(team_id, comment_id, said)
