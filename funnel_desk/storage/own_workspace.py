"""Which workspace row is in effect: the one with which the file began, also where another file was merged into it."""

from sqlalchemy import Connection

from funnel_desk.domain.workspace import Workspace


def own_workspace(connection: Connection) -> Workspace | None:
    """Currency and time zone of this file; None where there is no workspace row at all.

    The journal keeps the order in which things came, so the file's own beginning is the first of all.
    """
    row = connection.exec_driver_sql(
        "SELECT workspace.id, currency, time_zone FROM workspace LEFT JOIN change"
        " ON change.root = workspace.id AND change.\"row\" = workspace.id AND change.kind = 'create'"
        " ORDER BY change.key, workspace.id LIMIT 1"
    ).first()
    return None if row is None else Workspace(*row)
