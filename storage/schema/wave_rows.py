"""Products, pulses and waves as rows and as records: the queries that find them, and what reads a row."""

from typing import Any

from sqlalchemy import Row, String, bindparam, func, select

from storage.engine.repository import select_columns
from storage.records import AnswerRules, Product, Pulse, Wave, WaveHeader
from storage.schema.question_tables import IS_ANSWER, PRODUCT, PULSE, RATING, WAVE

PRODUCTS = select_columns(PRODUCT.c, PRODUCT)

PRODUCT_OF_PULSE = (PRODUCT.c.team_id == PULSE.c.team_id) & (PRODUCT.c.id == PULSE.c.product_id)
PULSES = select_columns([*PULSE.c, *PRODUCT.c], PULSE.join(PRODUCT, PRODUCT_OF_PULSE))

PULSE_OF_WAVE = (PULSE.c.team_id == WAVE.c.team_id) & (PULSE.c.id == WAVE.c.pulse_id)
ANSWERED = (
    select(func.count(RATING.c.respondent.distinct()))
    .where(RATING.c.team_id == WAVE.c.team_id, RATING.c.wave_id == WAVE.c.id, IS_ANSWER)
    .correlate(WAVE)
    .scalar_subquery()
    .label("answered")
)
HEADER_COLUMNS = [*WAVE.c, *PULSE.c, *PRODUCT.c]
WAVE_TABLES = WAVE.join(PULSE, PULSE_OF_WAVE).join(PRODUCT, PRODUCT_OF_PULSE)
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


def read_product(row: Row[Any]) -> Product:
    """The product in a row of any of these queries."""
    return Product(team_id=row.product_team_id, id=row.product_id, name=row.product_name)


def read_pulse(row: Row[Any]) -> Pulse:
    """The pulse in a row of PULSES or WAVES."""
    return Pulse(
        team_id=row.pulse_team_id,
        id=row.pulse_id,
        number=row.pulse_number,
        product=read_product(row),
        instrument=row.pulse_instrument,
        lens=row.pulse_lens,
        subject=row.pulse_subject,
        channel_id=row.pulse_channel_id,
        named=row.pulse_named,
        min_group=row.pulse_min_group,
        open_for=row.pulse_open_for,
        cadence=row.pulse_cadence,
        zone=row.pulse_zone,
        next_at=row.pulse_next_at,
        paused=row.pulse_paused,
        pause_reason=row.pulse_pause_reason,
        leads=tuple(row.pulse_leads),
        asked_by=row.pulse_asked_by,
        created_at=row.pulse_created_at,
    )


def read_wave(row: Row[Any]) -> Wave:
    """The wave in a row of WAVES."""
    return Wave(**_wave_header(row), answered=row.answered)


def read_wave_header(row: Row[Any]) -> WaveHeader:
    """The wave in a row of HEADER_COLUMNS, without its count."""
    return WaveHeader(**_wave_header(row))


def _wave_header(row: Row[Any]) -> dict[str, Any]:
    return {
        "team_id": row.wave_team_id,
        "id": row.wave_id,
        "pulse": read_pulse(row),
        "question": row.wave_question,
        "ui_version": row.wave_ui_version,
        "opened_at": row.wave_opened_at,
        "closes_at": row.wave_closes_at,
        "closed_at": row.wave_closed_at,
        "settled_at": row.wave_settled_at,
        "counted_at": row.wave_counted_at,
        "taken_down": row.wave_taken_down,
        "invited": row.wave_invited,
    }


def read_rules(row: Row[Any]) -> AnswerRules:
    """The rules in a row of RULES_BY_ID."""
    return AnswerRules(team_id=row.pulse_team_id, instrument=row.pulse_instrument, named=row.pulse_named)
