"""Letters: when one should have gone, what was withdrawn, and the times of its states."""

import sqlalchemy as sa
from alembic import op

from arshjul.adapters.store.columns import UtcTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_OF_NOTICE = ("meant_at", "withdrawn_at", "withdrawn_why")
_OF_LETTER = ("claimed_at", "refused_at", "given_up_at", "refused_sha256", "redirected")


def upgrade() -> None:
    with op.batch_alter_table("notice") as notice:
        notice.add_column(sa.Column("meant_at", UtcTime(), nullable=True))
        notice.add_column(sa.Column("withdrawn_at", UtcTime(), nullable=True))
        notice.add_column(sa.Column("withdrawn_why", sa.String(20), nullable=True))
    with op.batch_alter_table("letter") as letter:
        letter.add_column(sa.Column("claimed_at", UtcTime(), nullable=True))
        letter.add_column(sa.Column("refused_at", UtcTime(), nullable=True))
        letter.add_column(sa.Column("given_up_at", UtcTime(), nullable=True))
        letter.add_column(sa.Column("refused_sha256", sa.String(64), nullable=True))
        letter.add_column(sa.Column("redirected", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("letter") as letter:
        letter.alter_column("redirected", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("letter") as letter:
        for column in reversed(_OF_LETTER):
            letter.drop_column(column)
    with op.batch_alter_table("notice") as notice:
        for column in reversed(_OF_NOTICE):
            notice.drop_column(column)
