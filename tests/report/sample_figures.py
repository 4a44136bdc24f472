"""One of each drawing, and a year of a unit, for the tests of the renderers."""

# ruff: noqa: E501 - rows of figures are easier to read whole

from datetime import date
from decimal import Decimal

from arshjul.plan import Attainment, Level
from arshjul.report.blocks import Figure
from arshjul.report.charts import Bar, Pair, Target, bars_against_target, differences, pairs
from arshjul.report.goals_figure import GoalStatus, goals_overview
from arshjul.report.period_chart import Point, over_periods
from arshjul.report.wheel_figure import WheelEntry, draw_wheel

UNIT = "Solgläntans dagliga verksamhet"
SUBUNITS = (
    "Solrosen",
    "Vävstugan",
    "Trädgården",
    "Bageriet",
    "Ateljén",
    "Sjöboden",
    "Verkstaden",
    "Kvarnen",
    "Språngbrädan",
)

LONG_TITLE = (
    "Deltagarna i Solgläntans dagliga verksamhet är delaktiga i planeringen av sin egen vardag och upplever att "
    "verksamhetens innehåll, arbetstider och arbetsgemenskap utgår från deras behov och förutsättningar"
)


def sample_figures() -> dict[str, Figure]:
    """One of each drawing."""
    shares = ("92,5", "88", "79,4", "91", "84", "86,2", "73", None, "95")
    bars = [
        Bar(name, None if share is None else Decimal(share.replace(",", ".")), "inga uppgifter lämnade")
        for name, share in zip(SUBUNITS, shares, strict=True)
    ]
    economy = (120, -45, 310, -280, 15, 64, -12, None, 90)
    levels = (
        Level.COUNCIL,
        Level.COUNCIL,
        Level.BOARD,
        Level.BOARD,
        Level.BOARD,
        Level.UNIT,
        Level.UNIT,
        Level.UNIT,
        Level.UNIT,
    )
    kinds = list(Attainment)
    titles = (
        "Stödet ges i tid", "Maten är klimatsmart", "Deltagarna påverkar sin dag", LONG_TITLE, "Lokalerna används hela dagen",
        "Var och en har en aktuell genomförandeplan", "Alla medarbetare får handledning i lågaffektivt bemötande",
        "Matsvinnet minskar", "Ekonomin är i balans",
    )  # fmt: skip
    return {
        "bars": bars_against_target(
            "Andel deltagare som trivs, per verksamhet", [*bars, Bar("Hela enheten", Decimal("86.1"), total=True)], "%",
            Target("Årsmål", Decimal(85)),
        ),
        "economy": differences(
            "Avvikelse mot budget per verksamhet",
            [Bar(name, None if value is None else Decimal(value)) for name, value in zip(SUBUNITS, economy, strict=True)]
            + [Bar("Hela enheten", Decimal(262), total=True)],
            "tkr",
        ),
        "pairs": pairs(
            "Andel som upplever att de kan påverka sin dag, män och kvinnor",
            [Pair("2024", Decimal("82.5"), Decimal("79")), Pair("2025", Decimal("81"), Decimal("77.5")), Pair("2026", Decimal("80.1"), None)],
            ("Män", "Kvinnor"), "%", Target("Årsmål", Decimal(85)),
        ),
        "periods": over_periods(
            "Sjukfrånvaro 2021–2026",
            [
                Point(str(2021 + place), value and Decimal(value), Decimal(target))
                for place, (value, target) in enumerate(
                    [("7.1", "8"), ("11.7", "8"), ("10.8", "8.5"), (None, "8.5"), ("10.1", "8.5"), ("9.4", "8.5")]
                )
            ],
            "%",
        ),
        "goals": goals_overview(
            "Status för alla mål",
            [
                GoalStatus(level, title, kinds[place % 3] if place != 4 else Attainment.NO_DATA, f"{place // 3 + 1}.{place % 3 + 1}")
                for place, (level, title) in enumerate(zip(levels, titles, strict=True))
            ],
        ),
        "wheel": draw_wheel(2026, UNIT, sample_wheel(), date(2026, 9, 8)),
    }  # fmt: skip


def sample_wheel() -> list[WheelEntry]:
    """A year of a unit."""
    return [
        WheelEntry("Årsrapport 2025", date(2026, 1, 2), date(2026, 1, 23), "cycle", "klar"),
        WheelEntry("Verksamhetsplan", date(2026, 1, 12), date(2026, 1, 30), "cycle", "klar"),
        WheelEntry("Tertialrapport 1", date(2026, 5, 4), date(2026, 5, 22), "cycle", "klar"),
        WheelEntry("Tertialrapport 2", date(2026, 8, 24), date(2026, 9, 18), "cycle", "pågår"),
        WheelEntry("Planering 2027", date(2026, 11, 2), date(2026, 12, 11), "cycle", "kommande"),
        WheelEntry("Arbetsplatsträff: planen", date(2026, 2, 11), date(2026, 2, 11), "meeting", "klar"),
        WheelEntry("Arbetsplatsträff: T1", date(2026, 5, 27), date(2026, 5, 27), "meeting", "klar"),
        WheelEntry("Arbetsplatsträff: T2", date(2026, 9, 23), date(2026, 9, 23), "meeting", "kommande"),
        WheelEntry("Planeringsdag", date(2026, 10, 14), date(2026, 10, 14), "meeting", "kommande"),
        WheelEntry("Brukarråd", date(2026, 3, 18), date(2026, 3, 18), "meeting", "klar"),
        WheelEntry("Brukarråd", date(2026, 11, 18), date(2026, 11, 18), "meeting", "kommande"),
        WheelEntry("Skyddsrond", date(2026, 3, 2), date(2026, 3, 27), "duty", "klar"),
        WheelEntry("Lönesamtal", date(2026, 3, 16), date(2026, 4, 10), "duty", "klar"),
        WheelEntry("Brandskyddsrond", date(2026, 4, 13), date(2026, 4, 24), "duty", "försenad"),
        WheelEntry("Semesterplanering", date(2026, 4, 1), date(2026, 4, 30), "duty", "klar"),
        WheelEntry("Egenkontroll läkemedel", date(2026, 6, 1), date(2026, 6, 12), "duty", "klar"),
        WheelEntry("Brukarenkät", date(2026, 9, 1), date(2026, 9, 30), "duty", "pågår"),
        WheelEntry("Medarbetarsamtal", date(2026, 9, 14), date(2026, 11, 27), "duty", "pågår"),
        WheelEntry("Uppföljning av genomförandeplaner", date(2026, 10, 5), date(2026, 10, 30), "duty"),
        WheelEntry("Inventering", date(2026, 12, 14), date(2026, 12, 18), "duty", "kommande"),
        WheelEntry("Julstängt", date(2026, 12, 24), date(2026, 12, 31), "duty"),
    ]
