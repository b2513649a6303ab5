"""All that can be done by name, with its keys: the palette finds it, the sheet of shortcuts lists and changes it.

A person's own keys are kept in their settings and not in the file; what is kept of a command that is not there now
waits until it is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

PREFIX = "action."
_PORTABLE = QKeySequence.SequenceFormat.PortableText
_NATIVE = QKeySequence.SequenceFormat.NativeText

Keep = Callable[[Mapping[str, str]], None]


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing to do: the action, where it is done in words, and the key of that view ("": everywhere).

    ``keys`` are those that it came with, ``icon`` names its icon. An action without an object name keeps its keys.
    """

    action: QAction
    place: str
    view: str
    keys: str
    icon: str

    @property
    def key(self) -> str:
        """By what the settings know it; empty for one that cannot be remapped."""
        name = self.action.objectName()
        return name.removeprefix(PREFIX) if name.startswith(PREFIX) else ""

    @property
    def text(self) -> str:
        """What it does, as the menu says it."""
        return self.action.text().replace("&&", "&").rstrip("…")


class Shortcuts(QObject):
    """Each action is here once, by whoever made it. `changed` when a key was changed or an action came or went."""

    changed = Signal()

    def __init__(self, kept: Mapping[str, str], keep: Keep, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept, self._keep = dict(kept), keep
        self._deeds: list[Deed] = []

    def deeds(self) -> list[Deed]:
        """All that can be done, in the order in which it was taken in."""
        return list(self._deeds)

    def deed(self, key: str) -> Deed | None:
        """The one of this key."""
        return next((one for one in self._deeds if one.key == key), None)

    def take(self, action: QAction, place: str, *, view: str = "", icon: str = "") -> None:
        """Take an action in, and give it the person's own keys if they chose some."""
        if any(one.action is action for one in self._deeds):
            return
        deed = Deed(action, place, view, _written(action.shortcuts()), icon)
        self._deeds.append(deed)
        if deed.key in self._kept:
            action.setShortcuts(_read(self._kept[deed.key]))
        action.destroyed.connect(lambda: self._forget(deed))
        self.changed.emit()

    def take_page(self, page: QWidget, place: str, view: str) -> None:
        """Take in all actions of a view: what it was given by `addAction`."""
        for action in page.actions():
            if not action.isSeparator() and action.text():
                self.take(action, place, view=view)

    def rival(self, deed: Deed, keys: str) -> Deed | None:
        """What else these keys (portable text) do where this is done; None if nothing."""
        return next(
            (
                one
                for one in self._deeds
                if one is not deed
                and (one.view == deed.view or not one.view or not deed.view)
                and keys in _written(one.action.shortcuts()).split("; ")
            ),
            None,
        )

    def change(self, deed: Deed, keys: str) -> None:
        """Do it by these keys from now on ("": by none); those that it came with are not kept."""
        deed.action.setShortcuts(_read(keys))
        if keys == deed.keys:
            self._kept.pop(deed.key, None)
        else:
            self._kept[deed.key] = keys
        self._keep(self._kept)
        self.changed.emit()

    def reset(self, deed: Deed) -> None:
        """Give one its own keys back."""
        self.change(deed, deed.keys)

    def reset_all(self) -> None:
        """Give all their own keys back, those too that are not here now."""
        self._kept.clear()
        for deed in self._deeds:
            if deed.key:
                deed.action.setShortcuts(_read(deed.keys))
        self._keep(self._kept)
        self.changed.emit()

    def is_changed(self, deed: Deed) -> bool:
        """Whether the person chose its keys."""
        return deed.key in self._kept

    def _forget(self, deed: Deed) -> None:
        self._deeds = [one for one in self._deeds if one is not deed]


def keys_of(action: QAction) -> str:
    """The keys of an action as the person's system writes them: "Ctrl+Z"; several with "or" left out, by commas."""
    return ", ".join(one.toString(_NATIVE) for one in action.shortcuts())


def portable(sequence: QKeySequence) -> str:
    """A key as the settings keep it."""
    return sequence.toString(_PORTABLE)


def _written(keys: list[QKeySequence]) -> str:
    return "; ".join(one.toString(_PORTABLE) for one in keys)


def _read(keys: str) -> list[QKeySequence]:
    return [QKeySequence(one, _PORTABLE) for one in keys.split("; ") if one]
