"""Version 1: the first.

It is what the tables say today. When a version 2 begins, what they said is written down here first.
"""

from alembic import op

from funnel_desk.storage.tables import METADATA

revision = "0001"
down_revision = None


def upgrade() -> None:
    METADATA.create_all(op.get_bind())
