"""Letters: when one was being handed over to the mail server, which is all that can be in doubt."""

import sqlalchemy as sa
from alembic import op

from arshjul.adapters.store.columns import UtcTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("letter") as letter:
        letter.add_column(sa.Column("handed_over_at", UtcTime(), nullable=True))
    # What was claimed before may have left: it is in doubt, as it was.
    op.execute("UPDATE letter SET handed_over_at = claimed_at WHERE state = 'claimed'")


def downgrade() -> None:
    with op.batch_alter_table("letter") as letter:
        letter.drop_column("handed_over_at")
