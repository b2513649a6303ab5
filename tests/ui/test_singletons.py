import subprocess
import sys

CALL_QT_OFTEN = """
import funnel_desk.ui
from PySide6.QtCore import QObject, QSize
size, thing = QSize(), QObject()
for number in range(200_000):
    size.setWidth(number)
    thing.sender()
print("alive")
"""


def test_hundreds_of_thousands_of_calls_do_not_use_up_none() -> None:
    done = subprocess.run([sys.executable, "-c", CALL_QT_OFTEN], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "alive\n"), done.stderr
