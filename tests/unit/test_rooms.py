"""The rooms of the house are kept apart: import-linter's list of pure modules is whole."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
EDGE = {"adapters", "office", "steps", "web"}


def test_every_module_of_the_domain_is_either_pure_or_named_as_edge() -> None:
    rooms = {
        path.stem
        for path in (ROOT / "arshjul").iterdir()
        if (path.suffix == ".py" and path.stem != "__init__") or (path / "__init__.py").is_file()
    }
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    listed = {
        module.removeprefix("arshjul.")
        for contract in contracts
        if contract["name"].startswith("the pure modules")
        for module in contract["source_modules"]
    }
    missing = rooms - EDGE - listed
    assert not missing, f"add to the contract of pure modules in pyproject.toml: {sorted(missing)}"
    assert not listed - rooms, f"take out of the contract in pyproject.toml: {sorted(listed - rooms)}"
