"""Products, pulses and waves as rows: the queries that find them, and what makes records of them."""

from sqlalchemy import ColumnElement, String, Table, bindparam, func, or_, select

from storage.engine.repository import reader, select_columns
from storage.records import AnswerRules, Lens, Product, Pulse, Wave, WaveHeader
from storage.records.count_records import NO_MESSAGE
from storage.schema.question_tables import COMMENT, CORRECTION, IS_ANSWER, PRODUCT, PULSE, RATING, WAVE

PRODUCTS = select_columns(PRODUCT.c, PRODUCT)

PRODUCT_OF_PULSE = (PRODUCT.c.team_id == PULSE.c.team_id) & (PRODUCT.c.id == PULSE.c.product_id)
PULSES = select_columns([*PULSE.c, *PRODUCT.c], PULSE.join(PRODUCT, PRODUCT_OF_PULSE))

PULSE_OF_WAVE = (PULSE.c.team_id == WAVE.c.team_id) & (PULSE.c.id == WAVE.c.pulse_id)
WAVE_OF_COMMENT = (WAVE.c.team_id == COMMENT.c.team_id) & (WAVE.c.id == COMMENT.c.wave_id)
CORRECTION_OF_COMMENT = (CORRECTION.c.team_id == COMMENT.c.team_id) & (
    CORRECTION.c.comment_id == COMMENT.c.id
)
PEOPLE = (
    select(func.count(RATING.c.respondent.distinct()))
    .where(RATING.c.team_id == WAVE.c.team_id, RATING.c.wave_id == WAVE.c.id, IS_ANSWER)
    .correlate(WAVE)
    .scalar_subquery()
)
"""How many people have an answer in a wave, counted anew."""
ANSWERED = func.coalesce(WAVE.c.people, PEOPLE).label("wave_answered")
HEADER_COLUMNS = [*WAVE.c, *PULSE.c, *PRODUCT.c]
WAVE_TABLES = WAVE.join(PULSE, PULSE_OF_WAVE).join(PRODUCT, PRODUCT_OF_PULSE)
WAS_ASKED = WAVE.c.ui_version != NO_MESSAGE
"""What holds for a wave that people were asked in, and not for the answers of a file."""
WAVES = select_columns([*HEADER_COLUMNS, ANSWERED], WAVE_TABLES)
UNSETTLED = WAVES.where(WAVE.c.settled_at.is_(None), ~WAVE.c.taken_down)
TEAM_ID, WAVE_ID, RESPONDENT = (
    bindparam(name, type_=String()) for name in ("team_id", "wave_id", "respondent")
)
WAVE_BY_ID = WAVES.where(WAVE.c.team_id == TEAM_ID, WAVE.c.id == WAVE_ID)
"""Made once: to make a query costs more than to run it."""
RULES_BY_ID = select_columns(
    [PULSE.c.team_id, PULSE.c.instrument, PULSE.c.named], WAVE.join(PULSE, PULSE_OF_WAVE)
).where(WAVE.c.team_id == TEAM_ID, WAVE.c.id == WAVE_ID)


def of_whole(of: Table, product_id: str) -> ColumnElement[bool]:
    """What holds for a question or a pulse that the digest of an organisation shows: its own, or of users."""
    return or_(of.c.product_id == product_id, of.c.lens == Lens.UX)


read_product = reader("product", Product)
read_pulse = reader("pulse", Pulse)
read_wave = reader("wave", Wave)
read_wave_header = reader("wave", WaveHeader)
read_rules = reader("pulse", AnswerRules)
