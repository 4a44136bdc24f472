"""Reading YAML into dataclasses: what is accepted, and the one sentence that each fault gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

import pytest

from arshjul.config.records import open_source, parse_source
from arshjul.errors import BadInput


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


@dataclass(frozen=True, slots=True)
class Wheel:
    size: int
    weight: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Cart:
    name: str
    reminders: tuple[Wheel, ...] = ()
    colour: Colour = Colour.RED
    bought: date | None = None
    electric: bool = False
    parts: Mapping[Colour, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.name == "bil":
            raise ValueError("en bil är ingen kärra")


def read(text: str) -> Cart:
    return parse_source(text, "config/cart.yaml").read(Cart)


def test_every_type_is_read_as_itself() -> None:
    cart = read(
        "name: vagn\n"
        "reminders: [{size: 3, weight: 1.10}, {size: 4, weight: null}]\n"
        "colour: green\nbought: 2026-02-28\nelectric: true\nparts: {red: 2}\n"
    )
    assert cart.reminders == (Wheel(3, Decimal("1.10")), Wheel(4))
    assert (cart.colour, cart.bought, cart.electric) == (Colour.GREEN, date(2026, 2, 28), True)
    assert cart.parts == {Colour.RED: 2}


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("name: a\nremindrar: []", 2, 'okänd nyckel "remindrar"; menade du "reminders"?'),
        ("name: a\nxyz: 1", 2, 'okänd nyckel "xyz" (här kan stå: name, reminders, colour,'),
        ("name: a\n\nname: b", 3, 'nyckeln "name" står två gånger (första gången på rad 1)'),
        ("colour: red", 1, 'nyckeln "name" saknas'),
        ("name: a\nreminders:\n  - weight: 2", 3, 'nyckeln "size" saknas under "reminders"'),
        ("name: 12", 1, '"name" ska vara text; sätt citattecken om ("12"), men här står "12"'),
        ("name: [a]", 1, '"name" ska vara ett enda värde, men här står en lista'),
        ("name: a\nreminders: 3", 2, '"reminders" ska vara en lista, men här står "3"'),
        ("name: a\nreminders:\n - {size: tre}", 3, '"size" ska vara ett heltal, men här står "tre"'),
        ("name: a\nreminders:\n - {size: 3.5}", 3, '"size" ska vara ett heltal, men här står "3.5"'),
        ("name: a\nreminders:\n - {size: true}", 3, '"size" ska vara ett heltal, men här står "true"'),
        ("name: a\nreminders:\n - {size: 3, weight: '2'}", 3, '"weight" ska vara ett tal med decimalpunkt'),
        ("name: a\ncolour: blue", 2, '"colour" ska vara något av red, green, men här står "blue"'),
        ("name: a\nbought: 2026-02-30", 2, '"bought" ska vara ett datum som 2026-01-31'),
        ("name: a\nelectric: ja", 2, '"electric" ska vara true eller false, men här står "ja"'),
        ("name: a\nparts: {blue: 1}", 2, '"blue" ska vara något av red, green'),
        ("name: bil", 1, "en bil är ingen kärra"),
        ("- a\n- b", 1, "hela filen ska vara en grupp av nycklar, men här står en lista"),
        ("name: a\n  reminders: b", 2, "går inte att läsa; se över indrag, kolon och citattecken"),
        ("name: &x a\ncolour: *y", 2, "går inte att läsa"),
        ("[a]: 1", 1, "en nyckel ska vara ett enkelt ord"),
        ("name: a\nreminders: &r [*r]", 2, "det som står här hänvisar till sig självt"),
        ('name: "a\\ud800"\nreminders: 1', 1, "halva tecken"),
    ],
)
def test_a_fault_names_file_and_line_and_what_to_do(text: str, line: int, sentence: str) -> None:
    with pytest.raises(BadInput) as caught:
        read(text)
    assert caught.value.where == f"config/cart.yaml, rad {line}"
    assert sentence in caught.value.sentence


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "filen finns inte"),
        (b"", "filen är tom"),
        (b"# bara en kommentar\n", "filen är tom"),
        (b"\xff\xfe\x00binary", "inte en textfil i UTF-8"),
        (b"name: \x00", "går inte att läsa"),
        (b"[" * 100_000, "nästlad i för många nivåer"),
        (b"- " * 100_000, "nästlad i för många nivåer"),
    ],
)
def test_a_file_that_is_no_yaml_is_refused_in_one_sentence(
    tmp_path: Path, content: bytes | None, sentence: str
) -> None:
    path = tmp_path / "wheel.yaml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BadInput, match=sentence) as caught:
        open_source(path, "config/wheel.yaml")
    assert str(caught.value).startswith("config/wheel.yaml")
    assert "\n" not in str(caught.value)


def test_the_place_of_a_path_is_its_line() -> None:
    source = parse_source("name: a\nreminders:\n  - size: 3\n  - size: 4\n", "cart.yaml")
    assert source.where("reminders", 1, "size") == "cart.yaml, rad 4"
    assert source.where("reminders", 7) == "cart.yaml, rad 3"


@dataclass(frozen=True, slots=True)
class Cell:
    value: str | int | float | date | None


@pytest.mark.parametrize(
    ("written", "value"),
    [("a", "a"), ("'3'", "3"), ("3", 3), ("0.5", 0.5), ("2026-01-31", date(2026, 1, 31)), ("", None)],
)
def test_where_several_types_are_allowed_a_value_is_read_as_it_is_written(
    written: str, value: object
) -> None:
    cell = parse_source(f"value: {written}", "c.yaml").read(Cell)
    assert (cell.value, type(cell.value)) == (value, type(value))
