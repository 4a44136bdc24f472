"""Tables that other cities print: years as column names, a cell on each line, remarks without a heading."""

from arshjul.plan import Plan
from arshjul.plan_reader import lines_of_text, read_plan

BEFORE = "Verksamhetsberättelse 2025\nNordens hemtjänst\n\nEnhetsmål: Alla är trygga\n\n"


def plan(table: str) -> Plan:
    return read_plan(lines_of_text(f"{BEFORE}{table}\n\nAnalys\nDet har gått bra under hela året.\n"))


def test_of_two_outcomes_under_years_the_later_is_this_years() -> None:
    for one, other, cells in (
        ("Utfall 2025", "Utfall 2024", "84 %\t80 %"),
        ("2024", "2025", "80 %\t84 %"),
    ):
        [(_, row)] = plan(f"Indikator\t{one}\t{other}\tÅrsmål\nNöjda kunder\t{cells}\t85 %").indicators()
        assert (row.outcome, row.previous, row.target) == ("84 %", "80 %", "85 %")


def test_cells_on_lines_of_their_own_make_a_row_when_there_is_one_for_each_column() -> None:
    head = "Indikator\nUtfall\nUtfall kvinnor\nUtfall män\nÅrsmål\n"
    [(_, nöjda), (_, sjuka)] = plan(
        f"{head}Nöjda kunder\n84 %\n86 %\n82 %\n85 %\nSjukfrånvaro\n8,1 %\n-\n-\n8,0 %"
    ).indicators()
    assert (nöjda.outcome, nöjda.outcome_women, nöjda.outcome_men, nöjda.target) == (
        "84 %",
        "86 %",
        "82 %",
        "85 %",
    )
    assert (sjuka.outcome, sjuka.outcome_women, sjuka.target) == ("8,1 %", None, "8,0 %")


def test_sentences_right_under_an_activity_explain_it() -> None:
    found = plan(
        "Aktivitet                  Start         Slut          Avvikelse\n"
        "Utbildning i bemötande     2025-02-01    2025-06-13\n"
        "Alla som arbetar hos oss har nu gått utbildningen.\n"
        "Nya scheman                2025-03-01    2025-09-30    X\n"
        "Schemat blev försenat hela våren eftersom\nsystemet byttes under våren."
    ).activities()
    assert [(a.title, (a.analysis or "").partition("\n")[0]) for _, a in found] == [
        ("Utbildning i bemötande", "Alla som arbetar hos oss har nu gått utbildningen."),
        ("Nya scheman", "Schemat blev försenat hela våren eftersom systemet byttes under våren."),
    ]
