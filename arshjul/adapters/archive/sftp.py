"""SFTP as a target, with the server known: fsspec's own client takes whatever host key it is shown."""

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

import paramiko
from fsspec.implementations.sftp import SFTPFileSystem

from arshjul.errors import ArshjulError

T = TypeVar("T")
_TIMEOUT_SECONDS = 30


class KnownHostFileSystem(SFTPFileSystem):  # type: ignore[misc]
    """Refuses a server that is not in the known hosts of the user who runs the program."""

    protocol = "sftp-known"

    def _connect(self) -> None:
        self.client = paramiko.SSHClient()
        self.client.load_system_host_keys()
        self.client.set_missing_host_key_policy(paramiko.RejectPolicy())
        self.client.connect(self.host, timeout=_TIMEOUT_SECONDS, **self.ssh_kwargs)
        self.ftp = self.client.open_sftp()


def open_sftp(address: str, options: dict[str, Any], made: Callable[[Any, str, str], T]) -> T:
    """`made` of the file system, the folder and the address. ArshjulError where the server says no."""
    parts = urlsplit(address)
    login = {"username": unquote(parts.username)} if parts.username else {}
    port = {"port": parts.port} if parts.port else {}
    try:
        filesystem = KnownHostFileSystem(host=parts.hostname, **login, **port, **options)
    except (paramiko.SSHException, OSError) as error:
        raise ArshjulError(
            f"Det gick inte att logga in på {address}: {error}. "
            "Servern ska stå i known_hosts för den som kör programmet."
        ) from error
    return made(filesystem, parts.path.rstrip("/"), address.rstrip("/"))
