"""Which closed questions are shown anew, as they say in which edition of a digest their results come."""

from collections.abc import Collection

from sqlalchemy import Connection, func, select, true

from storage.delivery.outbox_requests import request_update
from storage.records import Digest
from storage.schema.delivery_tables import EDITION
from storage.schema.question_tables import PULSE, WAVE
from storage.schema.wave_rows import of_whole

MOST_RENEWED = 20  # closed questions at a change of their digest: the newest, which people still see


def renew_closed(connection: Connection, digest: Digest, channels: Collection[str]) -> None:
    """Wants the closed questions anew that say in which edition of a digest their results come.

    They are those that are counted now, or were after the last edition. What waits names no edition.
    """
    mine = (EDITION.c.team_id == digest.team_id, EDITION.c.digest_id == digest.id)
    last = connection.execute(select(func.max(EDITION.c.made_at)).where(*mine)).scalar()
    since = WAVE.c.counted_at >= last if last else true()
    counted = WAVE.c.round_id.is_not(None) & since
    about, whole = digest.product.id, digest.product.whole
    shown = of_whole(PULSE, about) if whole else PULSE.c.product_id == about
    here = set(channels)
    pulses = select(PULSE.c.id).where(PULSE.c.team_id == digest.team_id, PULSE.c.channel_id.in_(here), shown)
    named = select(WAVE.c.id).where(
        WAVE.c.team_id == digest.team_id,
        WAVE.c.channel_id.in_(here),
        WAVE.c.pulse_id.in_(pulses),
        WAVE.c.closed_at.is_not(None),
        ~WAVE.c.taken_down,
        WAVE.c.settled_at.is_(None) | counted,
    )
    newest = named.order_by(WAVE.c.closes_at.desc()).limit(MOST_RENEWED)
    request_update(connection, digest.team_id, connection.execute(newest).scalars().all())
