"""An installation where a cycle is open and a neighbour has answered, and the ways in to it.

Each kind of hostile input has a method of its kind's name, which takes it the way such things come in: the
inbox, a command's file, the configuration, the portal. Called by `tests.hostile.taking`.
"""

import hashlib
import json
import os
import shutil
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.example import CONFIG, T2, Home, at

NOW = at("2026-09-04 10:00")
NEIGHBOUR = "MANSKENET"


class Program:
    """The installation and its ways in."""

    def __init__(self, folder: Path) -> None:
        from arshjul.adapters.outbox_server import OutboxServer
        from arshjul.adapters.store.database import Database
        from tests.play import Play, answers_of

        folder.mkdir(parents=True)
        database = Database(f"sqlite:///{folder / 'tom.sqlite'}")
        database.migrate()
        database.close()
        self.home = Home.new(folder / "installation", folder / "tom.sqlite")
        self.home.clock.now = NOW
        self._office = self.home.office(lock_wait_seconds=5)
        self.office = self._office.__enter__()
        self.play = Play(self.home, self.office, OutboxServer(folder / "utkorg"))
        with warnings.catch_warnings():
            self.play.morning(self.play.dates.opens)
        self.play.hand_in("elin", answers_of("elin"))
        self.play.morning(at("2026-09-02 13:30"))
        self._portal: Any = None
        self.before = self.neighbours()
        self._lay_out(folder / "material")

    def _lay_out(self, folder: Path) -> None:
        from arshjul.adapters.word_forms.writing import write_word_form
        from arshjul.steps.answers.answering import persons_form
        from tests.play import answers_of, filled

        folder.mkdir()
        (folder / "tom.xlsx").write_bytes(self.play.workbook("mehmet"))
        (folder / "svar.xlsx").write_bytes(filled(self.play.workbook("mehmet"), answers_of("mehmet", 0)))
        mine = persons_form(self.office, T2, "mehmet")
        assert mine is not None
        (folder / "svar.docx").write_bytes(write_word_form(mine.form))
        fields = [field.id for sheet in mine.form.sheets for field in sheet.fields()]
        (folder / "fields.txt").write_text(" ".join(fields), "utf-8")
        shutil.copytree(CONFIG, folder / "config")

    def neighbours(self) -> str:
        """What the neighbour has answered, and how many have been asked."""
        from arshjul.adapters.store import tables

        said = [
            (row.scope, row.version, row.state, row.sha256)
            for row in self.play.rows(tables.Submission)
            if row.scope == NEIGHBOUR
        ]
        saved = [
            (row.field, row.value)
            for row in self.play.rows(tables.SavedAnswer)
            if row.scope == NEIGHBOUR and row.person == "elin"
        ]
        forms = [row.content for row in self.play.rows(tables.Form)]
        return hashlib.sha256(repr((said, saved, forms)).encode()).hexdigest()

    def form(self, name: str, content: bytes) -> str:
        """A file in the inbox, under that name."""
        from arshjul.steps.answers.collecting import collect_file

        inbox = os.fsencode(self.home.inbox)
        os.makedirs(inbox, exist_ok=True)
        path = os.path.join(inbox, name.encode("utf-8", "surrogateescape"))
        with open(path, "wb") as file:
            file.write(content)
        done = collect_file(self.office, Path(os.fsdecode(path)), NOW)
        assert not os.path.exists(path), "it still lies in the inbox"
        if done.quarantined:
            notes = sorted(self.home.data.rglob("*.txt"), key=lambda path: path.stat().st_mtime_ns)
            return notes[-1].read_text("utf-8").strip()
        assert done.accepted or done.rejected or done.seen_before or done.unchanged
        return ""

    def document(self, name: str, content: bytes) -> str:
        """A plan or report that is to be read."""
        from arshjul.adapters.documents.reading import read_document_file

        read_document_file(self._file(name, content))
        return ""

    def reviewed(self, name: str, content: bytes) -> str:
        """A document that is to be reviewed, as the command does it."""
        from click.testing import CliRunner

        from cli.main import arshjul

        path = self._file(name, content)
        result = CliRunner().invoke(arshjul, ["review", str(path), "--json"], standalone_mode=False)
        if result.exception is not None:
            raise result.exception
        return ""

    def plan(self, name: str, content: bytes) -> str:
        """A plan as YAML."""
        from arshjul.adapters.documents.reading import read_plan_file

        read_plan_file(self._file(name, content))
        return ""

    def source(self, name: str, content: bytes) -> str:
        """An export of another system."""
        from arshjul.steps.figures.sources import load_export

        loaded = load_export(self.office, content, name, NOW)
        return " ".join(str(fault) for fault in loaded.read.faults[:1])

    def config(self, name: str, content: bytes) -> str:
        """A file of the configuration, in place of the sound one."""
        from arshjul.config import load_installation

        folder = self.home.folder / "annan"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(CONFIG, folder)
        (folder / name).write_bytes(content)
        load_installation(folder)
        return ""

    def judgement(self, name: str, content: bytes) -> str:
        """A file with the manager's judgements."""
        from arshjul.adapters.judgements import read_judgements
        from arshjul.steps.report import deciding

        judged = read_judgements(self._file(name, content))
        deciding.judge(self.office, T2, "karin", judged, NOW)
        return ""

    def post(self, name: str, content: bytes) -> str:
        """A request to the portal by a deputy; `content` says path, fields, files and headers."""
        from tests.web.visiting import Visit

        if self._portal is None:
            self._portal = Visit(self.office, NOW, "mehmet")
            self._csrf = self._portal.csrf()
        asked = json.loads(content)
        fields = asked.get("fields", {})
        files = {
            each: (one["name"], _bytes(one), one.get("type", "application/octet-stream"))
            for each, one in asked.get("files", {}).items()
        }
        body = asked.get("body")
        answer = self._portal.client.request(
            asked.get("method", "POST"),
            asked["path"],
            headers=asked.get("headers", {}),
            **(
                {"content": _bytes({"hex": body})}
                if body is not None
                else {"data": {"csrf": self._csrf, **fields}, "files": files or None}
            ),
        )
        if answer.status_code >= 500 and answer.status_code != 503:
            raise AssertionError(f"{answer.status_code}: {answer.text[-2000:]}")
        return f"Sidan svarar {answer.status_code}." if answer.status_code >= 400 else ""

    def neighbour(self, name: str, content: bytes) -> str:
        """Whether the neighbour's answers stand as they stood."""
        assert self.neighbours() == self.before, "the neighbour's answers are others than before"
        return ""

    def morning(self, name: str, content: bytes) -> str:
        """A neighbour hands in anew and the cycle goes on, whatever has come in besides."""
        from arshjul.adapters.store import tables
        from tests.play import answers_of

        self.play.hand_in("anna", answers_of("anna"))
        collected = self.play.morning(at("2026-09-17 08:00")).collected
        assert not collected.stuck
        accepted = {row.scope for row in self.play.rows(tables.Submission) if row.state == "accepted"}
        assert {"LARKAN", "PIXELN", NEIGHBOUR} <= accepted
        assert self.play.rows(tables.Draft), "no draft was compiled"
        return ""

    def _file(self, name: str, content: bytes) -> Path:
        path = self.home.folder / name
        path.write_bytes(content)
        return path


def _bytes(said: Mapping[str, Any]) -> bytes:
    """Bytes as they were written down: hexadecimal, or so many zeros."""
    return bytes(said["zeros"]) if "zeros" in said else bytes.fromhex(said["hex"])
