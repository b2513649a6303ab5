"""A version 5 that stops in the middle."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.execute("CREATE TABLE half (x)")
    op.execute("SELECT x FROM nowhere")
