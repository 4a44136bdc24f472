"""The outbox: letters through the real road, kept as files that a mail program opens."""

from email import message_from_bytes
from email.policy import default
from pathlib import Path

from arshjul.adapters.mail import Mailer, MailServer
from arshjul.adapters.outbox_server import OutboxServer
from arshjul.letters import write_letter
from tests.letters.samples import SAMPLES, read, written


def send(outbox: OutboxServer, *names: str) -> None:
    server = MailServer(outbox.host, outbox.port, "arshjul@exempel.se", "Årshjul", starttls=False)
    with Mailer(server) as mailer:
        for name in names:
            mailer.send(write_letter(written(name), read))


def test_every_letter_is_kept_whole_under_its_number_subject_and_receiver(tmp_path: Path) -> None:
    with OutboxServer(tmp_path / "utkorg") as outbox:
        send(outbox, *SAMPLES)
    kept = outbox.letters()
    assert len(kept) == len(SAMPLES)
    assert kept[0].name == "0001 T2 2026 fyll i underlaget senast fredag 11 september - anna.berg.eml"
    for path, name in zip(kept, SAMPLES, strict=True):
        message = message_from_bytes(path.read_bytes(), policy=default)
        assert message["Message-ID"] == written(name).message_id
        assert message["Subject"] == written(name).subject


def test_numbers_go_on_where_an_earlier_run_ended(tmp_path: Path) -> None:
    for _ in range(2):
        with OutboxServer(tmp_path) as outbox:
            send(outbox, "report")
    assert [path.name[:5] for path in outbox.letters()] == ["0001 ", "0002 "]
    assert [path.suffix for path in tmp_path.iterdir()] == [".eml", ".eml"]
