"""A department's report, made of what its units have had approved."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from arshjul.catalogue import Method, Sex
from arshjul.compilation import Compiled, compile_cycle
from arshjul.cycle_data import CycleData
from arshjul.history import WHOLE_UNIT, EarlierValue
from arshjul.numbers import round_half_up
from arshjul.released import released_cells, rests_on
from arshjul.report.blocks import Heading, Paragraph, Table
from arshjul.report.building import build_report
from arshjul.sources.given import GivenValues
from arshjul.steps.cycle.morning import bring_up_to_date
from arshjul.steps.cycle.settled import settled
from arshjul.steps.figures.gathering import gather
from arshjul.suppression.register import Release, cell_name
from tests.city.departments import SmallCity, key_of, small_city

DEPARTMENT, ADMINISTRATION = "AO01", "D01"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallCity]:
    """Three units, two of which have decided; their department is open."""
    with small_city(tmp_path_factory.mktemp("stad") / "installation", 3) as made:
        made.answer()
        first, second, _ = made.units
        made.approve(first, summary="Det viktigaste är att planerna är skrivna.")
        made.approve(second)
        bring_up_to_date(made.office, key_of(DEPARTMENT), made.dates(DEPARTMENT)[0])
        yield made


def data_of(city: SmallCity, code: str) -> CycleData:
    with city.office.database.reading() as session:
        return gather(city.office, key_of(code), session)[0]


@pytest.fixture(scope="module")
def compiled(city: SmallCity) -> Compiled:
    return compile_cycle(data_of(city, DEPARTMENT))


def test_its_figures_are_reckoned_anew_from_the_sub_units_of_the_units_that_have_decided(
    city: SmallCity, compiled: Compiled
) -> None:
    methods = set()
    for result in compiled.indicators.values():
        values = []
        for unit in city.units[:2]:
            data = data_of(city, unit.code)
            for subunit in data.asked_subunits:
                for sex in Sex:
                    answer = data.answer(subunit.code, f"{result.indicator.id}.{sex}")
                    part = "respondents" if sex is Sex.TOTAL else f"{sex}_respondents"
                    count = data.answer(subunit.code, f"{result.indicator.id}.{part}")
                    if answer is not None and answer.number is not None:
                        values.append((answer.number, count.number if count and count.number else Decimal(1)))
        method = result.measure.method
        if method is Method.SUM:
            expected = sum((number for number, _ in values), Decimal(0))
        elif method is Method.MEAN:
            expected = sum((number for number, _ in values), Decimal(0)) / len(values)
        else:
            expected = sum((n * w for n, w in values), Decimal(0)) / sum((w for _, w in values), Decimal(0))
        methods.add(method)
        assert round_half_up(result.figures[Sex.TOTAL].number, 6) == round_half_up(expected, 6), (
            result.indicator
        )
    assert methods >= {Method.SUM, Method.WEIGHTED_MEAN, Method.RATIO}


def test_its_units_stand_in_it_with_their_words_and_the_one_without_a_report_is_named(
    city: SmallCity, compiled: Compiled
) -> None:
    first, second, third = city.units
    report = build_report(
        compiled, city.office.installation.settings.reports, [], city.dates(DEPARTMENT)[1].date()
    )
    paragraphs = [block for block in report.blocks if isinstance(block, Paragraph)]
    assert any(p.text.startswith("Det viktigaste är") and p.label == first.name for p in paragraphs)
    assert any(third.name in p.text and "ingen godkänd rapport" in p.text for p in paragraphs)
    tables = {block.caption: block for block in report.blocks if isinstance(block, Table)}
    listed = [row[0].text for row in tables["Godkända rapporter och hur många mål som uppfylls"].rows]
    assert listed == [first.name, second.name]
    headings = [block.text for block in report.blocks if isinstance(block, Heading)]
    assert "Enheterna i korthet" in headings
    assert not any("APT" in heading for heading in headings)


def test_its_economy_is_the_units_with_the_largest_deviation_first(
    city: SmallCity, compiled: Compiled
) -> None:
    report = build_report(
        compiled, city.office.installation.settings.reports, [], city.dates(DEPARTMENT)[1].date()
    )
    [table] = [b for b in report.blocks if isinstance(b, Table) and b.caption == "Budget, utfall och prognos"]

    def amount(text: str) -> int:
        return abs(int(text.replace("\u00a0", "").replace(" ", "").replace("−", "-").replace("–", "-")))

    deviations = [amount(row[4].text) for row in table.rows]
    assert len(deviations) == 3  # two units and the whole
    assert deviations[0] >= deviations[1]
    assert table.rows[-1][0].text == "Alla enheter"


def test_a_units_figure_on_people_stands_in_it_only_where_the_unit_has_released_it_itself(
    compiled: Compiled,
) -> None:
    within = compiled.data.within
    assert within is not None
    people = {id_ for id_, result in compiled.indicators.items() if result.measure.people}
    of_units = {
        cell
        for cell in released_cells(compiled)
        if cell.split("|")[0] in people and cell.split("|")[1] != WHOLE_UNIT
    }
    assert not of_units & within.unreleased
    scopes = {row[1] for row in rests_on(compiled)}
    assert any("-V0" in str(scope) for scope in scopes)  # what it rests on is kept by sub-unit


@pytest.mark.parametrize("released", [False, True])
def test_a_total_that_gives_a_small_group_away_beside_what_a_unit_has_released_is_withheld(
    city: SmallCity, *, released: bool
) -> None:
    """Six answers in one unit and four in another: ten may be shown, unless the six are known already."""
    data = data_of(city, DEPARTMENT)
    chosen = next(id_ for id_, result in compile_cycle(data).indicators.items() if result.measure.people)
    figure = compile_cycle(two_groups(data, chosen, released=released)).indicators[chosen].figures[Sex.TOTAL]
    assert (figure.respondents, figure.withheld) == (10, released)


def two_groups(data: CycleData, indicator: str, *, released: bool) -> CycleData:
    """The same with one sub-unit of each of two units, and perhaps what the first unit printed."""
    assert data.within is not None
    leaves, period = data.within.leaves, str(data.key)
    of_units = {value.scope.partition("-")[0]: value.scope for value in leaves.given.values}
    scopes = sorted(of_units.values())
    some = leaves.given.values[0]
    answers = tuple(
        replace(some, scope=scope, field=indicator, sex=Sex.TOTAL, number=Decimal(number), respondents=count)
        for scope, number, count in zip(scopes, (80, 40), (6, 4), strict=True)
    )
    printed = Release(
        period,
        1001,
        {cell_name(indicator, WHOLE_UNIT, Sex.TOTAL, period): "80"},
        (EarlierValue(period, scopes[0], indicator, Decimal(80), Sex.TOTAL, 6),),
    )
    changed = replace(leaves, given=GivenValues(values=answers), released=(printed,) if released else ())
    return replace(data, within=replace(data.within, leaves=changed))


def test_it_is_decided_sent_out_and_archived_as_a_units_is(city: SmallCity) -> None:
    city.approve(city.units[2])
    city.approve(DEPARTMENT)
    dates = settled(city.office, key_of(DEPARTMENT)).milestones
    assert dates.distribute is not None
    done = bring_up_to_date(city.office, key_of(DEPARTMENT), dates.distribute)
    assert done.steps == {"distribute-1": 3}  # the units' managers
    assert bring_up_to_date(city.office, key_of(DEPARTMENT), dates.archive).steps["archive-1"] > 5
    assert bring_up_to_date(city.office, key_of(DEPARTMENT), dates.archive).steps == {}


def test_an_administration_reckons_from_the_same_sub_units_and_quotes_its_departments(
    city: SmallCity,
) -> None:
    bring_up_to_date(city.office, key_of(ADMINISTRATION), city.dates(ADMINISTRATION)[0])
    of_all = compile_cycle(data_of(city, ADMINISTRATION))
    of_department = compile_cycle(data_of(city, DEPARTMENT))
    for id_, result in of_all.indicators.items():
        assert result.figures[Sex.TOTAL].number == of_department.indicators[id_].figures[Sex.TOTAL].number
    assert of_all.data.within is not None
    [child] = of_all.data.within.children
    assert (child.code, child.version) == (DEPARTMENT, 1)
