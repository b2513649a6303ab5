"""How the program looks now: colours, type, icons; follows the system's light and dark unless told otherwise."""

from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, QSize, Qt, QTemporaryDir, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from funnel_desk.ui import theme
from funnel_desk.ui.icons import SIZE, draw_icon, draw_pixmap

FontKind = Literal[
    "body", "strong", "bold", "figures", "small", "small_figures", "heading", "title", "words", "card_words"
]

# px and weight of each kind of text; the style sheet says the same of labels.
_FONTS: dict[FontKind, tuple[int, QFont.Weight]] = {
    "body": (13, QFont.Weight.Normal),
    "strong": (13, QFont.Weight.Medium),
    "bold": (13, QFont.Weight.DemiBold),
    "figures": (13, QFont.Weight.Normal),
    "small": (12, QFont.Weight.Normal),
    "small_figures": (12, QFont.Weight.Normal),
    "heading": (12, QFont.Weight.DemiBold),
    "title": (17, QFont.Weight.DemiBold),
    "words": (17, QFont.Weight.Normal),
    "card_words": (15, QFont.Weight.Normal),
}
# Small marks that the style sheet shows as pictures: file name -> (icon, token, side in px).
_MARKS = {
    "check": ("check", "on_accent", 12),
    "checked": ("check", "text", 12),
    "chevron": ("chevron", "dim", 12),
    "chevron_up": ("chevron-up", "dim", 12),
    "dot": ("dot", "on_accent", 12),
}


class Look(QObject):
    """Colours, fonts and icons of the theme in use. `changed` comes after the program was given another one.

    The style sheet lies on the windows that were clothed, not on the application: whatever else is alive there is not
    gone through each time.
    """

    changed = Signal()

    def __init__(self, app: QApplication, choice: str = "system") -> None:
        super().__init__()
        self._app = app
        self._choice = choice
        self._marks = QTemporaryDir()
        self._windows: list[QWidget] = []
        self._sheet = ""
        self._icons: dict[tuple[str, str, int], QIcon] = {}
        self._family = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
        self.tokens = theme.load_tokens(self._name())
        if app.style().objectName() != "fusion":
            app.setStyle("fusion")
        self._apply()
        app.styleHints().colorSchemeChanged.connect(self._system_changed)

    @property
    def choice(self) -> str:
        """What the person chose: system, light or dark."""
        return self._choice

    def choose(self, choice: str) -> None:
        """Follow the system, or be light or dark."""
        self._choice = choice
        self._use(self._name())

    def clothe(self, window: QWidget) -> None:
        """Dress a window, and whatever is opened from it, in this theme and in those that follow."""
        self._windows.append(window)
        window.destroyed.connect(lambda: self._windows.remove(window))
        window.setStyleSheet(self._sheet)

    def colour(self, token: str) -> QColor:
        """A colour by its token's name."""
        return self.tokens.colour(token)

    def font(self, kind: FontKind) -> QFont:
        """A font of the type scale; figures are of one width wherever the system's font knows how."""
        size, weight = _FONTS[kind]
        font = QFont(self._family)
        font.setPixelSize(size)
        font.setWeight(weight)
        if "figures" in kind:
            font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def icon(self, name: str, ink: str = "dim", size: int = SIZE) -> QIcon:
        """An icon in the colour of a token; raises FileNotFoundError for a name that is none."""
        known = self._icons.get((name, ink, size))
        if known is None:
            known = self._icons[name, ink, size] = draw_icon(name, getattr(self.tokens, ink), size)
        return known

    def pixmap(self, name: str, ink: str, size: int, scale: float) -> QPixmap:
        """An icon as a picture, for painting."""
        return self.icon(name, ink, size).pixmap(QSize(size, size), scale)

    def dress(self, widget: QAbstractButton | QLabel, icon: str, ink: str = "dim", size: int = SIZE) -> None:
        """Give a button or a label an icon that follows the theme as long as the widget lives."""
        _Dress(self, widget, icon, ink, size)

    def _name(self) -> str:
        return theme.chosen_name(self._choice, self._app.styleHints().colorScheme())

    @Slot()
    def _system_changed(self) -> None:
        self._use(self._name())

    def _use(self, name: str) -> None:
        if name == self.tokens.name:
            return
        self.tokens = theme.load_tokens(name)
        self._icons.clear()
        self._apply()
        self.changed.emit()

    def _apply(self) -> None:
        font, palette = self.font("body"), theme.palette(self.tokens)
        if self._app.font() != font:
            self._app.setFont(font)
        if self._app.palette() != palette:
            self._app.setPalette(palette)
        self._sheet = theme.style_sheet(self.tokens, self._draw_marks())
        for window in self._windows:
            window.setStyleSheet(self._sheet)

    def _draw_marks(self) -> dict[str, str]:
        """The style sheet can show files only: draw the marks in today's colours into a folder of our own."""
        paths = {}
        for mark, (icon, ink, side) in _MARKS.items():
            colour = getattr(self.tokens, ink)
            for scale, suffix in ((1.0, ""), (2.0, "@2x")):
                file = Path(self._marks.path()) / f"{self.tokens.name}-{mark}{suffix}.png"
                draw_pixmap(icon, colour, side, scale).toImage().save(str(file))
            paths[mark] = (Path(self._marks.path()) / f"{self.tokens.name}-{mark}.png").as_posix()
        return paths


class _Dress(QObject):
    """Lives with its widget and gives it the icon anew in every theme."""

    def __init__(self, look: Look, widget: QAbstractButton | QLabel, icon: str, ink: str, size: int) -> None:
        super().__init__(widget)
        for earlier in widget.findChildren(_Dress, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if earlier is not self:
                earlier.setParent(None)
                earlier.deleteLater()
        self._look, self._widget = look, widget
        self._icon, self._ink, self._size = icon, ink, size
        look.changed.connect(self._put_on)
        self._put_on()

    @Slot()
    def _put_on(self) -> None:
        icon = self._look.icon(self._icon, self._ink, self._size)
        if isinstance(self._widget, QLabel):
            self._widget.setPixmap(icon.pixmap(self._size))
        else:
            self._widget.setIcon(icon)
