import tomllib

from hypothesis import given, strategies as st

from funnel_desk.domain.toml_lines import Path, line_at, lines_of

DOCUMENT = '''\
# a comment with [[stages]] and = in it
key = "a = [1]"  # and "quotes"
"quoted key" = 1
name.en = "one"
name . "ru" = 'two'

numbers = [ # begins here
    1,
    [2, 3], # nested
    { deep = "yes", list = [4,
        5] },
]
text = """
[[not.a.table]]
quote "" and "three \\""" still = inside"""""
raw = \'\'\'
key = "no"
\'\'\'
day = 2026-11-01 10:00:00
inline = { a = 1, b = { c = "]}" } }

[[stages]]
key = "first"
  [[stages.steps]]
  key = "one"
  [[stages.steps]]
  key = "two"
  term = { after = "entry", days = 2 }
[[stages]]
key = "second"
[[stages.steps]]
say.en = "three"
[owner.name]
first = "A"
'''


def paths(value: object, path: Path = ()) -> set[Path]:
    """All paths of a parsed document."""
    items: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        items = list(value.items())
    elif isinstance(value, list):
        items = list(enumerate(value))
    return {path for path in [path] if path}.union(*(paths(inner, (*path, key)) for key, inner in items))


def test_every_value_has_its_line() -> None:
    lines = lines_of(DOCUMENT)
    assert set(lines) == paths(tomllib.loads(DOCUMENT))
    expected: dict[Path, int] = {
        ("key",): 2,
        ("quoted key",): 3,
        ("name", "en"): 4,
        ("name", "ru"): 5,
        ("numbers",): 7,
        ("numbers", 0): 8,
        ("numbers", 1): 9,
        ("numbers", 2, "list"): 10,
        ("numbers", 2, "list", 1): 11,
        ("text",): 13,
        ("raw",): 16,
        ("day",): 19,
        ("inline", "b", "c"): 20,
        ("stages", 0): 22,
        ("stages", 0, "steps", 0, "key"): 25,
        ("stages", 0, "steps", 1): 26,
        ("stages", 0, "steps", 1, "term", "days"): 28,
        ("stages", 1, "key"): 30,
        ("stages", 1, "steps", 0, "say", "en"): 32,
        ("owner", "name", "first"): 34,
    }
    assert {path: lines[path] for path in expected} == expected


def test_what_is_absent_has_the_line_of_what_is_around_it() -> None:
    lines = lines_of(DOCUMENT)
    assert line_at(lines, ("stages", 1, "name", "ru")) == 29
    assert line_at(lines, ("nothing",)) == 1


def test_windows_lines_are_counted_the_same() -> None:
    assert lines_of(DOCUMENT.replace("\n", "\r\n")) == lines_of(DOCUMENT)


keys = st.sampled_from(["a", "b-c", "d_1", "'e f'", '"g.h"', '"\\u0441"', "12"])
texts = st.sampled_from(
    ['"x"', "''", '"a ] } , # \\" ="', "'[b'", '"""\nx\n"y" """', "'''\nz = 1\n'''", '""""q""""', '"""\\\n  w"""']
)
scalars = texts | st.sampled_from(["1", "-0.5", "true", "2026-11-01", "1e5", "0x1F", "inf"])
gaps = st.sampled_from(["", " ", "\n", " # ] , }\n", "\n\n  "])


@st.composite
def arrays(draw: st.DrawFn, values: st.SearchStrategy[str]) -> str:
    items = draw(st.lists(st.tuples(gaps, values, gaps), max_size=3))
    return "[" + ",".join(before + value + after for before, value, after in items) + draw(gaps) + "]"


@st.composite
def inline_tables(draw: st.DrawFn, values: st.SearchStrategy[str]) -> str:
    pairs = draw(st.lists(st.tuples(keys, values), max_size=3, unique_by=lambda pair: pair[0]))
    return "{ " + ", ".join(f"{key} = {value}" for key, value in pairs) + " }"


documents = st.recursive(scalars, lambda inner: arrays(inner) | inline_tables(inner), max_leaves=8)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "[[t]]\n", "  [[t]] # [[u]]\n", "[[t]]\n[t.sub]\n", "[[t]]\n[[t.'in']]\n[[t.in]]\n"]),
            st.lists(st.tuples(keys, documents), max_size=3, unique_by=lambda pair: pair[0]),
        ),
        max_size=4,
    )
)
def test_the_walk_finds_what_the_parser_finds(parts: list[tuple[str, list[tuple[str, str]]]]) -> None:
    first = [(f"x{index}", value) for index, (_, pairs) in enumerate(parts) for _, value in pairs[:1]]
    text = "".join(f"{key}={value}\n" for key, value in first)
    for header, pairs in parts:
        if header:
            text += header + "".join(f"{key} = {value} # end\n\n" for key, value in pairs)
    content = tomllib.loads(text)
    lines = lines_of(text)
    assert set(lines) == paths(content)
    rows = text.split("\n")
    for index, (key, _) in enumerate(first):
        if (key,) in lines:
            assert rows[lines[key,] - 1].startswith(f"{key}="), index
    for path, line in lines.items():
        if isinstance(path[-1], str) and len(path) == 3 and path[0] == "t" and isinstance(path[1], int):
            assert rows[line - 1].strip()
