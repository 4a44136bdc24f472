"""Summaries, words under goals and rows of a report, each a sentence that is faulty or is not."""

import pytest

from arshjul.plan import Attainment, Indicator, Kind
from tests.unit.reviewed import codes, report

NAMED = "På Humlan är det lugnt. På Pixeln och Returen är det fullt. Humlan växer. Returen är öppen. "

GARDEN = (
    "Humlan är störst. På Humlan odlar vi. Solrosen har butik. På Solrosen säljer vi. Vi besökte Solrosen. "
)


@pytest.mark.parametrize(
    ("text", "faulty"),
    [
        ("Fem deltagare har börjat på Humlan, tre på Pixeln och fyra på Returen, sammanlagt elva.", True),
        ("Fem deltagare har börjat på Humlan, tre på Pixeln och fyra på Returen, sammanlagt tolv.", False),
        ("Enheten har haft 31 klagomål: 12 om mat, 9 om bemötande och 8 om lokaler.", True),
        ("Enheten har haft 29 klagomål: 12 om mat, 9 om bemötande och 8 om lokaler.", False),
        ("Under året har 14 avvikelser rapporterats, varav 9 fall och 6 läkemedelsavvikelser.", True),
        ("Under året har 14 avvikelser rapporterats, varav 9 fall.", False),
        ("Totalt 45 medarbetare, 30 kvinnor och 14 män.", True),
        ("Totalt 44 medarbetare, 30 kvinnor och 14 män.", False),
        ("Klagomål:\nHumlan 4\nPixeln 7\nReturen 2\nTotalt 14", True),
        ("Klagomål:\nHumlan 4\nPixeln 7\nReturen 2\nTotalt 13", False),
        (
            "Studiebesök per verksamhet:\n• Humlan: 4\n• Pixeln: 7\n• Returen: 2\nSammanlagt 12 studiebesök.",
            True,
        ),
        (
            "Antal platser\nHumlan – 14 platser\nPixeln – 20 platser\nReturen – 11 platser\nSumma 46 platser",
            True,
        ),
        (
            "Enheten redovisar ett överskott på 340 tkr. Humlan +120 tkr, Pixeln +260 tkr, Returen -60 tkr.",
            True,
        ),
        (
            "Enheten redovisar ett överskott på 320 tkr. Humlan +120 tkr, Pixeln +260 tkr, Returen -60 tkr.",
            False,
        ),
        ("Avvikelsen är -450 tkr: Humlan -300 tkr, Pixeln -200 tkr och Returen 50 tkr.", False),
        ("Avvikelsen är -450 tkr: Humlan -300 tkr, Pixeln -250 tkr och Returen 50 tkr.", True),
        ("Utfallet blev 18 240 tkr mot budgeterade 18 000 tkr, en avvikelse på -340 tkr.", True),
        ("Utfallet blev 18 240 tkr mot budgeterade 18 000 tkr, en avvikelse på -240 tkr.", False),
        ("Underskottet på 1,2 mnkr beror på vikarier och hyror.", False),
        ("Av enhetens 12 grupper har 14 infört modellen.", True),
        ("Av enhetens 14 grupper har 12 infört modellen.", False),
        ("Tre lex Sarah-rapporter har skrivits: två är avslutade och två utreds.", True),
        ("Tre lex Sarah-rapporter har skrivits: två är avslutade och en utreds.", False),
        ("4 lex Sarah har rapporterats, varav 3 utreds.", False),
        ("Vi har haft 12 möten och 8 utbildningar för 40 medarbetare.", False),
        ("Tillsammans med Pixeln har Humlan ordnat 3 marknader.", False),
        ("Totalt sett är året bra. Vi har haft 4 möten och 2 resor.", False),
        ("Enheten har 120 deltagare. Humlan har 20 deltagare, Pixeln 35 och Returen 65.", False),
        (NAMED + "Enheten består av tre verksamheter.", False),
        ("Tillsammans har de 216 400 besök, varav 172 500 på Humlan.", False),
        (
            "I augusti hade vi 388 deltagare, fördelade så här:\nLjungen 141\nTallen 122\nÅn 125\nTotalt 388",
            False,
        ),
        ("Under 2025 har vi fokuserat på delaktighet.", True),
        ("Vid utgången av december 2025 har vi 214 deltagare.", True),
        ("Vid utgången av augusti 2025 hade vi 214 deltagare.", False),
        ("2025 var ett år med många förändringar.", False),
        ("Verksamhetsåret 2025 har präglats av hög frånvaro.", True),
        ("Året 2027 har präglats av hög frånvaro.", True),
        ("I årets verksamhetsberättelse för 2025 redovisas resultatet.", True),
        ("Resultatet för 2025 var sämre.", False),
        ("Under våren 2026 har vi flyttat.", False),
        ("Under våren 2025 har vi flyttat.", True),
        ("Under våren 2025 flyttade vi.", False),
        ("I april 2025 infördes nya rutiner.", False),
        ("Medarbetarenkäten 2025 genomfördes i oktober.", False),
        ("Detta är en uppföljning av verksamhetsplan 2025.", True),
        ("Detta är en uppföljning av verksamhetsplan 2026.", False),
        ("Vi har följt verksamhetsplanen för 2025.", True),
        ("Planeringen för 2027 har börjat.", False),
        ("Arbetet har pågått sedan 2024 och under 2025 har fler anslutit sig.", False),
        ("Under åren 2024 och 2025 har enheten minskat.", False),
        ("Under 2027 genomför vi en ny enkät.", False),
        ("Under 2027 är planen att alla har gått utbildningen.", False),
        ("Hittills under 2026 har 12 nya deltagare börjat.", False),
        ("Hittills under 2025 har 12 nya deltagare börjat.", True),
        ("Vi har haft fyra fokusområden: delaktighet, hälsa och ekonomi.", True),
        ("Vi har haft tre fokusområden: delaktighet, hälsa och ekonomi.", False),
        (
            "Fyra utbildningar har genomförts: HLR, brandskydd, hot och våld samt lågaffektivt bemötande.",
            False,
        ),
        ("Fem utbildningar har genomförts: HLR, brandskydd, hot och våld samt lågaffektivt bemötande.", True),
        (
            "Tre saker behöver bli bättre: att vi möts oftare, att scheman håller och att vi svarar i tid.",
            False,
        ),
        ("Våra tre verksamheter, Humlan, Pixeln och Returen, har samarbetat.", False),
        ("Våra fyra verksamheter, Humlan, Pixeln och Returen, har samarbetat.", True),
        ("Två verksamheter (Humlan, Pixeln och Returen) har bytt lokal.", True),
        ("Två av verksamheterna, Humlan och Pixeln, har bytt lokal.", False),
        ("Samtliga sex verksamheter deltog. Enhetens sju verksamheter har fått nya datorer.", True),
        ("Två saker sticker ut: närvaron har ökat och trivseln är god.", False),
        ("Vi öppnar klockan 9: alla är välkomna.", False),
        (
            (
                "Enhetens budget är 24 000 tkr. Prognosen visar ett underskott på 300 "
                "tkr. Humlan väntas gå minus 200 tkr."
            ),
            False,
        ),
        (
            (
                "Humlan gör ett underskott på 200 tkr, Pixeln ett överskott på 50 tkr "
                "och Returen ett underskott på 100 tkr, sammanlagt ett underskott på 250 tkr."
            ),
            False,
        ),
        ("Humlan: -200 tkr\nPixeln: +50 tkr\nReturen: -100 tkr\nEnheten totalt: -350 tkr", True),
        ("Humlan: -200 tkr\nPixeln: +50 tkr\nReturen: -100 tkr\nEnheten totalt: -250 tkr", False),
        (
            (
                "Kostnaderna för vikarier uppgick till 1 250 tkr, fördelat på Humlan "
                "500 tkr, Pixeln 450 tkr och Returen 400 tkr."
            ),
            True,
        ),
        (
            (
                "Kostnaderna för vikarier uppgick till 1 250 tkr, fördelat på Humlan "
                "500 tkr, Pixeln 450 tkr och Returen 300 tkr."
            ),
            False,
        ),
        ("Av överskottet på 400 tkr kommer 250 tkr från hyror och 150 tkr från bidrag.", False),
        ("Av överskottet på 400 tkr kommer 250 tkr från hyror och 190 tkr från bidrag.", True),
        ("Budget 12 000 tkr, utfall 12 300 tkr, avvikelse -300 tkr.", False),
        ("Budget 12 000 tkr, utfall 12 300 tkr, avvikelse -200 tkr.", True),
        ("Intäkterna blev 8,4 mnkr och kostnaderna 8,9 mnkr, vilket ger ett underskott på 0,5 mnkr.", False),
        ("Intäkterna blev 8,4 mnkr och kostnaderna 8,9 mnkr, vilket ger ett underskott på 0,7 mnkr.", True),
        ("Ekonomin är i balans med ett överskott på -120 tkr.", True),
        ("Inskrivna vid årets början 42, nya 8, avslutade 5, vid årets slut 46.", True),
        ("Inskrivna vid årets början 42, nya 8, avslutade 5, vid årets slut 45.", False),
        ("Klagomål: mat 3, bemötande 2, lokaler 4. Totalt 10 klagomål.", True),
        ("Klagomål: mat 3, bemötande 2, lokaler 4. Totalt 9 klagomål.", False),
        ("Antal deltagare\nHumlan 12\nPixeln 9\nReturen 14\nTotalt 36 deltagare", True),
        ("Svaren fördelade sig på 40 % mycket nöjda, 35 % nöjda och 25 % missnöjda.", False),
        ("Svaren fördelade sig på 40 % mycket nöjda, 35 % nöjda och 35 % missnöjda.", True),
        ("Under perioden har 3 kvinnor och 4 män börjat, totalt 8 personer.", True),
        ("Vi har 58 medarbetare: 40 kvinnor och 18 män.", False),
        ("Vi har 58 medarbetare: 41 kvinnor och 18 män.", True),
        (GARDEN + "På Solrsoen är det fullt.", True),
        (GARDEN + "På Solrosens innergård är det fullt.", False),
        (GARDEN + "Solrosorna blommar.", False),
        (GARDEN + "På Sollrosen är det fullt.", True),
        (GARDEN + "På Solroen är det fullt.", True),
        (GARDEN + "Solrosen-gruppen möts.", False),
        ("Under tertial 2 2025 har vi arbetat med scheman.", True),
        ("Tertialrapporten avser januari–april 2025.", True),
        ("Under perioden januari till augusti 2025 har vi arbetat med scheman.", True),
        ("Den 1 september 2025 började den nya chefen.", False),
        ("Sedan hösten 2025 har enheten en ny chef.", False),
        ("I januari 2027 öppnar den nya verksamheten.", False),
        ("Verksamhetsplan 2026 togs fram hösten 2025.", False),
        ("Enligt 2025 års brukarundersökning är fler nöjda.", False),
        ("Året som gått, 2025, har varit intensivt.", True),
        ("Vi är stolta över det vi gjort under 2025.", True),
        ("Vi är stolta över det vi gjort under 2026.", False),
        ("Resultatet från 2024 och 2025 visar samma sak.", False),
        ("Sammanfattning av 2025: ett bra år.", True),
        ("För 2027 planeras två utbildningar.", False),
        ("Arbetet 2025 ledde till att vi i år har bättre rutiner.", False),
        ("Under 2025 och 2026 har vi bytt lokaler.", False),
        ("Under 2027 har vi inga lokaler.", False),
    ],
)
def test_a_summary_agrees_with_itself_and_with_the_year(text: str, faulty: bool) -> None:
    assert bool(codes(report(front={"Sammanfattning": text}))) is faulty


FULL, PARTIAL, NOT_MET = Attainment.FULL, Attainment.PARTIAL, Attainment.NOT_MET


@pytest.mark.parametrize(
    ("attainment", "sentence", "faulty"),
    [
        (FULL, "Vi bedömer att målet endast delvis har uppnåtts.", True),
        (FULL, "Målet är inte fullt ut uppnått.", True),
        (FULL, "Vi har inte nått målet.", True),
        (FULL, "Målet bedöms som uppfyllt, även om vi inte nått ända fram med mötena.", False),
        (FULL, "Det förväntade resultatet är inte uppnått.", True),
        (FULL, "Målet uppfylls delvis.", True),
        (FULL, "Vi når inte upp till målet.", True),
        (FULL, "Målet är uppnått till stora delar.", True),
        (FULL, "Vi har inte lyckats nå målet.", True),
        (FULL, "Arbetet har delvis kommit igång.", False),
        (FULL, "En del av planen är genomförd.", False),
        (FULL, "Deltagarnas egna mål har delvis uppnåtts.", False),
        (FULL, "Förväntat resultat har uppnåtts.", False),
        (FULL, "Målet är uppfyllt.", False),
        (FULL, "Målet nås inte fullt ut.", True),
        (FULL, "Målet bedöms delvis uppfyllt då två verksamheter inte kommit igång.", True),
        (PARTIAL, "Målet uppfylls helt.", True),
        (PARTIAL, "Målet är uppnått.", True),
        (PARTIAL, "Målet är inte uppnått.", True),
        (PARTIAL, "Målet är delvis uppnått.", False),
        (PARTIAL, "Målet är till viss del uppnått.", False),
        (PARTIAL, "Vi når inte hela vägen, men mycket är gjort.", False),
        (PARTIAL, "För att målet ska vara uppfyllt krävs att alla har en plan.", False),
        (NOT_MET, "Målet är inte uppfyllt.", False),
        (NOT_MET, "Målet anses uppfyllt.", True),
        (NOT_MET, "Målet är delvis uppfyllt.", True),
        (FULL, "Målet anses uppnått då samarbetet fungerar.", False),
        (FULL, "Humlan har uppnått målet medan Pixeln delvis uppnått det.", True),
    ],
)
def test_the_words_under_a_goal_agree_with_its_mark(
    attainment: Attainment, sentence: str, faulty: bool
) -> None:
    assert bool(codes(report(analysis=sentence, attainment=attainment))) is faulty


def row(name: str = "Andel nöjda brukare", **cells: str | None) -> Indicator:
    return Indicator("I01", name, **cells)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("indicator", "faulty", "attainment", "kind"),
    [
        (row(outcome="78 %", target="80 %"), True, FULL, Kind.VB),
        (row(outcome="80 %", target="80 %"), False, FULL, Kind.VB),
        (row(outcome="79,6 %", target="80 %"), False, FULL, Kind.VB),
        (row(outcome="78 %", target="öka", previous="80 %"), True, FULL, Kind.VB),
        (row(outcome="82 %", target="öka", previous="80 %"), False, FULL, Kind.VB),
        (row("Sjukfrånvaro", outcome="8,1 %", target="8,5 %"), False, FULL, Kind.VB),
        (row("Sjukfrånvaro", outcome="9,1 %", target="8,5 %"), True, FULL, Kind.VB),
        (row("Sjukfrånvaro", outcome="9,1 %", target="Tas fram av nämnd"), False, FULL, Kind.VB),
        (row("Antal klagomål", outcome="12 st", target="högst 10 st"), True, FULL, Kind.VB),
        (row("Antal klagomål", outcome="8 st", target="högst 10 st"), False, FULL, Kind.VB),
        (row("Antal klagomål", outcome="8 st", target="10 st"), False, FULL, Kind.VB),
        (row(outcome="78 %", target=None, council_target="80 %"), True, FULL, Kind.VB),
        (row(outcome="78 %", target="75 %", council_target="80 %"), False, FULL, Kind.VB),
        (row(outcome="78 %", target="80 %"), False, FULL, Kind.T1),
        (
            row(outcome="78 %", target="80 %", analysis="Vi bedömer att årsmålet inte kommer att nås."),
            True,
            FULL,
            Kind.T2,
        ),
        (row(outcome="78 %", target="80 %", analysis="Årsmålet bedöms nås."), False, FULL, Kind.T2),
        (row(outcome="78", target="80 %"), True, None, Kind.VB),
        (row(outcome="0,78", target="80 %"), True, None, Kind.VB),
        (row("Aktivt medskapandeindex", outcome="78", target="80"), False, None, Kind.VB),
        (row(outcome=None, target="80 %", analysis="Utfallet är 78 %."), True, None, Kind.VB),
        (
            row(outcome=None, target="80 %", analysis="Föregående år var resultatet 78 %."),
            False,
            None,
            Kind.VB,
        ),
        (
            row(outcome=None, target="80 %", analysis="Mätningen görs i höst. Målet är 80 %."),
            False,
            None,
            Kind.T1,
        ),
        (row(outcome="-", target="80 %", analysis="Årets resultat blev 81 procent."), True, None, Kind.VB),
        (row(outcome=None, target="80 %", analysis="På Humlan var resultatet 78 %."), False, None, Kind.VB),
        (
            row(outcome=None, target="80 %", analysis="Brukarundersökningen visar att 83 procent är nöjda."),
            True,
            None,
            Kind.VB,
        ),
    ],
)
def test_a_row_agrees_with_its_target_its_unit_and_the_mark_of_its_goal(
    indicator: Indicator, faulty: bool, attainment: Attainment | None, kind: Kind
) -> None:
    assert bool(codes(report(indicator, attainment=attainment, kind=kind))) is faulty
