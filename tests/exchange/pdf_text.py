"""Reading our own PDF files back: which words stand where, and where a word leaves the page."""

import re
import zlib
from dataclasses import dataclass

_OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_FONT = re.compile(rb"/(F\d+) (\d+) 0 R")
_SHOWN = re.compile(rb"/(F\d+) ([\d.]+) Tf|([\d.-]+) ([\d.-]+) Td \(((?:[^\\)]|\\.)*)\) Tj", re.DOTALL)
_CODE = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")
_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
_CONTROLS = {b"r": b"\r", b"n": b"\n", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of text as it stands on a page, in points from the bottom left corner."""

    text: str
    x: float
    y: float
    size: float
    bold: bool


def pages_of(pdf: bytes) -> list[list[Shown]]:
    """The pieces of text of each page, in the order in which they were written."""
    objects = {int(found[1]): found[2] for found in _OBJECT.finditer(pdf)}
    kids = re.search(rb"/Kids \[(.*?)\]", objects[1], re.DOTALL)
    assert kids is not None
    return [_page(objects, int(number)) for number in re.findall(rb"(\d+) 0 R", kids[1])]


def words_of(pdf: bytes) -> str:
    """Everything the file says, one piece a line."""
    return "\n".join(piece.text for page in pages_of(pdf) for piece in page)


def _page(objects: dict[int, bytes], number: int) -> list[Shown]:
    page = objects[number]
    fonts = {name.decode(): objects[int(found)] for name, found in _FONT.findall(objects[_ref(page, "Resources")])}
    letters = {name: _letters(objects, font) for name, font in fonts.items()}
    shown: list[Shown] = []
    name, size = "", 0.0
    for found in _SHOWN.finditer(_stream(objects[_ref(page, "Contents")])):
        if found[1]:
            name, size = found[1].decode(), float(found[2])
            continue
        raw = _ESCAPED.sub(lambda match: _CONTROLS.get(match[1], match[1]), found[5])
        codes = [int.from_bytes(raw[place : place + 2], "big") for place in range(0, len(raw), 2)]
        text = "".join(letters[name][code] for code in codes)
        shown.append(Shown(text, float(found[3]), float(found[4]), size, b"Bold" in fonts[name]))
    return shown


def _letters(objects: dict[int, bytes], font: bytes) -> dict[int, str]:
    """What each code of a font means."""
    told = _stream(objects[_ref(font, "ToUnicode")])
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in _CODE.findall(told)}


def _ref(content: bytes, key: str) -> int:
    found = re.search(rb"/" + key.encode() + rb" (\d+) 0 R", content)
    assert found is not None
    return int(found[1])


def _stream(content: bytes) -> bytes:
    head, _, body = content.partition(b"stream\n")
    body = body.removesuffix(b"\nendstream")
    return zlib.decompress(body) if b"FlateDecode" in head else body
