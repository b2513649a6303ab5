"""Version 2: what a selling day needs to know of a deal, own fields and views, marks of change, rates and goals."""

from alembic import op
from sqlalchemy import inspect

from funnel_desk.storage.tables import METADATA
from funnel_desk.storage.types import JsonText, dumps, natural

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    connection = op.get_bind()
    there = inspect(connection)
    for table in METADATA.sorted_tables:
        if not there.has_table(table.name):
            table.create(connection)
            continue
        known = {column["name"] for column in there.get_columns(table.name)}
        for column in table.columns:
            if column.name not in known:
                kind = column.type.compile(connection.dialect)
                default = dumps(natural(column.type.empty())) if isinstance(column.type, JsonText) else ""
                default = default if kind == "TEXT" else "0"
                rule = "" if column.nullable else f" NOT NULL DEFAULT '{default}'"
                op.execute(f'ALTER TABLE {table.name} ADD COLUMN "{column.name}" {kind}{rule}'.replace(":", "\\:"))
        present = {index["name"] for index in there.get_indexes(table.name)}
        for index in table.indexes:
            if index.name not in present:
                index.create(connection)
