"""Sends letters through yagmail, many over one connection, and says in Swedish what went wrong.

Yagmail connects, starts TLS and logs in; the letter itself is what `arshjul.letters.message` has written,
handed over as it is. Which letters to send, claiming them and trying again later belong to the sender that
calls this; nothing is kept here and nothing is ever asked at a prompt.

MailTrouble (arshjul.errors)   this letter; `permanent` says whether trying again helps
├── MailServerTrouble          no letter can be sent now: stop the batch, nothing was taken
└── MailUncertain              the line broke while the letter was handed over: it may have come
"""

import smtplib  # its errors only: the connection is yagmail's
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

import yagmail

from arshjul.errors import BadInput, MailTrouble
from arshjul.letters import WrittenLetter

_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_CLOSING = 421  # RFC 5321: the service is not available and closes the line
_TOO_LARGE = 552  # said of a letter's size already when it is announced with the sender


class MailServerTrouble(MailTrouble):
    """The server is down, distrusted or refuses the login; the same would happen to every letter."""


class MailUncertain(MailTrouble):
    """The server may have taken the letter; sent again it bears the same Message-ID."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """The relay, how to reach it, and the mailbox that sends.

    Without `user` nobody logs in. The certificate is always verified: against the issuers in the file
    `trusted` (PEM), or those that the machine trusts. `timeout` is in seconds, for each answer of the server.
    """

    host: str
    port: int
    from_address: str
    from_name: str
    starttls: bool = True
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    trusted: str | None = None
    timeout: float = 20.0

    def __post_init__(self) -> None:
        where = f"e-postservern {self.host}"
        if self.user and not self.password:
            raise BadInput(
                f"Lösenordet för användaren {self.user} saknas. Ange det i inställningarna.", where
            )
        if self.user and not self.starttls and self.host not in _LOOPBACK:
            raise BadInput("Inloggning utan STARTTLS skickar lösenordet öppet. Slå på STARTTLS.", where)

    def verifying(self) -> ssl.SSLContext:
        """What checks the server's certificate and name. BadInput where the file of issuers is none."""
        try:
            return ssl.create_default_context(cafile=self.trusted)
        except OSError as error:
            raise BadInput(
                f"Filen med betrodda utfärdare går inte att läsa ({error.strerror or error}). "
                "Rätta trusted_ca i inställningarna.",
                str(self.trusted),
            ) from error


class Mailer:
    """One connection to the relay, for one batch of letters: `with Mailer(server) as mailer`."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        # True alone would take any certificate; only a passed context verifies it.
        starttls = {"context": server.verifying()} if server.starttls else False
        self._yagmail = yagmail.SMTP(
            # A mapping, since yagmail adds "@gmail.com" to a bare user name.
            user={server.user or server.from_address: server.from_name},
            password=server.password or "",
            host=server.host,
            port=server.port,
            smtp_ssl=False,
            smtp_starttls=starttls,
            smtp_skip_login=server.user is None,
            soft_email_validation=False,
            timeout=server.timeout,
            # Our own name for the greeting: asking the resolver can take long where there is none.
            local_hostname=server.from_address.rpartition("@")[2],
        )
        self._yagmail.set_logging(None)  # it would write to standard error

    def __enter__(self) -> Self:
        self._connect()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._hang_up()

    def send(self, letter: WrittenLetter) -> None:
        """Hands one letter to the relay; returns when the relay has taken it.

        A line that was broken while nobody spoke is mended first. MailTrouble otherwise, one of its two
        kinds where the caller acts differently.
        """
        self._see_that_it_answers()
        try:
            self._yagmail.smtp.sendmail(self._server.from_address, [letter.address], letter.content)
        except smtplib.SMTPServerDisconnected as error:
            raise MailUncertain(
                f"Förbindelsen bröts när brevet till {letter.to} lämnades. Det kan ha kommit fram; skickas "
                "det igen är det med samma Message-ID.",
                permanent=False,
            ) from error
        except smtplib.SMTPRecipientsRefused as error:
            code, answer = next(iter(error.recipients.values()))
            raise self._refused(f"mottagaren {letter.to}", code, answer) from error
        except smtplib.SMTPSenderRefused as error:
            if error.smtp_code < 500 or error.smtp_code == _TOO_LARGE:
                raise self._refused(f"brevet till {letter.to}", error.smtp_code, error.smtp_error) from error
            raise self._trouble(
                f"godtar inte avsändaren {self._server.from_address} ({_answer(error.smtp_error)}). "
                "Kontrollera avsändaradressen."
            ) from error
        except smtplib.SMTPResponseException as error:
            raise self._refused(f"brevet till {letter.to}", error.smtp_code, error.smtp_error) from error

    def _see_that_it_answers(self) -> None:
        try:
            self._yagmail.smtp.noop()
        except smtplib.SMTPServerDisconnected:
            self._connect()

    def _connect(self) -> None:
        try:
            self._yagmail.login()
            self._yagmail.smtp.ehlo_or_helo_if_needed()
        except OSError as error:  # smtplib's own errors are OSErrors too
            if self._yagmail.smtp is not None:
                self._yagmail.smtp.close()
            raise self._explained(error) from error

    def _explained(self, error: OSError) -> MailServerTrouble:
        """Why the server cannot be used, and what to do."""
        if isinstance(error, ssl.SSLCertVerificationError):
            return self._trouble(
                f"har ett certifikat som inte går att lita på ({error.verify_message}). "
                "Kontrollera värdnamnet och vilka utfärdare som är betrodda."
            )
        if isinstance(error, smtplib.SMTPAuthenticationError):
            return self._trouble(
                f"godtog inte inloggningen för {self._server.user} ({_answer(error.smtp_error)}). "
                "Kontrollera användarnamn och lösenord."
            )
        if isinstance(error, smtplib.SMTPNotSupportedError):
            lacks = "STARTTLS" if "STARTTLS" in str(error) else "inloggning"
            return self._trouble(f"erbjuder inte {lacks}. Ändra inställningen eller servern.")
        return self._trouble(f"går inte att nå ({error}). Breven ligger kvar och skickas nästa gång.")

    def _refused(self, what: str, code: int, answer: bytes | str) -> MailTrouble:
        if code == _CLOSING:
            return self._trouble(f"stänger för tillfället ({_answer(answer)}). Breven skickas nästa gång.")
        permanent = code >= 500
        when = "" if permanent else " för tillfället"
        return MailTrouble(
            f"E-postservern tog inte emot {what}{when}: {code} {_answer(answer)}", permanent=permanent
        )

    def _trouble(self, rest: str) -> MailServerTrouble:
        server = self._server
        return MailServerTrouble(f"E-postservern {server.host}:{server.port} {rest}", permanent=False)

    def _hang_up(self) -> None:
        with suppress(OSError):  # every letter has had its answer by now; how the line ends does not matter
            self._yagmail.close()


def _answer(answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return " ".join(text.split())
