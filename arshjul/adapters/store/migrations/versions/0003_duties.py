"""Duties: what was told and confirmed."""

import sqlalchemy as sa
from alembic import op

from arshjul.adapters.store import columns

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "duty_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_code", sa.String(length=40), nullable=False),
        sa.Column("occurrence", sa.String(length=120), nullable=False),
        sa.Column("step", sa.String(length=10), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("planned_at", columns.UtcTime(), nullable=False),
        sa.Column("done_at", columns.UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["unit_code"], ["unit.code"], name=op.f("fk_duty_step_unit_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_step")),
        sa.UniqueConstraint("occurrence", "step", name=op.f("uq_duty_step_occurrence_step")),
    )
    op.create_index(op.f("ix_duty_step_unit_code"), "duty_step", ["unit_code"], unique=False)
    op.create_table(
        "duty_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_code", sa.String(length=40), nullable=False),
        sa.Column("occurrence", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("person", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", columns.UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["unit_code"], ["unit.code"], name=op.f("fk_duty_word_unit_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_word")),
    )
    op.create_index(op.f("ix_duty_word_unit_code"), "duty_word", ["unit_code"], unique=False)
    op.create_index(op.f("ix_duty_word_occurrence"), "duty_word", ["occurrence"], unique=False)


def downgrade() -> None:
    op.drop_table("duty_word")
    op.drop_table("duty_step")
