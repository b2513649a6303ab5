"""Names of the months in the languages of the program, as files write them."""

_ENGLISH = "january february march april may june july august september october november december"
_RUSSIAN = "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь"
_RUSSIAN_OF = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
_SHORT = {"sept": 9, "сент": 9, "нояб": 11, "февр": 2}


def _by_name() -> dict[str, int]:
    names = dict(_SHORT)
    for year in (_ENGLISH, _RUSSIAN, _RUSSIAN_OF):
        for month, name in enumerate(year.split(), 1):
            names[name] = month
            names.setdefault(name[:3], month)
    return names


MONTHS = _by_name()
"""Whole and shortened names in small letters (with е for ё) to 1..12."""
