"""One window a person: a second start hands its file to the first and goes."""

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from funnel_desk import settings

_WAIT_MS = 500


def ask_first_window(path: str) -> bool:
    """Ask the window that is open already to come to the front with this file (or none). False: there is none."""
    socket = QLocalSocket()
    socket.connectToServer(_name())
    if not socket.waitForConnected(_WAIT_MS):
        return False
    socket.write(path.encode() + b"\n")
    socket.flush()
    socket.waitForBytesWritten(_WAIT_MS)
    socket.disconnectFromServer()
    return True


class FirstWindow(QObject):
    """Listens for second starts: `asked` tells the file of one (empty: only come to the front)."""

    asked = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        QLocalServer.removeServer(_name())  # what a crash left behind; nobody answered there
        self._server.listen(_name())

    @Slot()
    def _answer(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(lambda socket=socket: self._read(socket))
            socket.disconnected.connect(socket.deleteLater)
            if socket.canReadLine():
                self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if socket.canReadLine():
            self.asked.emit(bytes(socket.readLine().data()).decode().strip())


def _name() -> str:
    """A name of the person's own: the settings folder is theirs alone."""
    place = str(Path(settings.config_folder()).absolute())
    return f"funnel-desk-{hashlib.sha256(place.encode()).hexdigest()[:16]}"
