"""The mail server of a simulated year: a real one on loopback, away or overloaded on its bad days.

It is a process of its own, as mail servers are, and takes letters while the year goes on.
"""

import signal
from contextlib import nullcontext, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Self

from aiosmtpd.smtp import SMTP, Envelope, Session

from arshjul.adapters.outbox_server import Keeper, OutboxServer
from cli.simulation.fate import MailTroubleKind


class MailServerOfTheYear:
    """`with MailServerOfTheYear(folder) as mail`: letters are kept in the folder."""

    def __init__(self, folder: Path) -> None:
        spawn = get_context("spawn")
        self._line, its_end = spawn.Pipe()
        self._process = spawn.Process(target=_serve, args=(folder, its_end), daemon=True)
        self._its_end = its_end
        self._trouble: MailTroubleKind | None = None
        self.port = 0

    def __enter__(self) -> Self:
        self._process.start()
        self._its_end.close()  # now the process has it alone, and its death is seen here
        self.port = self._line.recv()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._line.close()
        self._process.join()

    def fail(self, trouble: MailTroubleKind) -> None:
        """From now on letters do not get through."""
        self._become(trouble)

    def recover(self) -> None:
        """They do again, at the same port."""
        self._become(None)

    def _become(self, trouble: MailTroubleKind | None) -> None:
        if trouble is not self._trouble:
            self._trouble = trouble
            self._line.send(trouble)
            self._line.recv()


class _Moody(Keeper):
    """Takes every letter, or while `puts_off` says to come again later."""

    puts_off = False

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.puts_off:
            return "451 4.3.2 Servern är överbelastad, försök igen senare"
        envelope.rcpt_tos.append(address)
        return "250 OK"


def _serve(folder: Path, line: Connection) -> None:
    """Serve until nobody is at the other end of the line: well, or with the trouble that comes over it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever interrupts the year ends the server, too
    keeper, port = _Moody(folder, lasting=False), 0
    trouble: MailTroubleKind | None = None
    with suppress(EOFError):
        while True:
            keeper.puts_off = trouble is MailTroubleKind.PUT_OFF
            server = OutboxServer(folder, port, keeper=keeper)
            with nullcontext() if trouble is MailTroubleKind.AWAY else server:
                port = port or server.port
                line.send(port)
                trouble = line.recv()
