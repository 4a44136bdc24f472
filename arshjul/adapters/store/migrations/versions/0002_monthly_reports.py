"""Monthly reports: a cycle may be a month's."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_OF_A_YEAR = "uq_cycle_unit_code_year_kind"
_OF_A_MONTH = "uq_cycle_unit_code_year_kind_month"


def upgrade() -> None:
    with op.batch_alter_table("cycle") as cycle:
        cycle.add_column(sa.Column("month", sa.Integer(), nullable=False, server_default="0"))
        cycle.drop_constraint(_OF_A_YEAR, type_="unique")
        cycle.create_unique_constraint(_OF_A_MONTH, ["unit_code", "year", "kind", "month"])
    with op.batch_alter_table("cycle") as cycle:
        cycle.alter_column("month", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("cycle") as cycle:
        cycle.drop_constraint(_OF_A_MONTH, type_="unique")
        cycle.create_unique_constraint(_OF_A_YEAR, ["unit_code", "year", "kind"])
        cycle.drop_column("month")
