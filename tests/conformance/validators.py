"""Validators by others: fetched once into a folder outside the checkout, or the test is skipped.

Java's come from Maven Central by profiles of pom.xml, axe-core from npm. Without Maven or npm the tests are
skipped and say so; where CI is "true" nothing may be skipped, so they fail.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
TOOLS = Path(os.environ.get("ARSHJUL_TOOLS", Path.home() / ".cache" / "arshjul" / "tools"))
AXE = "4.10.3"


def need(program: str, why: str) -> str:
    """The path of a program; the test is skipped without it, or fails where nothing may be skipped."""
    found = shutil.which(program)
    if found is None:
        unavailable(f"{program} finns inte på den här datorn; {why}")
    assert found is not None
    return found


def unavailable(sentence: str) -> None:
    """Skip, or fail where CI promises that everything is tried."""
    if os.environ.get("CI") == "true":
        pytest.fail(sentence)
    pytest.skip(sentence)


def from_maven(profile: str) -> Path:
    """The folder with a Java tool's libraries, fetched where it is not there."""
    folder = TOOLS / profile
    if not list(folder.glob("*.jar")):
        maven = need("mvn", "installera Maven för att prova mot " + profile)
        command = [maven, "-q", "-B", "-f", str(HERE / "pom.xml"), "-P", profile, f"-Dtools={TOOLS}"]
        done = subprocess.run([*command, "dependency:copy-dependencies"], capture_output=True, text=True)
        if done.returncode:
            unavailable(f"Maven kunde inte hämta {profile}: {done.stdout[-600:]}")
    return folder


def axe_script() -> str:
    """axe-core's script, from npm."""
    file = TOOLS / "axe" / "node_modules" / "axe-core" / "axe.min.js"
    if not file.is_file():
        npm = need("npm", "installera Node.js för att prova tillgängligheten med axe-core")
        folder = TOOLS / "axe"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text(json.dumps({"private": True}))
        command = [npm, "install", "--no-audit", "--no-fund", "--silent", f"axe-core@{AXE}"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
        if done.returncode:
            unavailable(f"npm kunde inte hämta axe-core: {done.stderr[-600:]}")
    return file.read_text("utf-8")


def office_path() -> str:
    """LibreOffice."""
    return need("soffice", "installera LibreOffice för att öppna Word-filerna")


def chromium_path() -> str:
    """Chromium as the system has it."""
    return need("chromium", "installera Chromium för att prova webbsidorna")
