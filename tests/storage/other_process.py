"""Run by tests as another process: opens a workspace and does one thing with it, telling when.

``python other_process.py PATH hold``: holds the file until its input ends.
``python other_process.py PATH import N``: brings in N deals as one act.
``python other_process.py PATH tick N``: one small act after the other.
"""

import resource
import sys
from pathlib import Path

from funnel_desk.domain.deal import Deal
from funnel_desk.domain.pipeline import Stage
from funnel_desk.operations.deals import new_deal
from funnel_desk.operations.desk import Desk, operation
from funnel_desk.storage.acts import Author
from funnel_desk.storage.file import DiskFull
from funnel_desk.storage.journal import Batch


@operation("Import")
def bring_in(batch: Batch, count: int) -> None:
    first = batch.find(Stage)[0]
    for number in range(count):
        title = f"Deal {number} " + "x" * 200
        batch.add(Deal(batch.new_id(), first.pipeline_id, first.id, "2026-11-01", title))


def main(path: str, what: str, number: int) -> None:
    desk = Desk(Path(path), Author("other", "Other"))
    say("open")
    if what == "hold":
        sys.stdin.read()
    elif what == "import":
        desk.run(bring_in, number)
        say("done")
    elif what == "tick":
        for place in range(number):
            desk.run(new_deal, title=f"Deal {place}")
            say(str(place))
    elif what == "fill":
        room = Path(path).stat().st_size + 40_000
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
        try:
            desk.run(bring_in, number)
        except DiskFull as trouble:
            say(f"full: {trouble}")
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        desk.run(new_deal, title="after")
        say("went on")
    desk.close()


def say(what: str) -> None:
    sys.stdout.write(what + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 0)
