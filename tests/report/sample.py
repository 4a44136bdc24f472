"""A report of a fictional unit with every kind of block in it, for the tests of the renderers."""

# ruff: noqa: E501 - sentences and rows of tables are easier to read whole

from datetime import date
from decimal import Decimal

from arshjul.plan import ATTAINMENT_SWEDISH, Attainment, Level
from arshjul.report.blocks import (
    Align,
    Block,
    Bullets,
    Cell,
    Column,
    Figure,
    FrontPage,
    Heading,
    Origin,
    OriginKind,
    PageBreak,
    Paragraph,
    Report,
    Status,
    Table,
    Voice,
)
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

_PLANNED = Origin(OriginKind.PLAN, "G07", "Verksamhetsplan 2026, enhetsmål 1.2.1")
_SYNTHESIS = Origin(OriginKind.MANAGER, "G07 v3", "Enhetens sammanfattning, version 3 den 11 september 2026")


def _from(subunit: str, version: int = 1) -> Origin:
    return Origin(
        OriginKind.SUBMISSION, f"{subunit} v{version}", f"Underlag från {subunit}, version {version}"
    )


def _front() -> FrontPage:
    return FrontPage(
        title="Tertialrapport 2 2026",
        subtitle=f"{UNIT}\nUppföljning per den 31 augusti 2026",
        organisation=("Björkvikens stadsdelsförvaltning", "Avdelningen för stöd och omsorg", UNIT),
        facts=(
            ("Diarienummer", "SOL 2026/14"),
            ("Datum", "14 september 2026"),
            ("Handläggare", "Enhetschefen"),
            ("Period", "1 januari–31 augusti 2026"),
        ),
        proposed_decision="Enheten lägger tertialrapporten till grund för höstens arbetsplatsträffar.\n"
        "Enheten överlämnar rapporten till avdelningen.",
    )


def _indicator_table() -> Table:
    columns = (
        Column("Indikator", width=3.2),
        Column("Utfall", Align.RIGHT, 1.1),
        Column("Män", Align.RIGHT),
        Column("Kvinnor", Align.RIGHT),
        Column("Samma period 2025", Align.RIGHT, 1.2),
        Column("Årsmål", Align.RIGHT, 1.1),
        Column("KF:s årsmål", Align.RIGHT, 1.1),
    )
    rule = Origin(OriginKind.RULE, "medel", "Medelvärde av nio verksamheter")
    values = (
        (
            "Andel deltagare som trivs i sin sysselsättning",
            "91,3 %",
            "90,8 %",
            "91,9 %",
            "88,0 %",
            "90 %",
            "88 %",
        ),
        (
            "Andel deltagare som upplever att de kan påverka vad de gör under dagen",
            "78,4 %",
            "80,1 %",
            "76,2 %",
            "81,5 %",
            "85 %",
            "85 %",
        ),
        ("Sjukfrånvaro", "9,4 %", "8,7 %", "9,8 %", "10,1 %", "8,5 %", "tas fram av nämnden"),
        ("Matsvinn per portion", "0,031 kg", "–", "–", "0,044 kg", "0,035 kg", "–"),
        ("Antal deltagare vid periodens slut", "1 184 st", "672 st", "512 st", "1 160 st", "öka", "–"),
    )
    rows = tuple(
        (Cell(name), *(Cell(value, origin=rule if place == 0 else None) for place, value in enumerate(row)))
        for name, *row in values
    )
    return Table(
        "Indikatorer för målet",
        columns,
        rows,
        note="Utfallet är medelvärdet av verksamheternas resultat. Kvarnen har inte svarat.",
    )


def _goal_table() -> Table:
    rows = tuple(
        (Cell(title), Cell(ATTAINMENT_SWEDISH[attainment], attainment=attainment))
        for title, attainment in (
            ("1.1 Var och en får rätt stöd i tid", Attainment.FULL),
            ("1.2 " + LONG_TITLE, Attainment.PARTIAL),
            ("2.1 Maten är god och klimatsmart", Attainment.NOT_MET),
            ("3.1 Lokalerna används hela dagen", Attainment.NO_DATA),
        )
    )
    return Table("Målen och hur de uppfylls", (Column("Mål", width=3), Column("Måluppfyllelse")), rows)


def _long_table() -> Table:
    columns = (
        Column("Verksamhet", width=2),
        Column("Vecka", Align.RIGHT),
        Column("Närvarodagar", Align.RIGHT),
        Column("Förändring", Align.RIGHT),
    )
    rows = [
        (
            Cell(SUBUNITS[number % 9], origin=_from(SUBUNITS[number % 9])),
            Cell(str(2 + number // 2)),
            Cell(f"1 {100 + 7 * number}", origin=_from(SUBUNITS[number % 9])),
            Cell(f"{'+' if number % 3 else '−'}{number % 13},{number % 10} %"),
        )
        for number in range(60)
    ]
    total = (
        Cell("Hela enheten", strong=True),
        Cell("", strong=True),
        Cell("78 390", strong=True),
        Cell("+2,4 %", strong=True),
    )
    return Table("Närvaro vecka för vecka", columns, (*rows, total))


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


def sample_report() -> Report:
    """Every kind of block, every voice, long titles, an empty section, a table of 60 rows, odd characters."""
    figures = sample_figures()
    blocks: list[Block] = [
        Heading(1, "Sammanfattande analys", "sammanfattning"),
        Paragraph(
            "Enheten har under årets första åtta månader arbetat efter verksamhetsplanen. Trivseln ligger fortsatt högt, "
            "medan deltagarnas inflytande över dagen har minskat något jämfört med samma period föregående år. "
            "Sjukfrånvaron sjunker men når ännu inte årsmålet.",
            origin=_SYNTHESIS,
        ),
        Paragraph("Första raden i ett stycke.\nAndra raden i samma stycke, efter en radbrytning.", origin=_SYNTHESIS),
        Bullets(("Sju verksamheter har svarat i tid.", "En har svarat efter två påminnelser.", "Kvarnen har inte svarat."), origin=_PLANNED),
        figures["goals"],
        _goal_table(),
        figures["wheel"],
        Heading(1, "Uppföljning av målen", "mal"),
        Heading(2, "En trygg och jämlik stadsdel för alla som bor och verkar här", "D1", "KF:s inriktningsmål"),
        Heading(3, "Människor med funktionsnedsättning bestämmer över sin egen vardag", "C1", "KF:s mål för verksamhetsområdet"),
        Status(Attainment.PARTIAL, ATTAINMENT_SWEDISH[Attainment.PARTIAL], origin=_SYNTHESIS),
        Heading(4, "Stödet ges i tid och utgår från den enskilde", "B1", "Nämndmål 1.2"),
        Status(Attainment.FULL, ATTAINMENT_SWEDISH[Attainment.FULL]),
        Heading(5, LONG_TITLE, "G07", "Enhetsmål 1.2.1"),
        Status(Attainment.PARTIAL, ATTAINMENT_SWEDISH[Attainment.PARTIAL], origin=_SYNTHESIS),
        Heading(6, "Analys", "G07-analys"),
        Paragraph(
            "Deltagarna planerar sin vecka tillsammans med en stödassistent i åtta av nio verksamheter. I Trädgården och "
            "Verkstaden har veckoplaneringen legat nere under sommaren, vilket märks i enkäten. Enheten inför gemensamma "
            "planeringstavlor under hösten och följer upp dem i oktober.",
            Voice.UNIT,
            origin=_SYNTHESIS,
        ),
        *(
            Paragraph(text, Voice.SUBUNIT, label=name, origin=_from(name, version))
            for name, version, text in (
                ("Solrosen", 2, "Veckoplaneringen görs på måndagar med bildstöd. Fyra deltagare har bytt arbetsgrupp efter egna önskemål."),
                ("Trädgården", 1, "Sommarens arbete styrdes av vädret.\nPlaneringen återupptogs vecka 34."),
                ("Språngbrädan", 1, "Två deltagare har börjat på praktikplats inom handeln."),
            )
        ),
        Bullets(("Bildstöd vid varje arbetsstation", "Val av syssla varje morgon"), Voice.SUBUNIT, _from("Ateljén")),
        Paragraph("Kvarnen: inga uppgifter lämnade.", Voice.NOTE),
        _indicator_table(),
        figures["bars"],
        figures["pairs"],
        figures["periods"],
        Heading(2, "Ett avsnitt utan innehåll", "tomt"),
        Heading(2, "Ekonomi", "ekonomi"),
        Paragraph("Prognosen för helåret är ett överskott om 262 tkr.", origin=Origin(OriginKind.SOURCE, "ekonomi rad 14", "Ekonomiutdrag läst den 4 september 2026, rad 14")),
        figures["economy"],
        Table("En tabell utan rader", (Column("Klagomål"), Column("Antal", Align.RIGHT)), ()),
        Bullets(("Räknat på avslutade månader", "Avrundat till hela tusental kronor"), Voice.NOTE),
        Heading(2, "Udda tecken", "udda"),
        Paragraph("Vi är stolta \U0001f600 över bageriet\x07, a\u030a blir å, privat \ue000 tecken, <b>inte fet</b> & #read(\"/etc/passwd\") $x^2$ _inte kursiv_ {{ 7 * 7 }}."),
        PageBreak(),
        Heading(1, "Bilaga: närvaro", "bilaga"),
        _long_table(),
    ]  # fmt: skip
    return Report(
        _front(), f"{UNIT} · Tertialrapport 2 2026 · SOL 2026/14", date(2026, 9, 14), "sv", tuple(blocks)
    )
