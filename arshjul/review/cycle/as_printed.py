"""The checks of documents, made on a cycle: what its report would be told for when it is printed.

Which of them make sense before there is a document is the list here. Pure.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from arshjul.cycle import CycleKey
from arshjul.history import WHOLE_UNIT
from arshjul.plan import Kind
from arshjul.review.cycle.as_document import AsDocument, documents_of, part_before
from arshjul.review.cycle.reviewed import Reviewed
from arshjul.review.document.analyses import figures_against_rows
from arshjul.review.document.directions import directions, from_to
from arshjul.review.document.enumerations import counts_of_lists
from arshjul.review.document.goals import words_against_rating
from arshjul.review.document.model import Model
from arshjul.review.document.money import totals_of_money
from arshjul.review.document.movements_of_people import people_told_twice, stock_of_people
from arshjul.review.document.repeats import texts_twice
from arshjul.review.document.sexes import sexes_compared
from arshjul.review.document.shares import shares_in_all, shares_of_whole
from arshjul.review.document.sums import totals_of_lists, totals_without_the_word
from arshjul.review.document.target_words import target_words
from arshjul.review.document.years import wrong_years
from arshjul.review.finding import Finding
from arshjul.review.rows import rows_of
from arshjul.review.source_lines import SourceLines
from arshjul.review.statements import Part, Passage, passages_of
from arshjul.review.vocabulary import NOTHING, Vocabulary
from arshjul.review.workplaces import Words, Workplaces

Check = Callable[[Model], Iterator[Finding]]

OF_TEXTS: tuple[Check, ...] = (
    totals_of_lists,
    totals_without_the_word,
    totals_of_money,
    shares_of_whole,
    shares_in_all,
    from_to,
    words_against_rating,
    people_told_twice,
    stock_of_people,
    wrong_years,
)
OF_ROWS: tuple[Check, ...] = (figures_against_rows, directions, sexes_compared)
OF_UNITS_TEXTS: tuple[Check, ...] = (counts_of_lists, texts_twice)
OF_UNITS_ROWS: tuple[Check, ...] = (target_words,)

MENDS: Mapping[str, str] = {
    "sum-mismatch": "Räkna om summan, eller rätta den del som är fel.",
    "figure-against-row": "Skriv in det värde som är lämnat, eller be om ett rättat underlag.",
    "direction-against-figures": "Ändra ordet så att det stämmer med värdena, eller säg vad ni jämför med.",
    "words-against-rating": "Ändra texten eller bedömningen så att de säger detsamma.",
    "target-words-against-figures": "Ändra meningen så att den stämmer med utfallet och målet.",
    "wrong-year": "Kontrollera årtalet. Är stycket från en äldre rapport skriver du om det.",
    "text-twice": "Stryk den ena texten, eller skriv om den så att den gäller just sitt mål.",
    "count-differs-from-list": "Räkna raderna i listan och rätta antalet.",
    "told-twice-differently": "Ta reda på vilken uppgift som gäller och rätta den andra.",
    "name-spelt-two-ways": "Rätta stavningen.",
}


def as_printed(reviewed: Reviewed) -> Iterator[Finding]:
    """What the checks of documents say, each sentence told once and where it was written."""
    for document in documents_of(reviewed):
        passages = passages_of(document.plan)
        model = _model(reviewed, document, passages)
        lent = tuple(passage for passage in passages if passage.part is Part.ROW)
        written = tuple(passage for passage in passages if passage.part is not Part.ROW)
        of_rows = _about_rows(reviewed, model, lent, written)
        of_texts = replace(model, passages=written)
        told: set[object] = set()
        units = document.scope is None
        for check, looked_over in (
            *((check, of_texts) for check in (*OF_TEXTS, *(OF_UNITS_TEXTS if units else ()))),
            *((check, of_rows) for check in (*OF_ROWS, *(OF_UNITS_ROWS if units else ()))),
            (directions, _since_spring(reviewed, document, of_rows)),
        ):
            for finding in check(looked_over):
                sentence = finding.evidence.get("sentence")
                if sentence in told or _is_of_a_row(finding, reviewed):
                    continue
                told.add(sentence)
                yield _placed(finding, document)


def _about_rows(
    reviewed: Reviewed, model: Model, lent: Sequence[Passage], written: Sequence[Passage]
) -> Model:
    """The model that rows are held against: the sentences lent to them, and all others that name a row."""
    rest = []
    meant = {row.indicator.id for row in model.rows if row.indicator.analysis}
    for passage in written:
        left = tuple(s for s in passage.sentences if reviewed.named(s.text))
        meant |= {row.indicator.id for s in left for row, _ in reviewed.named(s.text)}
        if left:
            rest.append(replace(passage, sentences=left))
    rows = [row for row in model.rows if row.indicator.id in meant]
    return replace(model, passages=(*lent, *rest), rows=rows)


def _since_spring(reviewed: Reviewed, document: AsDocument, model: Model) -> Model:
    """The sentences that compare with the year's first tertial, beside the values that it gave."""
    words, data = model.vocabulary, reviewed.data
    passages = [
        replace(passage, sentences=sentences)
        for passage in model.passages
        if (sentences := tuple(s for s in passage.sentences if _is_of_spring_alone(s.text, words)))
    ]
    if not passages or data.key.kind not in (Kind.T2, Kind.VB):
        return replace(model, passages=(), rows=[])
    period, scope = (str(CycleKey(data.key.unit_code, Kind.T1, data.key.year)),), document.scope or WHOLE_UNIT
    rows = [
        replace(row, previous=before)
        for row in model.rows
        if (
            before := part_before(data.history, period, scope, reviewed.compiled.indicators[row.indicator.id])
        )
        is not None
    ]
    words = replace(words, before=words.in_spring, other_base=NOTHING)
    return replace(model, passages=passages, rows=rows, vocabulary=words, compared_with="i tertial 1")


def _is_of_spring_alone(text: str, words: Vocabulary) -> bool:
    rest = words.in_spring.sub("", text)
    return rest != text and not words.other_base.search(rest)


def _is_of_a_row(finding: Finding, reviewed: Reviewed) -> bool:
    """Whether words of attainment are said of an indicator and not of the goal."""
    if finding.code != "words-against-rating":
        return False
    sentence = str(finding.evidence.get("sentence") or "")
    return bool(reviewed.named(sentence))


def _model(reviewed: Reviewed, document: AsDocument, passages: Sequence[Passage]) -> Model:
    """The document's model; its workplaces are the unit's own sub-units, and names are checked elsewhere."""
    words = Words.of(passages)
    own = {name for name, code in reviewed.names.items() if code == document.scope}
    others = {name: name for name in reviewed.names if name not in own}
    listed = sorted(map(re.escape, others), key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w-])({'|'.join(listed)})s?(?!\w)", re.I) if listed else re.compile(r"(?!)")
    return Model(
        plan=document.plan,
        passages=passages,
        rows=rows_of(document.plan, reviewed.vocabulary),
        words=words,
        workplaces=Workplaces(others, pattern, reviewed.vocabulary.workplace_kinds),
        slips={},
        vocabulary=reviewed.vocabulary,
        limits=reviewed.limits,
        source=SourceLines(),
    )


def _placed(finding: Finding, document: AsDocument) -> Finding:
    """The finding at the text where its sentence was written, with what to do about it."""
    sentence = str(finding.evidence.get("sentence") or "")
    where = next((text.where for text in document.texts if sentence and sentence in text.text), finding.where)
    return replace(finding, where=where, mend=MENDS.get(finding.code, ""))
