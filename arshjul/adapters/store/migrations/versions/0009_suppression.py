"""Released cells: what a version rests on, and what forms have shown."""

import sqlalchemy as sa
from alembic import op

from arshjul.adapters.store.columns import CanonicalJson

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("draft", "approved_version"):
        with op.batch_alter_table(table) as changed:
            changed.add_column(sa.Column("bases", CanonicalJson(), nullable=True))
    op.create_table(
        "released_in_form",
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("cell", sa.String(160), nullable=False),
        sa.Column("unit_code", sa.String(40), nullable=False),
        sa.Column("printed", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_released_in_form_cycle_id")),
        sa.ForeignKeyConstraint(["unit_code"], ["unit.code"], name=op.f("fk_released_in_form_unit_code")),
        sa.PrimaryKeyConstraint("cycle_id", "cell", name=op.f("pk_released_in_form")),
    )
    op.create_index(op.f("ix_released_in_form_unit_code"), "released_in_form", ["unit_code"])


def downgrade() -> None:
    op.drop_table("released_in_form")
    for table in ("approved_version", "draft"):
        with op.batch_alter_table(table) as changed:
            changed.drop_column("bases")
