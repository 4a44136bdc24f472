"""The portal: links, sessions, saved answers."""

import sqlalchemy as sa
from alembic import op

from arshjul.adapters.store import columns

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("by_sha256", sa.String(length=64), nullable=False),
        sa.Column("at", columns.UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    op.create_index(op.f("ix_attempt_by_sha256"), "attempt", ["by_sha256"], unique=False)
    op.create_table(
        "api_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("unit_code", sa.String(length=40), nullable=True),
        sa.Column("deeds", columns.CanonicalJson(), nullable=False),
        sa.Column("made_at", columns.UtcTime(), nullable=False),
        sa.Column("lapses_at", columns.UtcTime(), nullable=False),
        sa.Column("withdrawn_at", columns.UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(["unit_code"], ["unit.code"], name=op.f("fk_api_token_unit_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_api_token_token_sha256")),
    )
    op.create_table(
        "apt_meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("held_on", sa.String(length=10), nullable=False),
        sa.Column("suggestions", sa.Text(), nullable=False),
        sa.Column("person", sa.String(length=40), nullable=False),
        sa.Column("recorded_at", columns.UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_apt_meeting_cycle_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_apt_meeting")),
    )
    op.create_index(op.f("ix_apt_meeting_cycle_id"), "apt_meeting", ["cycle_id"], unique=False)
    op.create_table(
        "extension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("until", sa.String(length=10), nullable=False),
        sa.Column("person", sa.String(length=40), nullable=False),
        sa.Column("decided_at", columns.UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_extension_cycle_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension")),
    )
    op.create_index(op.f("ix_extension_cycle_id"), "extension", ["cycle_id"], unique=False)
    op.create_table(
        "personal_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=40), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=True),
        sa.Column("made_at", columns.UtcTime(), nullable=False),
        sa.Column("lapses_at", columns.UtcTime(), nullable=False),
        sa.Column("withdrawn_at", columns.UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_personal_link_cycle_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personal_link")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_personal_link_token_sha256")),
    )
    op.create_index(op.f("ix_personal_link_person"), "personal_link", ["person"], unique=False)
    op.create_table(
        "saved_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("field", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("taken_over", sa.Boolean(), nullable=False),
        sa.Column("person", sa.String(length=40), nullable=False),
        sa.Column("saved_at", columns.UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_saved_answer_cycle_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_answer")),
        sa.UniqueConstraint(
            "cycle_id", "scope", "field", "number", name=op.f("uq_saved_answer_cycle_id_scope_field_number")
        ),
    )
    op.create_table(
        "portal_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("secret_sha256", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=40), nullable=False),
        sa.Column("strength", sa.String(length=8), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=True),
        sa.Column("begun_at", columns.UtcTime(), nullable=False),
        sa.Column("lapses_at", columns.UtcTime(), nullable=False),
        sa.Column("ended_at", columns.UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(["link_id"], ["personal_link.id"], name=op.f("fk_portal_session_link_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portal_session")),
        sa.UniqueConstraint("secret_sha256", name=op.f("uq_portal_session_secret_sha256")),
    )
    op.create_index(op.f("ix_portal_session_person"), "portal_session", ["person"], unique=False)
    op.create_table(
        "entered",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=80), nullable=False),
        sa.Column("person", sa.String(length=40), nullable=False),
        sa.Column("at", columns.UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["approved_version.id"], name=op.f("fk_entered_version_id")),
        sa.PrimaryKeyConstraint("version_id", "field", name=op.f("pk_entered")),
    )
    op.create_table(
        "one_time_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("code_sha256", sa.String(length=64), nullable=False),
        sa.Column("lapses_at", columns.UtcTime(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("used_at", columns.UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["session_id"], ["portal_session.id"], name=op.f("fk_one_time_code_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_code")),
    )
    op.create_index(op.f("ix_one_time_code_session_id"), "one_time_code", ["session_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_one_time_code_session_id"), table_name="one_time_code")
    op.drop_table("one_time_code")
    op.drop_table("entered")
    op.drop_index(op.f("ix_portal_session_person"), table_name="portal_session")
    op.drop_table("portal_session")
    op.drop_table("saved_answer")
    op.drop_index(op.f("ix_personal_link_person"), table_name="personal_link")
    op.drop_table("personal_link")
    op.drop_index(op.f("ix_extension_cycle_id"), table_name="extension")
    op.drop_table("extension")
    op.drop_index(op.f("ix_apt_meeting_cycle_id"), table_name="apt_meeting")
    op.drop_table("apt_meeting")
    op.drop_table("api_token")
    op.drop_index(op.f("ix_attempt_by_sha256"), table_name="attempt")
    op.drop_table("attempt")
