"""Which comments a person may read here, within the privacy rule."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jobs.messages.lead.comments_page import LEADS_NO_MORE, PER_PAGE
from jobs.messages.wording import naming_words, why_not
from jobs.messages.wording.escaping import safe
from jobs.messages.wording.vocabulary import side_words
from jobs.permissions.leads import is_lead
from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from jobs.permissions.scope import Subject, subjects
from jobs.privacy.batch_rule import is_listed
from jobs.privacy.look import LONGEST_WAIT
from jobs.privacy.progress_rule import ready_at
from jobs.slack.directory import Directory
from storage.records import Batch, Comment, Lens, Pulse, Sentiment, Touchpoint, Wave
from storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A choice of comments; None leaves it open."""

    lens: Lens | None = None
    sentiment: Sentiment | None = None
    touchpoint: Touchpoint | None = None
    wish: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadableComments:
    """Three comments after `before` others, of `total` that fit, all of one product.

    `beside` is 1 where one of the three is shown only because it was corrected in this list, and fits no
    longer. `notes` are sentences to read with them.
    """

    comments: Sequence[Comment]
    product: str
    total: int
    before: int
    beside: int
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was written about a product in some channels, as far as one person may know.

    `listed` are the batches that they may read, `fewer` those of which too few comments are left to be read,
    `unlisted` the waves they lead whose comments are in none, `others` the pulses that they do not lead.
    `need` is how many people must have written.
    """

    listed: tuple[Batch, ...]
    fewer: tuple[Batch, ...]
    unlisted: tuple[Wave, ...]
    others: tuple[Pulse, ...]
    need: int


async def load_comments(
    store: Store,
    directory: Directory,
    requester: Requester,
    wanted: Wanted,
    *,
    product: str | None,
    min_group: int,
    offset: int,
    seed: int,
    stays: str | None = None,
) -> ReadableComments:
    """The comments of a page, of the named product or of the first with any.

    `seed` draws their order, so that the pages of one reader fit together and the order says nothing; it
    stays the same when one of them goes. The comment with the id `stays` is on the page, whether it fits or
    not. Raises Refused where none fits, with the reason.
    """
    about = await subjects(store, directory, requester, product)
    refused = None
    for subject in about.found:
        written = await written_about(
            store, directory, requester, subject, lens=wanted.lens, min_group=min_group
        )
        read = [each for batch in written.listed for each in batch.comments]
        found = [each for each in read if _fits(each, wanted) or each.id == stays]
        if not found:  # another product may have more to read
            refused = refused or Refused(_why_nothing(written, requester, subject[0].name, wanted.lens))
            continue
        found.sort(key=lambda comment: _drawn(seed, comment))
        offset = _offset(found, offset, stays)
        others = [each[0].name for each in about.found if each != subject]
        return ReadableComments(
            comments=found[offset : offset + PER_PAGE],
            product=subject[0].name,
            total=sum(_fits(each, wanted) for each in found),
            before=offset,
            beside=sum(not _fits(each, wanted) for each in found),
            notes=(
                *about.said,
                *_imported(written),
                *_since(written),
                *(naming_words.comments_elsewhere(others)),
            ),
        )
    raise refused or Refused(why_not.no_comments())


async def written_about(
    store: Store,
    directory: Directory,
    requester: Requester,
    subject: Subject,
    *,
    lens: Lens | None,
    min_group: int,
) -> Written:
    """What a person may read about a product, and why they may not read the rest.

    A batch is read as a whole: by those who lead every pulse that is in it, and by admins.
    """
    product, channels = subject
    team_id, product_id = requester.team_id, product.id
    batches = await store.listed_comments.batches(team_id, channels, product_id=product_id, lens=lens)
    since = requester.now - LONGEST_WAIT
    waves = await store.listed_comments.waves_in_no_batch(
        team_id, channels, product_id=product_id, since=since
    )
    waves = [wave for wave in waves if lens in {None, wave.pulse.lens}]
    pulses = {pulse.id: pulse for batch in batches for pulse in batch.pulses}
    pulses |= {wave.pulse.id: wave.pulse for wave in waves}
    led = {key for key, pulse in pulses.items() if await is_lead(directory, pulse, requester.user_id)}
    unlisted = tuple(wave for wave in waves if wave.pulse.id in led)
    mine = [batch for batch in batches if {pulse.id for pulse in batch.pulses} <= led]
    listed = tuple(batch for batch in mine if is_listed(len(batch.comments), batch.need))
    fewer = tuple(batch for batch in mine if batch not in listed)
    return Written(
        listed=listed,
        fewer=fewer,
        unlisted=unlisted,
        others=tuple(pulse for key, pulse in pulses.items() if key not in led),
        need=max([min_group, *(wave.promise for wave in unlisted), *(batch.need for batch in fewer)]),
    )


def _drawn(seed: int, comment: Comment) -> float:
    return random.Random(f"{seed}/{comment.id}").random()  # noqa: S311 - an order, not a secret


def _offset(found: Sequence[Comment], offset: int, stays: str | None) -> int:
    """How many comments stand before the page; others may have gone since it was shown."""
    place = next((place for place, each in enumerate(found) if each.id == stays), offset)
    if offset <= place < offset + PER_PAGE and place < len(found):
        return offset
    return min(place, len(found) - 1) // PER_PAGE * PER_PAGE


def _fits(comment: Comment, wanted: Wanted) -> bool:
    if comment.hidden:
        return False
    if wanted.sentiment and comment.sentiment is not wanted.sentiment:
        return False
    if wanted.wish not in {None, comment.is_wish}:
        return False
    return wanted.touchpoint is None or wanted.touchpoint in comment.touchpoints


def _why_nothing(written: Written, requester: Requester, product: str, lens: Lens | None) -> str:
    if written.listed:
        return naming_words.no_such_comment(product)
    going = [wave for wave in written.unlisted if wave.settled_at is None]
    closed = [wave for wave in going if wave.closed_at or wave.closes_at <= requester.now]
    if going and not closed:
        return why_not.comments_open(written.need)
    if closed:  # with what is open beside them, since they are ready first
        last = max(closed, key=lambda wave: wave.closes_at)
        ready = max(ready_at(last.closes_at), requester.now)
        return why_not.comments_ready(written.need, ready, last.pulse.zone)
    if written.unlisted or written.fewer:
        questions = {wave.question_id for wave in written.unlisted}
        questions |= {batch.question_id for batch in written.fewer}
        return why_not.comments_too_few(written.need, questions=len(questions))
    if written.others:
        once_led = any(requester.user_id in pulse.leads for pulse in written.others)
        return LEADS_NO_MORE if once_led else why_not.comments_for_leads(written.others[0])
    return why_not.no_comments(side_words(lens, product) if lens else safe(product))


def _imported(written: Written) -> list[str]:
    """That some were not written here but came from a file, and from where."""
    sources = sorted({batch.source for batch in written.listed} - {""})
    return [naming_words.comments_imported(sources)] if sources else []


def _since(written: Written) -> list[str]:
    """That fewer people than needed have written to a question that was asked since its last listing.

    Nothing is said while it is open: nobody knows yet how many write.
    """
    newest = {batch.question_id: batch.listed_at for batch in reversed(written.listed)}
    since = [
        wave
        for wave in written.unlisted
        if wave.settled_at and (last := newest.get(wave.question_id)) and wave.settled_at > last
    ]
    if not since or any(wave.settled_at is None for wave in written.unlisted):
        return []
    return [why_not.comments_too_few_since(written.need, questions=_questions(since))]


def _questions(waves: Iterable[Wave]) -> int:
    return len({wave.question_id for wave in waves})
