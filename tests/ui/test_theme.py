import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from funnel_desk.ui import theme
from funnel_desk.ui.icons import draw_pixmap, icon_names
from funnel_desk.ui.look import Look

ENOUGH = 4.5
MARKS = ("check", "checked", "chevron", "chevron_up", "dot")
GROUNDS = ("ground", "panel", "rail", "selection")
READ_ON = {
    "text": (*GROUNDS, "accent_weak", "warn_weak", "bad_weak"),
    "dim": (*GROUNDS, "accent_weak", "warn_weak", "bad_weak"),
    "accent": (*GROUNDS, "accent_weak"),
    "on_accent": ("accent",),
    "warn": (*GROUNDS, "warn_weak"),
    "bad": (*GROUNDS, "bad_weak"),
}


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), [(ink, ground) for ink, grounds in READ_ON.items() for ground in grounds])
def test_what_must_be_read_can_be_read(name: str, ink: str, ground: str) -> None:
    tokens = theme.load_tokens(name)
    assert theme.contrast(getattr(tokens, ink), getattr(tokens, ground)) >= ENOUGH


def test_contrast_is_that_of_wcag() -> None:
    assert theme.contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert theme.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_placeholders_can_be_read(name: str) -> None:
    tokens = theme.load_tokens(name)
    shown = theme.palette(tokens).placeholderText().color().name()
    for ground in (tokens.panel, tokens.ground):
        assert theme.contrast(shown, ground) >= ENOUGH
    assert f"placeholder-text-color: {shown}" in theme.style_sheet(tokens, dict.fromkeys(MARKS, "x.png"))


@pytest.mark.parametrize("name", ["light", "dark"])
def test_what_a_pressed_button_says_can_be_read(name: str) -> None:
    tokens = theme.load_tokens(name)
    for share in (0.14, 0.26):
        assert theme.contrast(tokens.on_accent, theme.mix(tokens.accent, tokens.text, share)) >= ENOUGH


def test_a_choice_goes_before_the_system() -> None:
    assert theme.chosen_name("system", Qt.ColorScheme.Dark) == "dark"
    assert theme.chosen_name("system", Qt.ColorScheme.Unknown) == "light"
    assert theme.chosen_name("light", Qt.ColorScheme.Dark) == "light"


@pytest.mark.parametrize("name", ["light", "dark"])
def test_every_name_in_the_style_sheet_is_a_colour_or_a_picture(name: str) -> None:
    assert "$" not in theme.style_sheet(theme.load_tokens(name), dict.fromkeys(MARKS, "x.png"))


@pytest.mark.parametrize("name", icon_names())
def test_each_icon_draws_in_the_colour_that_is_asked_for(qapp: QApplication, name: str) -> None:
    image = draw_pixmap(name, "#ff0000", 16, 2.0).toImage()
    seen = {
        image.pixelColor(x, y).name() for x in range(32) for y in range(32) if image.pixelColor(x, y).alpha() == 255
    }
    assert seen == {"#ff0000"}


def test_the_look_changes_for_everybody_at_once(qapp: QApplication) -> None:
    look = Look(qapp, "light")
    heard: list[str] = []
    look.changed.connect(lambda: heard.append(look.tokens.name))
    look.choose("dark")
    look.choose("dark")
    assert heard == ["dark"]
    assert qapp.palette().window().color().name() == look.tokens.ground
    look.choose("light")


def test_the_type_scale(qapp: QApplication) -> None:
    look = Look(qapp, "light")
    assert look.font("figures").pixelSize() == 13
    assert look.font("heading").pixelSize() == 12
    assert look.font("words").pixelSize() == 17
    assert look.font("figures").isFeatureSet(QFont.Tag("tnum"))
    assert not look.font("body").isFeatureSet(QFont.Tag("tnum"))
