"""What it costs to compile and review: one unit of ten sub-units, and a city of 720 units in one process.

    python -m bench.compiling               the unit, against the bare sums in pandas
    python -m bench.compiling --city 720    the city, and whether time follows the number of units

CPU seconds of this process, the best of several. `--slower` says how many times slower than the machine of
the goals this one is. Not a test: what it prints is read by people.
"""

import argparse
import gc
import resource
from collections.abc import Callable
from time import process_time

import pandas as pd

from arshjul.compilation import compile_cycle
from arshjul.compilation.goals import compile_openly
from arshjul.config.review_settings import default_review_settings
from arshjul.cycle_data import CycleData
from arshjul.review.cycle_review import review_cycle
from bench.made_unit import GOALS, INDICATORS, YEARS, unit_data

GOAL_SECONDS, GOAL_MEGABYTES = 0.2, 1000


def compile_and_review(data: CycleData) -> int:
    """What is measured; the number of findings, so that nothing of it is left undone."""
    return len(review_cycle(compile_cycle(data), default_review_settings()))


def bare(data: CycleData) -> float:
    """The floor: the same numbers as one frame of floats, one sum and one mean an indicator."""
    rows = [
        (key.partition(".")[0], float(answer.number))
        for counted in data.submissions.values()
        for key, answer in counted.answers.items()
        if answer.number is not None
    ]
    made = (
        pd.DataFrame(rows, columns=["indicator", "number"])
        .groupby("indicator")["number"]
        .agg(["sum", "mean"])
    )
    return float(made["sum"].sum())


def cpu(work: Callable[[], object], times: int) -> float:
    """CPU seconds, the best of `times`."""
    best = float("inf")
    for _ in range(times):
        gc.collect()
        begun = process_time()
        work()
        best = min(best, process_time() - begun)
    return best


def peak_megabytes() -> float:
    """The most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def one_unit(slower: float) -> None:
    """A unit of ten sub-units."""
    data = unit_data("A", 10, 1)
    answers = sum(len(counted.answers) for counted in data.submissions.values())
    compiled = compile_cycle(data)
    settings = default_review_settings()
    figures = cpu(lambda: compile_openly(data), 9)
    compiling = cpu(lambda: compile_cycle(data), 7)
    review = cpu(lambda: review_cycle(compiled, settings), 7)
    floor = cpu(lambda: bare(data), 15)
    whole = compiling + review
    print(f"one unit: 10 sub-units, {answers} answers, {GOALS} goals, {INDICATORS} indicators, {YEARS} years")
    for name, seconds in (
        ("bare sums in pandas", floor),
        ("figures, texts, proposals", figures),
        ("suppression", compiling - figures),
        ("review", review),
        ("compiled and reviewed", whole),
    ):
        print(f"  {name:<27}{seconds:7.4f} s CPU {seconds / floor:7.1f} times the bare sums")
    kept = "kept" if whole / slower <= GOAL_SECONDS else "MISSED"
    print(f"  on the machine of the goals about {whole / slower:.3f} s; goal {GOAL_SECONDS} s {kept}")


def city(units: int) -> None:
    """Units of eight sub-units one after another, as the upkeep of a city does; nothing is kept of each but a
    count.
    """
    print(f"\ncity: {units} units of 8 sub-units")
    base = peak_megabytes()
    answers = findings = 0
    spent = 0.0
    marks = {units // 16, units // 4, units}
    for number in range(1, units + 1):
        data = unit_data(f"E{number:03}", 8, number)
        answers += sum(len(counted.answers) for counted in data.submissions.values())
        begun = process_time()
        findings += compile_and_review(data)
        spent += process_time() - begun
        if number in marks:
            each = 1000 * spent / number
            said = f"{number:>5} units {answers:>9} answers {spent:7.1f} s {each:6.1f} ms a unit"
            print(f"{said} {peak_megabytes():5.0f} MB", flush=True)
    kept = "kept" if peak_megabytes() < GOAL_MEGABYTES else "MISSED"
    print(
        f"  {findings} findings; {base:.0f} MB before, {peak_megabytes():.0f} MB at most; "
        f"goal {GOAL_MEGABYTES} MB {kept}"
    )


def main() -> None:
    """Measure what was asked for."""
    formatter = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=formatter)
    parser.add_argument("--city", type=int, default=0, metavar="UNITS")
    parser.add_argument("--slower", type=float, default=1.0, help="how many times slower this machine is")
    chosen = parser.parse_args()
    one_unit(chosen.slower)
    if chosen.city:
        city(chosen.city)


if __name__ == "__main__":
    main()
