"""Fixity, weeding and archive copies."""

from pathlib import PurePath

import sqlalchemy as sa
from alembic import op

from arshjul.adapters.store.columns import CanonicalJson, UtcTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("package", sa.Column("disposed_at", UtcTime(), nullable=True))
    package = sa.table("package", sa.column("id", sa.Integer()), sa.column("path", sa.Text()))
    connection = op.get_bind()
    for row in connection.execute(sa.select(package)).all():  # packages lay flat in the archive folder
        connection.execute(
            sa.update(package).where(package.c.id == row.id).values(path=PurePath(row.path).name)
        )
    op.create_table(
        "package_copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("package_id", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(400), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("verified_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["package_id"], ["package.id"], name=op.f("fk_package_copy_package_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_package_copy")),
        sa.UniqueConstraint("package_id", "target", name=op.f("uq_package_copy_package_id_target")),
    )
    op.create_table(
        "fixity_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("package_id", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(400), nullable=False),
        sa.Column("checked_at", UtcTime(), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("faults", CanonicalJson(), nullable=False),
        sa.ForeignKeyConstraint(["package_id"], ["package.id"], name=op.f("fk_fixity_check_package_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fixity_check")),
    )
    op.create_index(op.f("ix_fixity_check_package_id"), "fixity_check", ["package_id"])
    op.create_table(
        "weeding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_code", sa.String(40), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=True),
        sa.Column("rule", sa.String(40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", CanonicalJson(), nullable=False),
        sa.Column("person", sa.String(40), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["unit_code"], ["unit.code"], name=op.f("fk_weeding_unit_code")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_weeding_cycle_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_weeding")),
    )
    op.create_index(op.f("ix_weeding_unit_code"), "weeding", ["unit_code"])


def downgrade() -> None:
    op.drop_table("weeding")
    op.drop_table("fixity_check")
    op.drop_table("package_copy")
    op.drop_column("package", "disposed_at")
