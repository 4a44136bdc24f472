"""Sentences of a municipal unit full of numbers that are nobody's identity number; seeded."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random


def _day(random: Random) -> date:
    return date(2021, 1, 1) + timedelta(days=random.randrange(2400))


def _digits(random: Random, count: int) -> str:
    return "".join(random.choice("0123456789") for _ in range(count))


def _amount(random: Random) -> str:
    return f"{random.randrange(1_000, 9_999_999_999):,}".replace(",", random.choice((" ", "\u00a0")))


def _telephone(random: Random) -> str:
    mobile = random.choice(("070", "072", "073", "076", "079"))
    a, b, c = _digits(random, 3), _digits(random, 2), _digits(random, 2)
    town = random.choice(("08", "031", "040", "018"))
    whole = _digits(random, 7)
    written = (
        f"{mobile}-{a} {b} {c}",
        f"{mobile}{random.choice('123456789')}-{b} {c} {_digits(random, 2)}",
        f"{town}-{a} {b} {c}",
        f"{town} {a}{b}{c}",
        f"{random.choice(('0500', '0526', '0911'))}-{a} {a}",
        f"+46 {mobile[1:]} {a} {b} {c}",
        f"+46{mobile[1:]}{whole}",
        f"0046{mobile[1:]}{whole}",
    )
    return random.choice(written)


def _registers(random: Random) -> str:
    letters = "".join(random.choice("ABCDEFGHJKLMNPRSTUWXYZ") for _ in range(3))
    return f"{letters} {_digits(random, 2)}{random.choice('ABCDEFGH')}"


KINDS: dict[str, Callable[[Random], str]] = {
    "telephone": lambda r: f"Ni når oss på {_telephone(r)} mellan 8 och 16.",
    "telephone in a row": lambda r: (
        f"Ring {r.choice(('070', '072', '073', '076', '079'))}{_digits(r, 7)} först."
    ),
    "telephone named": lambda r: f"Jourens tel: 070{_digits(r, 7)}.",
    "telephones": lambda r: f"Nya nummer: {_telephone(r)}, {_telephone(r)} och {_telephone(r)}.",
    "case": lambda r: f"Beslutet har dnr SN {_day(r).year}-{_digits(r, 5)} och gäller från {_day(r)}.",
    "long case": lambda r: f"Lex Sarah, diarienummer {_day(r):%Y%m%d}{_digits(r, 4)}, är avslutad.",
    "longer case": lambda r: f"Ärende SOC-{_day(r).year}-{_digits(r, 8)}-{_digits(r, 4)} lämnades till IVO.",
    "dated case": lambda r: f"Se {_day(r):%Y-%m%d}-{_digits(r, 4)} i diariet.",
    "board case": lambda r: f"Nämnden tog ärende {_digits(r, 4)}/{_day(r).year} § {r.randrange(1, 300)}.",
    "amount": lambda r: f"Kostnaden blev {_amount(r)} kronor mot budgeterade {_amount(r)}.",
    "amounts": lambda r: f"Personal {_amount(r)} {_amount(r)} {_amount(r)}",
    "thousands": lambda r: (
        f"Avvikelsen är {r.randrange(-900, 900)},{r.randrange(10)} tkr av {_amount(r)} tkr."
    ),
    "dates": lambda r: f"Aktiviteten pågår {_day(r)} – {_day(r)} och följs upp {_day(r)}.",
    "dates in a row": lambda r: f"{_day(r)} {_day(r)} {_day(r)}",
    "dates together": lambda r: f"Perioden {_day(r):%Y%m%d}-{_day(r):%Y%m%d} är klar.",
    "short dates": lambda r: f"Mätningen gjordes {_day(r):%y%m%d}–{_day(r):%y%m%d}.",
    "date and time": lambda r: f"Händelsen skedde {_day(r)} kl. {r.randrange(24):02}.{r.randrange(60):02}.",
    "date and clock": lambda r: (
        f"Loggen {_day(r)} {r.randrange(24):02}:{r.randrange(60):02} visar samma sak."
    ),
    "account": lambda r: f"Pengarna går till konto {_digits(r, 4)}-{r.randrange(10)}, {_digits(r, 9)}.",
    "bank account": lambda r: f"Bankkonto {_digits(r, 4)} {_digits(r, 10)} tillhör föreningen.",
    "bankgiro": lambda r: f"Betala till bankgiro {_digits(r, 3)}-{_digits(r, 4)} med OCR {_digits(r, 10)}.",
    "invoice": lambda r: f"Faktura {_digits(r, 10)} från {_day(r)} är attesterad.",
    "iban": lambda r: f"IBAN SE{_digits(r, 2)} {' '.join(_digits(r, 4) for _ in range(5))} används.",
    "organisation": lambda r: (
        f"Företaget (org.nr {r.choice(('2120', '5560', '8024'))}{_digits(r, 2)}-{_digits(r, 4)}) byts ut."
    ),
    "register": lambda r: f"Bussen {_registers(r)} har gått {_amount(r)} km.",
    "article": lambda r: f"Artikelnummer {_digits(r, 10)} är slut hos leverantören.",
    "accounts of the ledger": lambda r: (
        f"Konto {_digits(r, 4)}, ansvar {_digits(r, 5)}, projekt {_digits(r, 6)}."
    ),
    "table": lambda r: " ".join(str(r.randrange(10, 100)) for _ in range(r.randrange(6, 12))),
    "table of years": lambda r: f"{' '.join(str(y) for y in range(2019, 2026))} {_amount(r)}",
    "shares": lambda r: " ".join(f"{r.randrange(100)},{r.randrange(10)} %" for _ in range(6)),
    "questionnaire": lambda r: (
        f"Nöjda: {r.randrange(100)} % (kvinnor {r.randrange(100)} %, män {r.randrange(100)} %)."
    ),
    "plain": lambda r: (
        f"Under {r.choice(('våren', 'hösten', 'året'))} har {r.randrange(3, 40)} medarbetare gått "
        f"utbildning {r.randrange(1, 9)} dagar, och {r.randrange(3, 40)} väntar."
    ),
    "room": lambda r: (
        f"Möte {_day(r):%d/%m} {_day(r).year} i rum {r.randrange(100, 900)}, plan {r.randrange(9)}."
    ),
    "paragraph": lambda r: f"Enligt SoL 14 kap. {r.randrange(1, 9)} § och SOSFS 2011:{r.randrange(1, 30)}.",
    "fastighet": lambda r: (
        f"Fastigheten Lärkan {r.randrange(1, 30)}:{r.randrange(1, 400)} har {_amount(r)} kvm."
    ),
}


def sentences(seed: int, count: int) -> list[str]:
    """So many sentences, of every kind alike."""
    random = Random(seed)
    kinds = list(KINDS.values())
    return [kinds[number % len(kinds)](random) for number in range(count)]
