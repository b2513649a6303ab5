import pytest

from funnel_desk.exchange.list_separator import list_separator


@pytest.mark.parametrize(
    ("names", "sign"),
    [
        ({}, ";"),
        ({"LANG": "C.UTF-8"}, ";"),
        ({"LANG": "en_US.UTF-8"}, ","),
        ({"LANG": "en_US.UTF-8", "LC_NUMERIC": "de_DE.UTF-8"}, ";"),
        ({"LC_ALL": "ja_JP", "LANG": "ru_RU"}, ","),
        ({"LANG": "en_ZA"}, ";"),
    ],
)
def test_the_separator_of_a_country(names: dict[str, str], sign: str) -> None:
    assert list_separator(names) == sign
