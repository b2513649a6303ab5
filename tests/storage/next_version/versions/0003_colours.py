"""A version 3 as there may be one: a further field of deals, and a further table."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("deal", sa.Column("colour", sa.Text, nullable=False, server_default=""))
    op.create_table("colour", sa.Column("id", sa.Text, primary_key=True), sqlite_strict=True)
