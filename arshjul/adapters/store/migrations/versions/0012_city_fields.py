"""What is entered into the city's own system, as it was when the report was decided on."""

import sqlalchemy as sa
from alembic import op

from arshjul.adapters.store.columns import CanonicalJson

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("draft", "approved_version"):
        with op.batch_alter_table(table) as changed:
            changed.add_column(sa.Column("city_fields", CanonicalJson(), nullable=True))


def downgrade() -> None:
    for table in ("approved_version", "draft"):
        with op.batch_alter_table(table) as changed:
            changed.drop_column("city_fields")
