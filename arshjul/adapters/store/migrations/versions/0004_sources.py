"""Loads of exported figures."""

import sqlalchemy as sa
from alembic import op

from arshjul.adapters.store.columns import CanonicalJson, ExactDecimal, UtcTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "source_load",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("file_sha256", sa.String(64), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("summary", CanonicalJson(), nullable=False),
        sa.Column("loaded_at", UtcTime(), nullable=False),
        sa.Column("undone_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_load")),
    )
    op.create_table(
        "source_value",
        sa.Column("load_id", sa.Integer(), nullable=False),
        sa.Column("unit_code", sa.String(40), nullable=False),
        sa.Column("scope", sa.String(40), nullable=False),
        sa.Column("field", sa.String(80), nullable=False),
        sa.Column("detail", sa.String(120), nullable=False),
        sa.Column("sex", sa.String(8), nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("number", ExactDecimal(), nullable=False),
        sa.Column("base", ExactDecimal(), nullable=True),
        sa.Column("respondents", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["load_id"], ["source_load.id"], name=op.f("fk_source_value_load_id")),
        sa.ForeignKeyConstraint(["unit_code"], ["unit.code"], name=op.f("fk_source_value_unit_code")),
        sa.PrimaryKeyConstraint(
            "load_id", "unit_code", "scope", "field", "detail", "sex", "month", name=op.f("pk_source_value")
        ),
    )
    op.create_index(op.f("ix_source_value_unit_code"), "source_value", ["unit_code"])


def downgrade() -> None:
    op.drop_table("source_value")
    op.drop_table("source_load")
