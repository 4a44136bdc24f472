"""How a city's work is cut: in batches of one report, of much the same length, none longer than is said."""

from arshjul.cycle import CycleKey
from arshjul.plan import Kind
from flows.steps.spreading import cycle_batches


def test_cycles_are_cut_in_batches_of_one_report_and_much_the_same_length() -> None:
    units = [f"E{number:03}" for number in range(100)]
    keys = [CycleKey(unit, Kind.T2, 2026) for unit in units]
    keys += [CycleKey(unit, Kind.MR, 2026, 8) for unit in units[:3]]
    found = cycle_batches(keys, 48)
    assert [(title, len(parameters["units"])) for title, parameters in found] == [
        ("MR 2026-08", 3),
        ("T2 2026", 33),
        ("T2 2026", 33),
        ("T2 2026", 34),
    ]
    assert [unit for _, parameters in found[1:] for unit in parameters["units"]] == units
    assert {parameters["month"] for _, parameters in found} == {0, 8}
