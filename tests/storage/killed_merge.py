"""Run by a test as another process, which it kills: merges OTHER into FILE, telling when it begins and when it is done.

``python killed_merge.py FILE OTHER``
"""

import sys
from pathlib import Path

from funnel_desk.operations.desk import Desk
from funnel_desk.operations.sharing import merge_file
from funnel_desk.storage.acts import Author


def main(path: str, other: str) -> None:
    desk = Desk(Path(path), Author("ann", "Ann"))
    say("begun")
    merge_file(desk, Path(other))
    say("done")
    desk.close()


def say(what: str) -> None:
    sys.stdout.write(what + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
