"""Plans of any kind, generated for tests that write them and read them back.

They are made of words that are headings nowhere. How they are printed is in `plan_texts`.
"""

from datetime import date

from hypothesis import strategies as st

from arshjul.plan import Activity, Attainment, Goal, Indicator, Kind, Level, Plan
from tests.unit.plan_texts import PAGE_HEADS, SECTION_WORDS, Layout

_SOME = """
deltagare vardag stöd tid rum måltid rutin samtal kollega vecka plats dialog trygg öppen lugn
planerar prövar stärker möter delar väljer bygger ordnar följer lär kort-tid APT Älvsjö LSS
"""
_WORDS = st.sampled_from(_SOME.split())


@st.composite
def sentences(draw: st.DrawFn, least: int = 1, most: int = 3) -> str:
    """One paragraph of whole sentences."""
    made = []
    for _ in range(draw(st.integers(least, most))):
        words = draw(st.lists(_WORDS, min_size=4, max_size=14))
        made.append(" ".join(["Vi", *words]) + ".")
    return " ".join(made)


@st.composite
def titles(draw: st.DrawFn) -> str:
    """A goal's or indicator's name without a full stop."""
    return " ".join(["Brukarna", *draw(st.lists(_WORDS, min_size=2, max_size=18))])


TEXTS = st.lists(sentences(), min_size=1, max_size=3).map("\n".join)
_PER_CENT = st.one_of(
    st.integers(0, 99).map(lambda number: f"{number} %"),  # "83 100 %" is one number or two
    st.decimals(0, 99, places=1, allow_nan=False).map(lambda number: f"{number} %".replace(".", ",")),
    st.sampled_from(["83", "12 st", "1 050 st", "1,6 kg CO2 per kg livsmedel"]),
)
_TARGETS = st.one_of(_PER_CENT, st.sampled_from(["öka", "minska", "Fastställs t1"]))
_COUNCIL = st.one_of(_TARGETS, st.just("Tas fram av nämnd/styrelse"))


@st.composite
def _indicators(draw: st.DrawFn, kind: Kind) -> Indicator:
    name = draw(titles())
    if kind in (Kind.T1, Kind.T2):
        return Indicator(
            "",
            name,
            target=draw(_TARGETS),
            council_target=draw(_COUNCIL),
            outcome=draw(st.none() | _PER_CENT),
            previous=draw(st.none() | _PER_CENT),
            forecast=draw(st.none() | _PER_CENT),
            period=draw(st.sampled_from(["2031", f"{kind} 2031"])),
            analysis=draw(st.none() | sentences()),
        )
    if kind is Kind.VP:
        return Indicator(
            "", name, draw(_TARGETS), draw(_COUNCIL), periodicity=draw(st.sampled_from(["År", "Tertial"]))
        )
    by_sex = draw(st.booleans())
    return Indicator(
        "",
        name,
        target=draw(st.none() | _TARGETS),
        council_target=draw(_COUNCIL),
        outcome=draw(_PER_CENT),
        outcome_men=draw(_PER_CENT) if by_sex else None,
        outcome_women=draw(_PER_CENT) if by_sex else None,
        previous=draw(st.none() | _PER_CENT),
        period=draw(st.sampled_from(["2031", "VB 2031"])),
        analysis=draw(st.none() | sentences()),
    )


@st.composite
def _activities(draw: st.DrawFn) -> Activity:
    return Activity(
        "",
        draw(titles()) + draw(st.sampled_from(["", "."])),
        date(2031, draw(st.integers(1, 6)), 1),
        date(2031, draw(st.integers(7, 12)), 28),
        draw(st.booleans()),
        draw(st.none() | sentences()),
    )


@st.composite
def goals(draw: st.DrawFn, levels: tuple[Level, ...], number: str, kind: Kind, *, dated: bool = True) -> Goal:
    """A goal with those below it, as that kind of document has them; `dated`: with activities."""
    report = kind is not Kind.VP
    level, *below = levels
    top = level in (Level.DIRECTION, Level.COUNCIL)
    own_texts = not top and draw(st.booleans())
    keys = (
        draw(st.lists(st.sampled_from(sorted(SECTION_WORDS)), unique=True, max_size=4)) if own_texts else []
    )
    count = draw(st.integers(0, 2)) if below else 0
    has_table = level is not Level.DIRECTION
    return Goal(
        "",
        level,
        draw(titles()),
        number if top else None,
        draw(st.sampled_from(Attainment)) if report and level is not Level.DIRECTION else None,
        {key: draw(TEXTS) for key in SECTION_WORDS if key in keys},
        tuple(draw(st.lists(_indicators(kind), max_size=2))) if has_table else (),
        tuple(draw(st.lists(_activities(), max_size=2))) if dated and has_table else (),
        tuple(
            draw(goals(tuple(below), f"{number}.{position + 1}", kind, dated=dated))
            for position in range(count)
        ),
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A plan or a report with chain, texts, tables and the matter around."""
    kind = draw(st.sampled_from([Kind.VP, Kind.T1, Kind.T2, Kind.VB]))
    tops = [
        draw(goals(tuple(Level), str(position), kind, dated=kind is not Kind.VP))
        for position in range(1, draw(st.integers(1, 2)) + 1)
    ]
    return Plan(
        kind,
        2031,
        None,
        tuple(tops),
        {"Inledning": draw(TEXTS)},
        {"Systematiskt kvalitetsarbete": draw(TEXTS), "Agenda 2030": draw(TEXTS)},
    )


layouts = st.builds(
    Layout,
    style=st.sampled_from(["export", "tabs", "aligned", "gaps", "lost"]),
    level_on_own_line=st.booleans(),
    symbol=st.sampled_from(["", "● ", "— ", "\uf0b7 "]),
    page_heads=st.booleans(),
    page=st.sampled_from(["", *PAGE_HEADS]),
    page_lines=st.integers(15, 45),
    narrow=st.booleans(),
    contents=st.booleans(),
    point_after_number=st.booleans(),
)
