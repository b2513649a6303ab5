"""The colours of the program by their names, and what Qt makes of them: a palette and one style sheet."""

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from string import Template
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette

from funnel_desk import resources

ThemeChoice = Literal["system", "light", "dark"]
CHOICES: tuple[ThemeChoice, ...] = ("system", "light", "dark")

# Above this share of linear light the sRGB curve is a power, below it a line (IEC 61966-2-1).
_SRGB_KNEE = 0.04045


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme: colours as ``#rrggbb`` by what they are for. `faint` is only for what may be missed."""

    name: str
    ground: str
    panel: str
    rail: str
    line: str
    text: str
    dim: str
    faint: str
    accent: str
    accent_weak: str
    on_accent: str
    selection: str
    warn: str
    warn_weak: str
    bad: str
    bad_weak: str

    @property
    def dark(self) -> bool:
        """Whether the ground is darker than the text."""
        return luminance(self.ground) < luminance(self.text)

    def colour(self, name: str) -> QColor:
        """The colour of a token; raises AttributeError for a name that is none."""
        return QColor(getattr(self, name))


def load_tokens(name: str) -> Tokens:
    """The theme of `resources/themes/NAME.toml`."""
    return Tokens(**tomllib.loads(resources.read_text("themes", f"{name}.toml")))


def chosen_name(choice: str, scheme: Qt.ColorScheme) -> str:
    """Which theme a choice means while the system asks for this scheme; an unknown scheme is light."""
    if choice in {"light", "dark"}:
        return choice
    return "dark" if scheme is Qt.ColorScheme.Dark else "light"


def style_sheet(tokens: Tokens, images: Mapping[str, str]) -> str:
    """The style sheet in these colours; `images` are paths of drawn marks by name (check, chevron…)."""
    derived = {
        "accent_hover": mix(tokens.accent, tokens.text, 0.14),
        "accent_pressed": mix(tokens.accent, tokens.text, 0.26),
        "handle": mix(tokens.line, tokens.faint, 0.35),
        "placeholder": tokens.dim,
        "rail_selected": tokens.panel,
    }
    paths = {f"image_{name}": path for name, path in images.items()}
    return Template(resources.read_text("themes", "desk.qss")).substitute(asdict(tokens), **derived, **paths)


def palette(tokens: Tokens) -> QPalette:
    """What Qt's own painting uses: text, bases, selection, links."""
    roles = QPalette.ColorRole
    colours = {
        roles.Window: tokens.ground,
        roles.WindowText: tokens.text,
        roles.Base: tokens.panel,
        roles.AlternateBase: tokens.ground,
        roles.Text: tokens.text,
        roles.Button: tokens.panel,
        roles.ButtonText: tokens.text,
        roles.BrightText: tokens.bad,
        roles.ToolTipBase: tokens.panel,
        roles.ToolTipText: tokens.text,
        roles.PlaceholderText: tokens.dim,
        roles.Highlight: tokens.selection,
        roles.HighlightedText: tokens.text,
        roles.Accent: tokens.accent,
        roles.Link: tokens.accent,
        roles.LinkVisited: tokens.accent,
        roles.Light: tokens.panel,
        roles.Midlight: tokens.line,
        roles.Mid: tokens.line,
        roles.Dark: tokens.faint,
        roles.Shadow: tokens.line,
    }
    result = QPalette()
    for role, colour in colours.items():
        result.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.faint))
    return result


def mix(first: str, second: str, share: float) -> str:
    """The first colour with a share (0..1) of the second in it."""
    pairs = zip(_channels(first), _channels(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21, as WCAG 2 defines it."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance of ``#rrggbb``, 0 (black) to 1 (white), as WCAG 2 defines it."""
    shares = (value / 255 for value in _channels(colour))
    red, green, blue = (share / 12.92 if share <= _SRGB_KNEE else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
