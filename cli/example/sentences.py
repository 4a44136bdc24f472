"""Sentences as people write them under a goal: thousands of different ones, by chance.

Called by the example city's answers and earlier texts, and by bench.
"""

from random import Random

_BEGINNINGS = (
    "Gruppen planerar veckan tillsammans på {day}.",
    "Fler än förra året deltar i {what} och alla får frågan enskilt.",
    "Bildstödet är på plats i {few} av {several} rum.",
    "Vi fortsätter i höst med {what}, som har fungerat väl.",
    "Vikarier har svårare att hitta {what}, och därför skriver vi om rutinen.",
    "Under {month} prövade vi en ny form för {what}.",
    "Av {several} deltagare har {few} varit med och valt {what}.",
    "Närvaron vid {what} har ökat sedan i {month}.",
    "Vi har haft {what} {few} gånger, och {month} ställdes in.",
    "{few} medarbetare har gått utbildningen om {what}.",
    "Det som inte blev av i {month} görs klart före årsskiftet.",
    "På {day} går vi igenom {what} med alla som arbetar.",
    "Kostnaden för {what} blev {amount} tkr, något lägre än beräknat.",
    "Omkring {share} procent tycker att {what} är bra.",
    "Samarbetet med {place} om {what} tog fart i {month}.",
    "En handledare från {place} hjälper oss med {what}.",
)
_FILLINGS: dict[str, tuple[str, ...]] = {
    "day": ("måndagen", "tisdagen", "onsdagen", "torsdagen", "fredagen"),
    "month": ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti"),
    "what": (
        *("mötet", "genomgången", "matlagningen", "utflykten", "promenaden", "samtalet", "veckobrevet"),
        *("schemat", "verkstaden", "odlingen", "musiken", "läsecirkeln", "badet", "praktikbesöket"),
    ),
    "few": ("två", "tre", "fyra", "fem", "sex", "2", "3", "4"),
    "several": ("sju", "nio", "tio", "tolv", "11", "14"),
    "amount": ("14", "35", "62", "110", "240"),
    "share": ("55", "60", "70", "75", "80", "90"),
    "place": ("biblioteket", "hälsocentralen", "fritidsgården", "parkförvaltningen", "vuxenskolan"),
}


def written(random: Random, sentences: int) -> str:
    """So many sentences (1 to 16); nothing is gained by having read one."""
    made = (
        sentence.format(**{name: random.choice(words) for name, words in _FILLINGS.items()})
        for sentence in random.sample(_BEGINNINGS, k=sentences)
    )
    return " ".join(sentence[:1].upper() + sentence[1:] for sentence in made)
