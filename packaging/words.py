"""Keep the catalogs of resources/locale in step with the source (`make words`), or check that they are (--check).

Extracts every marked sentence, updates each language's .po (translations of sentences that are gone are dropped),
and compiles the .mo that is kept beside it. The check writes nothing, lists what is amiss and fails.
"""

import argparse
import gettext
import io
import string
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HOUSE = Path(__file__).resolve().parent.parent
LOCALE = HOUSE / "resources" / "locale"
DOMAIN = "funnel_desk"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "N_": None,
    "translate": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}


def main(arguments: list[str] | None = None) -> int:
    """Update the catalogs, or check them; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, tell what is amiss")
    checking: bool = parser.parse_args(arguments).check
    source = extracted()
    amiss = [line for po in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")) for line in kept_in_step(po, source, checking)]
    sys.stdout.writelines(f"{line}\n" for line in amiss)
    return 1 if amiss else 0


def extracted() -> Catalog:
    """Every sentence that is marked in the source."""
    catalog = Catalog(fuzzy=False)
    for _file, _line, words, _comments, context in extract_from_dir(HOUSE / "funnel_desk", keywords=KEYWORDS):
        catalog.add(words, context=context)
    return catalog


def kept_in_step(po: Path, source: Catalog, checking: bool) -> Iterator[str]:  # noqa: FBT001 - private to this script
    """Bring one language's catalog in step unless only checking; yields what is amiss with it."""
    with po.open("rb") as file:
        catalog = read_po(file, locale=po.parent.parent.name, domain=DOMAIN)
    known = {key(message) for message in catalog if message.id}
    if checking:
        yield from (f"{po.name}: not in the catalog: {message.id!r}" for message in source if is_new(message, known))
    before = entries(catalog)
    catalog.update(source, no_fuzzy_matching=True, update_header_comment=False, update_creation_date=False)
    catalog.obsolete.clear()
    yield from (f"{po.name}: {line}" for message in catalog if message.id for line in faults(message))
    mo = po.with_suffix(".mo")
    if not checking:
        po.write_bytes(in_po_format(catalog))
        mo.write_bytes(in_mo_format(catalog))
    elif (
        entries(catalog) != before
        or not mo.exists()
        or compiled_words(mo.read_bytes()) != compiled_words(in_mo_format(catalog))
    ):
        yield f"{po.name}: the catalog or its .mo is not as `make words` leaves it"


def entries(catalog: Catalog) -> dict[tuple[str | None, str], object]:
    """What a catalog says, header aside."""
    return {key(message): message.string for message in catalog if message.id}


def compiled_words(mo: bytes) -> dict[str, str]:
    """What a compiled catalog says, header aside: that names the version of the compiler."""
    words: dict[str, str] = vars(gettext.GNUTranslations(io.BytesIO(mo)))["_catalog"]
    return {sentence: translation for sentence, translation in words.items() if sentence}


def is_new(message: Message, known: set[tuple[str | None, str]]) -> bool:
    """Whether a sentence of the source is missing in the catalog."""
    return bool(message.id) and key(message) not in known


def key(message: Message) -> tuple[str | None, str]:
    """What tells two messages apart: the context and the (singular) sentence."""
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def faults(message: Message) -> Iterator[str]:
    """What is wrong with one translation: missing, marked fuzzy, or with other placeholders than the sentence."""
    sources = [message.id] if isinstance(message.id, str) else list(message.id)
    translations = [message.string] if isinstance(message.string, str) else list(message.string or [""])
    if not all(translations):
        yield f"not translated: {sources[0]!r}"
        return
    if message.fuzzy:
        yield f"fuzzy: {sources[0]!r}"
    wanted = placeholders(sources[-1])
    for translation in translations:
        if placeholders(translation) - {"n"} != wanted - {"n"}:
            yield f"other placeholders: {sources[0]!r} and {translation!r}"


def placeholders(template: str) -> set[str]:
    """The names between braces."""
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(template) if name is not None}


def in_po_format(catalog: Catalog) -> bytes:
    """The .po file: sorted, without places in the source, so that only words make a difference."""
    file = io.BytesIO()
    write_po(file, catalog, width=120, no_location=True, sort_output=True)
    return file.getvalue()


def in_mo_format(catalog: Catalog) -> bytes:
    """The .mo file that the program reads."""
    file = io.BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


if __name__ == "__main__":
    sys.exit(main())
