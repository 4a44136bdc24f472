"""The table of the simulated years at the end: what came of each, and the rules that did not hold."""

from typing import Any


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """One line a year, from what its test noted (`record_property`)."""
    lines = []
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            noted = dict(report.user_properties)
            if report.when == "call" and "seed" in noted:
                lines.append(
                    (noted["seed"], noted["letters"], noted["late"], noted["cpu"], noted["breaches"])
                )
    if not lines:
        return
    terminalreporter.section("simulerade år")
    terminalreporter.write_line(f"{'år':>4} {'brev':>6} {'sena':>6} {'sekunder':>9}  brutna regler")
    for seed, letters, late, cpu, breaches in sorted(lines):
        terminalreporter.write_line(f"{seed:4} {letters:6} {late:6} {cpu:9.0f}  {breaches or 'inga'}")
