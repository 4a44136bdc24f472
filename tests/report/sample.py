"""A report of a fictional unit with every kind of block in it, for the tests of the renderers."""

# ruff: noqa: E501 - sentences and rows of tables are easier to read whole

from datetime import date

from arshjul.plan import ATTAINMENT_SWEDISH, Attainment
from arshjul.report.blocks import (
    Align,
    Block,
    Bullets,
    Cell,
    Column,
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
from tests.report.sample_figures import LONG_TITLE, SUBUNITS, UNIT, sample_figures

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
