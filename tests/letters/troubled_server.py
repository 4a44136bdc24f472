"""A real SMTP server on loopback that misbehaves as it is told to: the test double of a relay."""

import asyncio
import datetime as dt
import ipaddress
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from arshjul.adapters.outbox_server import LoopbackController


@dataclass
class Troubles:
    """What goes wrong, and what the server took in spite of it. Counters count down to nothing wrong."""

    refuse: dict[str, str] = field(default_factory=dict)  # receiver -> answer
    sender_answer: str = ""
    data_answer: str = ""
    drop_while_idle: int = 0
    drop_at_sender: int = 0
    drop_after_data: int = 0
    slow_seconds: float = 0.0
    taken: list[bytes] = field(default_factory=list)
    connections: int = 0

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += not session.host_name
        session.host_name = hostname
        return responses

    async def handle_NOOP(self, server: SMTP, session: Session, envelope: Envelope, arg: str) -> str:
        if self.drop_while_idle:
            self.drop_while_idle -= 1
            _drop(server)
        return "250 OK"

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.drop_at_sender:
            self.drop_at_sender -= 1
            _drop(server)
        if self.sender_answer:
            return self.sender_answer
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.data_answer:
            return self.data_answer
        assert isinstance(envelope.content, bytes)
        self.taken.append(envelope.content)
        await asyncio.sleep(self.slow_seconds)
        if self.drop_after_data:
            self.drop_after_data -= 1
            _drop(server)
        return "250 OK"


def _drop(server: SMTP) -> None:
    assert server.transport is not None
    server.transport.abort()


@contextmanager
def troubled_server(troubles: Troubles, **options: Any) -> Iterator[int]:
    """The port of a server with those troubles; `options` are aiosmtpd's (`tls_context`, `authenticator`)."""
    controller = LoopbackController(troubles, "127.0.0.1", 0, **options)
    controller.start()
    try:
        yield int(controller.port)
    finally:
        controller.stop()


def only(user: str, password: str) -> Any:
    """An authenticator that knows one user."""

    def authenticate(
        server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        known = LoginPassword(user.encode(), password.encode())
        return AuthResult(success=data == known, handled=False)

    return authenticate


@dataclass
class Authority:
    """An issuer of certificates of our own: `trusted` is its file for those who trust it."""

    folder: Path
    name: str = "provet"
    _key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    @property
    def trusted(self) -> str:
        path = self.folder / f"{self.name}-utfardare.pem"
        path.write_bytes(self._certificate(self._key, self.name, 1, None).public_bytes(_PEM))
        return str(path)

    def server(self, host: str = "127.0.0.1", days: int = 1) -> ssl.SSLContext:
        """A server's context with a certificate for `host`; with negative `days` it has lapsed."""
        key = ec.generate_private_key(ec.SECP256R1())
        file = self.folder / f"{self.name}-server.pem"
        private = key.private_bytes(_PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        file.write_bytes(private + self._certificate(key, "server", days, host).public_bytes(_PEM))
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(file)
        return context

    def _certificate(
        self, key: ec.EllipticCurvePrivateKey, subject: str, days: int, host: str | None
    ) -> x509.Certificate:
        now = dt.datetime.now(dt.UTC)
        issuer_key = self._key.public_key()
        made = (
            x509.CertificateBuilder()
            .subject_name(_named(subject))
            .issuer_name(_named(self.name))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(days=10))
            .not_valid_after(now + dt.timedelta(days=days))
            .add_extension(x509.BasicConstraints(ca=host is None, path_length=None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key), critical=False)
        )
        if host is not None:
            address = x509.IPAddress(ipaddress.ip_address(host))
            made = made.add_extension(x509.SubjectAlternativeName([address]), critical=False)
        return made.sign(self._key, hashes.SHA256())


_PEM = serialization.Encoding.PEM


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
