"""A version 4 that stops in the middle."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.execute("CREATE TABLE half (x)")
    op.execute("SELECT x FROM nowhere")
