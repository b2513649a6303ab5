"""The present version, as its tables say."""

from alembic import op

from funnel_desk.storage.tables import METADATA

revision = "0002"
down_revision = None


def upgrade() -> None:
    METADATA.create_all(op.get_bind())
