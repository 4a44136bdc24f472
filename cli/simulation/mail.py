"""The mail server of a simulated year: a real one on loopback, away or overloaded on its bad days."""

from pathlib import Path
from types import TracebackType
from typing import Self

from aiosmtpd.smtp import SMTP, Envelope, Session

from arshjul.adapters.outbox_server import Keeper, OutboxServer
from cli.simulation.fate import MailTroubleKind


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


class MailServerOfTheYear:
    """`with MailServerOfTheYear(folder) as mail`: letters are kept in the folder."""

    def __init__(self, folder: Path) -> None:
        self._keeper = _Moody(folder, lasting=False)
        self._server = OutboxServer(folder, keeper=self._keeper)
        self._is_up = False
        self.port = 0

    def __enter__(self) -> Self:
        self._server.__enter__()
        self._is_up, self.port = True, self._server.port
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._is_up:
            self._server.__exit__(kind, error, trace)

    def fail(self, trouble: MailTroubleKind) -> None:
        """From now on letters do not get through."""
        if trouble is MailTroubleKind.PUT_OFF:
            self._keeper.puts_off = True
        elif self._is_up:
            self._server.__exit__(None, None, None)
            self._is_up = False

    def recover(self) -> None:
        """They do again, at the same port."""
        self._keeper.puts_off = False
        if not self._is_up:
            self._server = OutboxServer(self._server.folder, self.port, keeper=self._keeper)
            self._server.__enter__()
            self._is_up = True
