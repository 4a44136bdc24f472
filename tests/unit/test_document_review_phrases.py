"""The same fault in many words: what people write, and whether a careful controller would mark it."""

import pytest

from arshjul.plan import Attainment, Indicator, Kind
from tests.unit.reviewed import INDEX, SICK, VISITS, codes, explained, report

SHORT = Indicator(
    "I05", "Sjukfrånvaro dag 1-14", target="3,0 %", outcome="3,8 %", previous="2,9 %", period="2026"
)
ORGANIC = Indicator(
    "I06", "Andel ekologiska livsmedel", target="70 %", outcome="58,84 %", previous="61,2 %", period="2026"
)
SAFE = Indicator(
    "I07",
    "Andel boende som känner sig trygga",
    target="90 %",
    outcome="87 %",
    outcome_men="91 %",
    outcome_women="84 %",
    previous="89 %",
    period="2026",
)
CLIMATE = Indicator(
    "I08",
    "Klimatpåverkan från livsmedel",
    target="1,6 kg CO2 per kg",
    outcome="1,9 kg CO2 per kg",
    previous="2,1 kg CO2 per kg",
    period="2026",
)


@pytest.mark.parametrize(
    ("row", "sentence", "faulty"),
    [
        (SAFE, "Tryggheten har ökat bland de boende sedan förra årets mätning.", True),
        (SAFE, "Andelen trygga boende är 78 procent.", True),
        (SAFE, "Av de boende känner sig 93 % trygga.", True),
        (SAFE, "Resultatet, 87 %, är en ökning jämfört med föregående år då det var 89 %.", True),
        (SAFE, "Resultatet är två procentenheter lägre än 2025.", False),
        (SAFE, "Resultatet är fem procentenheter lägre än 2025.", True),
        (SAFE, "Årets resultat på 87 procent är i nivå med förra årets 89 procent.", False),
        (SAFE, "Målet på 90 procent uppnåddes inte.", False),
        (SAFE, "Målet på 85 procent uppnåddes inte.", True),
        (SAFE, "Vi når årsmålet.", True),
        (SAFE, "Kvinnorna är tryggare än männen.", True),
        (SAFE, "Kvinnor upplever lägre trygghet än män.", False),
        (SAFE, "Män är mindre trygga än kvinnor.", True),
        (SAFE, "Utfallet för män är 94 % och för kvinnor 84 %.", True),
        (SAFE, "Utfallet för män är 91 % och för kvinnor 84 %.", False),
        (
            SAFE,
            "87 % av de boende svarar att de känner sig trygga, en minskning med 2 procentenheter.",
            False,
        ),
        (SAFE, "97 % av de boende svarar att de känner sig trygga.", True),
        (SAFE, "Svarsfrekvensen var 64 %.", False),
        (SAFE, "Hälften av de boende deltog och 12 % hade hjälp av en anhörig.", False),
        (SAFE, "De boende på Humlan är mest trygga, 98 %.", False),
        (SAFE, "Resultaten varierar mellan 71 % och 98 %.", False),
        (SAFE, "Tryggheten är fortsatt hög.", False),
        (SAFE, "I jämförelse med föregående år har andelen ökat.", True),
        (SAFE, "Andelen har gått upp två procentenheter.", True),
        (SAFE, "Ett steg i rätt riktning: tryggheten ökar.", True),
        (SAFE, "Enheten ligger över årsmålet.", True),
        (SAFE, "Enheten ligger något under årsmålet.", False),
        (SAFE, "Utfallet understiger målet.", False),
        (SAFE, "Utfallet överstiger årsmålet.", True),
        (SAFE, "För att öka tryggheten har vi infört kvällsronder.", False),
        (SAFE, "Vi tror att tryggheten ökar när lokalerna är klara.", False),
        (SAFE, "Personalen upplever att arbetsbelastningen har ökat.", False),
        (SAFE, "Antalet larm har ökat, vilket oroar.", False),
        (SAFE, "En förklaring kan vara att omsättningen på personal har ökat.", False),
        (SICK, "Sjukfrånvaron fortsätter att sjunka.", True),
        (SICK, "Sjukfrånvaron är fortsatt hög.", False),
        (SICK, "Vi ser en positiv utveckling med sjunkande sjukfrånvaro.", True),
        (SICK, "Sjukfrånvaron har gått ner och är nu 9,7 %.", True),
        (SICK, "Sjukfrånvaron gick från 9,7 % till 8,1 %.", True),
        (SICK, "Sjukfrånvaron har ökat kraftigt, från 8,1 till 9,7 procent.", False),
        (SICK, "Sjukfrånvaron har ökat kraftigt, från 7,2 till 9,7 procent.", True),
        (SICK, "Med en sjukfrånvaro på 7,7 % ligger enheten under målet.", True),
        (SICK, "Rullande tolv månader är sjukfrånvaron 9,7 %.", False),
        (SICK, "Sjukfrånvaron uppgick i december till 12,1 %.", False),
        (SICK, "Den ackumulerade sjukfrånvaron är 9,7 procent (8,1 procent 2025).", False),
        (SICK, "Den ackumulerade sjukfrånvaron är 9,7 procent (7,1 procent 2025).", True),
        (SICK, "Sjukfrånvaron (9,7 %) är högre än förra året (8,1 %).", False),
        (SICK, "Sjukfrånvaron (9,7 %) är lägre än förra året (8,1 %).", True),
        (SICK, "Utfallet är en försämring med 1,6 procentenheter.", False),
        (SICK, "Utfallet är en förbättring med 1,6 procentenheter.", True),
        (SICK, "Långtidsfrånvaron står för 6,1 % och korttidsfrånvaron för 3,6 %.", False),
        (SICK, "Kvinnorna har en sjukfrånvaro på 10,4 % och männen på 7,2 %.", False),
        (SICK, "Målet nås inte.", False),
        (SICK, "Enheten klarar därmed årsmålet.", True),
        (SICK, "Andelen med mer än 60 dagars frånvaro har minskat.", False),
        (SICK, "Detta är en minskning från 2025.", True),
        (SICK, "Det är bättre än förra året.", True),
        (SICK, "Det är sämre än förra året.", False),
        (SICK, "Jämfört med 2024, då den var 10,2 %, är det en minskning.", False),
        (SICK, "Utvecklingen är positiv, sjukfrånvaron har minskat från 11,2 % 2024.", False),
        (SHORT, "Korttidsfrånvaron har ökat från 2,9 till 3,8 procent.", False),
        (SHORT, "Korttidsfrånvaron har minskat.", True),
        (SHORT, "Korttidssjukfrånvaron är 2,8 %.", True),
        (SHORT, "Den totala sjukfrånvaron är 9,7 %.", False),
        (ORGANIC, "Andelen ekologiskt är 58,8 %.", False),
        (ORGANIC, "Enheten har köpt 68,84 % ekologiska livsmedel.", True),
        (ORGANIC, "Vi har ökat andelen ekologiska livsmedel jämfört med föregående år.", True),
        (ORGANIC, "Andelen ekologiska inköp har minskat något.", False),
        (ORGANIC, "Målet 75 % nås inte.", True),
        (CLIMATE, "Klimatpåverkan har minskat till 1,9 kg per kg livsmedel.", False),
        (CLIMATE, "Klimatpåverkan är 1,5 kg CO2 per kg.", True),
        (CLIMATE, "Klimatpåverkan har ökat.", True),
        (CLIMATE, "Vi serverar 40 portioner om dagen och har 3 vegetariska dagar.", False),
        (INDEX, "AMI har sjunkit.", True),
        (INDEX, "AMI är 82, vilket är fyra enheter högre än föregående år.", False),
        (INDEX, "Index har ökat från 78 till 82.", False),
        (INDEX, "Index har ökat från 76 till 82.", True),
        (INDEX, "Ledarskapsindex är 79 och motivationsindex 84.", False),
        (INDEX, "Delindex för styrning är 80.", False),
        (INDEX, "Resultatet är bättre än stadens 79.", False),
        (INDEX, "Av 45 medarbetare har 40 svarat.", False),
        (INDEX, "Vårt AMI är 85 i år.", True),
        (VISITS, "Vi har tagit emot 26 studiebesök, åtta fler än förra året.", False),
        (VISITS, "Vi har tagit emot 31 studiebesök under året.", True),
        (VISITS, "Antalet studiebesök har minskat.", True),
        (VISITS, "Sex av studiebesöken var från skolor.", False),
        (VISITS, "Två studiebesök ledde till en ny placering.", False),
        (VISITS, "Under hösten hade vi 14 studiebesök.", False),
        (VISITS, "Humlan hade 9 studiebesök.", False),
    ],
)
def test_an_analysis_is_held_against_its_row(row: Indicator, sentence: str, faulty: bool) -> None:
    assert bool(codes(report(explained(row, sentence)))) is faulty


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
        ("Under 2025 har vi fokuserat på delaktighet.", True),
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
