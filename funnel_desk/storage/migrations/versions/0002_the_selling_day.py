"""Version 2: what a selling day needs to know of a deal, own fields and views, marks of change, rates and goals.

What it adds stands in the file of the same name; new tables word for word as new files have them, which a merge checks.
"""

from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    for statement in Path(__file__).with_suffix(".sql").read_text(encoding="utf-8").split(";\n"):
        if statement.strip():
            op.execute(statement.strip().replace(":", "\\:"))
