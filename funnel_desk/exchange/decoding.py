"""Bytes of a table file into text: told by its marks, by UTF-8 itself, or by the words it gives; never repaired."""

import codecs
import re
from dataclasses import dataclass

from funnel_desk.exchange.guessing import guess_encoding, telling_lines
from funnel_desk.exchange.problems import EmptyFile, NotText, UnknownEncoding, WrongBytes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_KINDS = (
    (b"PK\x03\x04", "ZIP, XLSX"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "XLS"),
    (b"%PDF-", "PDF"),
    (b"SQLite format 3\x00", "SQLite"),
    (b"\x89PNG\r\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "GZIP"),
    (b"7z\xbc\xaf\x27\x1c", "7Z"),
    (b"Rar!\x1a\x07", "RAR"),
)
_UTF8_LETTER = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_CONTROL = bytes({*range(0x20), 0x7F} - {0x09, 0x0A, 0x0C, 0x0D, 0x1A, 0x1B})
_FEW_CONTROLS, _MANY_CONTROLS = 0.01, 0.25
"""What part of the bytes may be control characters, in any encoding and in right UTF-8."""
_NEARLY_UTF8 = 0.75
_SAMPLE = 1_000_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text without its byte order mark, and the Python name of its encoding."""

    text: str
    encoding: str
    mark: bool = False
    """Whether the file began with a byte order mark."""


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """The text of a file. A given encoding is obeyed to the letter; without one it is told from the bytes.

    Raises: EmptyFile, NotText, UnknownEncoding, WrongBytes.
    """
    if not data.strip(b" \t\r\n\x00"):
        raise EmptyFile
    decoded = _detected(data) if encoding is None else _told(data, encoding)
    if not decoded.text.strip("\ufeff \t\r\n"):
        raise EmptyFile
    return decoded


def _told(data: bytes, encoding: str) -> Decoded:
    try:
        name = codecs.lookup(encoding).name
        text = _strictly(data, encoding)
    except (LookupError, ValueError):  # also for "hex" and its like, which are no encodings of text
        raise UnknownEncoding(encoding=encoding) from None
    return Decoded(text.removeprefix("\ufeff"), name, mark=text.startswith("\ufeff"))


def _detected(data: bytes) -> Decoded:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(_strictly(data[len(mark) :], encoding, len(mark)), encoding, mark=True)
    for magic, kind in _KINDS:
        if data.startswith(magic):
            raise NotText(kind=kind)
    if b"\x00" in data and (wide := _utf16(data)) is not None:
        return wide
    _refuse_binary(data)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if _is_damaged_utf8(data):
            raise _wrong_bytes(data, error, "utf-8", 0) from None
    encoding = guess_encoding(data) or "cp1252"
    return Decoded(_strictly(data, encoding), encoding)


def _utf16(data: bytes) -> Decoded | None:
    """UTF-16 without a mark: the reading that has line ends or separators and few strange signs."""
    readings: list[tuple[float, Decoded]] = []
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        usual = sum(sign < "\u0500" and (sign.isprintable() or sign in "\t\r\n") for sign in text[:_SAMPLE])
        readings.append((usual / len(text[:_SAMPLE]), Decoded(text, encoding)))
    best = max(readings, key=lambda reading: reading[0], default=(0.0, None))
    return best[1] if best[0] > 1 / 2 else None


def _refuse_binary(data: bytes) -> None:
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROL))
    if controls and controls > len(sample) * (_MANY_CONTROLS if _is_utf8(data) else _FEW_CONTROLS):
        raise NotText(kind="binary")


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether nearly every letter is right UTF-8, which no text of another encoding is by chance."""
    sample = telling_lines(data)
    right = len(_UTF8_LETTER.findall(sample))
    wrong = len(_NOT_ASCII.findall(_UTF8_LETTER.sub(b"", sample)))
    return right > 0 and right / (right + wrong) >= _NEARLY_UTF8


def _strictly(data: bytes, encoding: str, skipped: int = 0) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _wrong_bytes(data, error, encoding, skipped) from None


def _wrong_bytes(data: bytes, error: UnicodeDecodeError, encoding: str, skipped: int) -> WrongBytes:
    before = data[: error.start].decode(encoding, "replace")
    line = 1 + len(re.findall(r"\r\n|\r|\n", before))
    return WrongBytes(line=line, encoding=encoding, offset=error.start + skipped)
