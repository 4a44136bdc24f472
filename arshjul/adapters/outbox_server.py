"""A real SMTP server on loopback that keeps each letter as an .eml file instead of passing it on.

For the demonstration, a test box and tests: any mail program opens the files. The letter is on disk before
the server says that it has taken it. Called by the demo and `arshjul simulate`.
"""

import asyncio
import os
import re
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

_UNSAFE = re.compile(r"[^\w ,().@-]+")
_LONGEST_SUBJECT = 80  # leaves room for the receiver within what file systems allow


class OutboxServer:
    """`with OutboxServer(folder) as outbox`: listens on `outbox.host` and `outbox.port`.

    Port 0 takes a free one. Files are numbered in the order the letters came, on from what lies there.
    """

    def __init__(self, folder: Path, port: int = 0, keeper: "Keeper | None" = None) -> None:
        self.folder = folder
        self.host = "127.0.0.1"
        self._controller = LoopbackController(keeper or Keeper(folder), self.host, port)

    @property
    def port(self) -> int:
        """The port it listens on, once entered."""
        return int(self._controller.port)

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._controller.stop()

    def letters(self) -> list[Path]:
        """The kept letters, oldest first."""
        return sorted(self.folder.glob("*.eml"))


class LoopbackController(Controller):
    """Tells which port the system chose; aiosmtpd itself would knock on port 0 to see whether it is up."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


class Keeper:
    """Numbers the letters, on from what lies in the folder when the first one comes.

    With `lasting` False they need not survive a power cut, and are kept faster.
    """

    def __init__(self, folder: Path, *, lasting: bool = True) -> None:
        self._folder = folder
        self._lasting = lasting
        self._last: int | None = None

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content: Any = envelope.content
        if self._last is None:
            self._last = _last_number(self._folder)
        self._last += 1
        name = f"{self._last:04} {_file_name(content, envelope.rcpt_tos)}.eml"
        if self._lasting:
            _write_surely(content, self._folder / name)
        else:
            (self._folder / name).write_bytes(content)
        return "250 OK"


def _last_number(folder: Path) -> int:
    numbers = (path.name.partition(" ")[0] for path in folder.glob("*.eml"))
    return max((int(number) for number in numbers if number.isdigit()), default=0)


def _write_surely(content: bytes, path: Path) -> None:
    """Never half a file, and none that a power cut takes back."""
    unfinished = path.with_name(f"{path.name}.part")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # the name has to last as well
    finally:
        os.close(folder)


def _file_name(letter: bytes, receivers: list[str]) -> str:
    head = letter.partition(b"\r\n\r\n")[0]  # what is attached is not taken apart for its name
    subject = str(message_from_bytes(head, policy=default)["Subject"] or "utan ämne")
    to = receivers[0].partition("@")[0] if receivers else "ingen"
    safe = " ".join(_UNSAFE.sub(" ", subject).split())[:_LONGEST_SUBJECT].rstrip(" .,")
    return f"{safe} - {_UNSAFE.sub('', to)}"
