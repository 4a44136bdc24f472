"""Copies of packages at targets that run for real: a folder, an S3-compatible store, an SFTP server."""

import asyncio
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import asyncssh
import pytest
from moto.server import ThreadedMotoServer

from arshjul.adapters.archive import write_package
from arshjul.adapters.archive.reading import verify_tree
from arshjul.adapters.archive.targets import Target, copy_package, open_target
from arshjul.errors import ArshjulError, BadInput
from tests.store.test_package import HOLDING

CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "prov",
    "AWS_SECRET_ACCESS_KEY": "prov",
    "AWS_DEFAULT_REGION": "eu-north-1",
}


@contextmanager
def s3_store(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    import boto3

    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in {**CREDENTIALS, "AWS_ENDPOINT_URL": f"http://{host}:{port}"}.items():
        monkeypatch.setenv(name, value)
    bucket = f"stadsarkivet-{uuid4().hex}"  # moto's stores are one in a process
    boto3.client("s3").create_bucket(
        Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-north-1"}
    )
    yield f"s3://{bucket}/arshjul"
    server.stop()


class Login(asyncssh.SSHServer):
    def begin_auth(self, username: str) -> bool:
        return True

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == ("arkiv", "hemligt")


@contextmanager
def sftp_server(
    folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch, *, known: bool = True
) -> Iterator[str]:
    key = asyncssh.generate_private_key("ssh-ed25519")
    loop = asyncio.new_event_loop()

    def in_folder(channel: asyncssh.SSHServerChannel) -> asyncssh.SFTPServer:
        return asyncssh.SFTPServer(channel, chroot=os.fsencode(folder))

    listening = asyncssh.listen(
        "127.0.0.1", 0, server_factory=Login, server_host_keys=[key], sftp_factory=in_folder
    )
    acceptor = loop.run_until_complete(listening)
    port = acceptor.get_port()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    (home / ".ssh").mkdir(parents=True)
    line = key.export_public_key().decode() if known else ""
    (home / ".ssh" / "known_hosts").write_text(f"[127.0.0.1]:{port} {line}" if known else "")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("ARSHJUL_ARCHIVE_PASSWORD", "hemligt")
    yield f"sftp://arkiv@127.0.0.1:{port}/paket"
    asyncio.run_coroutine_threadsafe(_closed(acceptor), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)


async def _closed(acceptor: asyncssh.SSHAcceptor) -> None:
    acceptor.close()
    await acceptor.wait_closed()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


@pytest.fixture(params=["mapp", "s3", "sftp"])
def target(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Target]:
    if request.param == "s3":
        with s3_store(monkeypatch) as address:
            yield open_target(address)
    elif request.param == "sftp":
        (tmp_path / "servern").mkdir()
        with sftp_server(tmp_path / "servern", tmp_path / "hem", monkeypatch) as address:
            yield open_target(address)
    else:
        yield open_target(str(tmp_path / "annan disk"))


@pytest.fixture
def package(tmp_path: Path) -> Path:
    path = tmp_path / "arkiv" / HOLDING.name
    write_package(path, HOLDING)
    return path


def overwrite(target: Target, name: str, content: bytes) -> None:
    with target.filesystem.open(f"{target.base}/{HOLDING.name}/{name}", "wb") as file:
        file.write(content)


def test_a_copy_is_read_back_whole_and_is_not_sent_twice(package: Path, target: Target) -> None:
    assert copy_package(package, target) == target.address
    assert "hemligt" not in target.address
    tree = target.tree(package.name)
    assert verify_tree(tree) == []
    assert set(tree.files()) == {p.relative_to(package).as_posix() for p in package.rglob("*") if p.is_file()}
    overwrite(target, "documentation/om-paketet.txt", b"nagot annat")
    assert [(fault.code, fault.place) for fault in verify_tree(tree)] == [
        ("changed", "documentation/om-paketet.txt")
    ]
    with pytest.raises(ArshjulError, match="räknas inte som en kopia"):
        copy_package(package, target)  # what lies there is not mended behind anybody's back


def test_what_was_left_of_a_copy_cut_short_is_sent_anew(package: Path, target: Target) -> None:
    target.filesystem.makedirs(f"{target.base}/{package.name}/documentation", exist_ok=True)
    overwrite(target, "documentation/om-paketet.txt", b"halv")
    assert copy_package(package, target) == target.address
    assert verify_tree(target.tree(package.name)) == []


def test_another_package_of_the_same_name_is_not_written_over(package: Path, target: Target) -> None:
    target.filesystem.makedirs(f"{target.base}/{package.name}", exist_ok=True)
    overwrite(target, "METS.xml", b"<mets/>")
    with pytest.raises(ArshjulError, match="ett annat paket med samma namn"):
        copy_package(package, target)


def test_a_server_that_is_not_known_gets_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "servern").mkdir()
    with (
        sftp_server(tmp_path / "servern", tmp_path / "hem", monkeypatch, known=False) as address,
        pytest.raises(ArshjulError, match="known_hosts"),
    ):
        open_target(address)


def test_an_address_that_is_none_is_told() -> None:
    with pytest.raises(BadInput, match="target"):
        open_target("brevduva://torget")
