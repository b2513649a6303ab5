"""Look for the system libraries and fonts that Qt needs on Linux; install the missing ones on Debian as root.

Elsewhere it names them in a sentence and goes on: the command line needs none of them.
"""

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

PACKAGES = {  # library to the Debian package that holds it
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
FONTS = "fonts-dejavu-core"
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
CYRILLIC_FONTS = ("DejaVuSans.ttf", "NotoSans-Regular.ttf", "LiberationSans-Regular.ttf", "Ubuntu-R.ttf", "Arial.ttf")


def main() -> int:
    """Make the missing ones present, or name them; never fails the set-up."""
    if not sys.platform.startswith("linux"):
        return 0
    missing = missing_packages()
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        install(missing)
        missing = missing_packages()
    if missing:
        sys.stderr.write(
            f"Qt's window needs these system libraries, under their Debian names: {' '.join(missing)}. "
            "Install them with the package manager of your system; the command line works without.\n"
        )
    return 0


def missing_packages() -> list[str]:
    """The Debian packages that hold what cannot be loaded here."""
    libraries = {package for library, package in PACKAGES.items() if not loads(library)}
    return sorted(libraries | ({FONTS} if not has_cyrillic_font() else set()))


def loads(library: str) -> bool:
    """Whether the system finds this library and all that it needs."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_cyrillic_font() -> bool:
    """Whether some font here can write Russian."""
    fc_list = shutil.which("fc-list")
    if fc_list:
        listed = subprocess.run([fc_list, ":lang=ru", "file"], capture_output=True, text=True, check=False)  # noqa: S603
        return bool(listed.stdout.strip())
    return any(
        next(Path(folder).expanduser().rglob(name), None) is not None
        for folder in FONT_FOLDERS
        for name in CYRILLIC_FONTS
    )


def install(packages: list[str]) -> None:
    """Install Debian packages; when that fails the sentence at the end names them."""
    sys.stderr.write(f"Installing {' '.join(packages)}\n")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        subprocess.run(["apt-get", "-qq", *command], env=quiet, stdout=subprocess.DEVNULL, check=False)  # noqa: S603, S607


if __name__ == "__main__":
    sys.exit(main())
