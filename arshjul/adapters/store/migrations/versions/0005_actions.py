"""Actions and promises; a finding's proposed mend."""

import sqlalchemy as sa
from alembic import op

from arshjul.adapters.store import columns

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "action_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_code", sa.String(length=40), nullable=False),
        sa.Column("action", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("cycle", sa.String(length=16), nullable=False),
        sa.Column("person", sa.String(length=40), nullable=False),
        sa.Column("at", columns.UtcTime(), nullable=False),
        sa.Column("content", columns.CanonicalJson(), nullable=False),
        sa.ForeignKeyConstraint(["unit_code"], ["unit.code"], name=op.f("fk_action_event_unit_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_event")),
    )
    with op.batch_alter_table("action_event") as action_event:
        action_event.create_index(op.f("ix_action_event_unit_code"), ["unit_code"], unique=False)
    with op.batch_alter_table("finding") as finding:
        finding.add_column(sa.Column("mend", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("finding") as finding:
        finding.alter_column("mend", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("finding") as finding:
        finding.drop_column("mend")
    with op.batch_alter_table("action_event") as action_event:
        action_event.drop_index(op.f("ix_action_event_unit_code"))
    op.drop_table("action_event")
