"""`settings.yaml`: where things lie, how mail goes out, how reports are shown. Every key has a default.

No password stands in a file: the mail server's is taken from the environment (`MAIL_PASSWORD_VARIABLE`)
by the mail adapter. Called by `arshjul.config.installation` and by what needs one of the settings.
"""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from arshjul.config.archive_settings import ArchiveSettings
from arshjul.config.bounds import require_web_address, require_within
from arshjul.config.review_settings import ReviewSettings as ReviewSettings

MAIL_PASSWORD_VARIABLE = "ARSHJUL_MAIL_PASSWORD"
SSO_SECRET_VARIABLE = "ARSHJUL_SSO_SECRET"
MAIL_REDIRECT_VARIABLE = "ARSHJUL_MAIL_REDIRECT"  # what --redirect sets: it reaches the runs as well


class SubunitTexts(StrEnum):
    """Where the sub-units' own texts stand in a report."""

    SHORT = "short"  # shortened, under each goal
    APPENDIX = "appendix"  # in full, in an appendix


class RegisterSource(StrEnum):
    """Where a register number (diarienummer) is fetched from."""

    BUILTIN = "builtin"  # counted by Årshjul, per year: "SOL 2026/14"


@dataclass(frozen=True, slots=True)
class FolderNames:
    """Folders as written in the file: relative ones lie beside the config folder."""

    data: str = "data"
    inbox: str = "data/inkorg"
    quarantine: str = "data/karantan"
    archive: str = "data/arkiv"
    prefect: str = "data/prefect"


@dataclass(frozen=True, slots=True)
class Mail:
    """The mail relay, and how much people are written to. Without `user` no login is tried."""

    host: str = "localhost"
    port: int = 25
    starttls: bool = False
    trusted_ca: str | None = None  # a file of issuers (PEM) to trust; None: those that the machine trusts
    user: str | None = None
    timeout_seconds: int = 20  # for each answer of the server
    from_address: str = "arshjul@localhost.example"
    from_name: str = "Årshjul"
    redirect: str | None = None  # every letter goes to this test box
    receipts: bool = True  # whether a hand-in by workbook is acknowledged
    chasing_per_week: int = 3  # the most reminding letters to one person in a week

    def __post_init__(self) -> None:
        require_within("porten", self.port, 1, 65535)
        for address in (self.from_address, *filter(None, [self.redirect])):
            if address.count("@") != 1 or not address.isascii():
                raise ValueError(f'"{address}" är ingen e-postadress')
        require_within("timeout_seconds", self.timeout_seconds, 1, 300)
        require_within("chasing_per_week", self.chasing_per_week, 1, 5)


@dataclass(frozen=True, slots=True)
class Register:
    """Where register numbers come from. `prefix` stands before the year; empty: the unit's code."""

    source: RegisterSource = RegisterSource.BUILTIN
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """How a report is shown."""

    subunit_texts: SubunitTexts = SubunitTexts.SHORT
    short_text_words: int = 60  # how long a shortened text may be
    sources_appended: bool = False  # PDF and Word end with a table of where everything comes from
    attach_data: bool = False  # the released figures lie in the PDF as a file

    def __post_init__(self) -> None:
        if self.short_text_words < 10:
            raise ValueError("short_text_words ska vara minst 10")


@dataclass(frozen=True, slots=True)
class Forms:
    """What goes out with the letter beside the workbook; the portal has every form three ways."""

    word: bool = False


@dataclass(frozen=True, slots=True)
class SignOn:
    """The city's single sign-on (OpenID Connect). The secret is taken from the environment alone.

    `claim` is where the provider tells the address that organisation.yaml has.
    """

    issuer: str
    client_id: str
    claim: str = "email"

    def __post_init__(self) -> None:
        if not self.issuer.startswith(("https://", "http://127.0.0.1", "http://localhost")):
            raise ValueError(f'"{self.issuer}" är ingen https-adress')


@dataclass(frozen=True, slots=True)
class Portal:
    """The web portal. `address` is where people reach it; without one no letter speaks of clicking."""

    address: str | None = None
    port: int = 8400  # where it listens, on this machine only
    link_days: int = 30  # how long a personal link holds
    jobs_address: str | None = None  # where the operator sees the jobs (Prefect's own pages)
    sso: SignOn | None = None

    def __post_init__(self) -> None:
        require_within("link_days", self.link_days, 1, 120)
        require_within("porten", self.port, 1, 65535)
        require_web_address(self.jobs_address)
        require_web_address(self.address)


@dataclass(frozen=True, slots=True)
class Schedules:
    """How far ahead the coming runs of the year show in Prefect, and how much is done at a time.

    `at_once` is how many batches of a city run side by side, on all workers together: what the database and
    the mail server bear. Up to `one_by_one` units are taken each as a run of its own; more are cut in batches
    of at most `batch_units`, and a full inbox in parts of at most `batch_files`. A longer batch pays for its
    process with more work; a shorter one lets more workers take part.
    """

    horizon_days: int = 400
    at_once: int = 4
    one_by_one: int = 12
    batch_units: int = 96  # minutes of work, beside which the start of a process is a small part
    batch_files: int = 400

    def __post_init__(self) -> None:
        require_within("horizon_days", self.horizon_days, 1, 800)
        require_within("at_once", self.at_once, 1, 100)
        require_within("one_by_one", self.one_by_one, 1, 100)
        require_within("batch_units", self.batch_units, 6, 500)
        require_within("batch_files", self.batch_files, 50, 10_000)


@dataclass(frozen=True, slots=True)
class SettingsRecord:
    """The whole file. `database` empty: SQLite in the data folder."""

    database: str = ""
    timezone: str = "Europe/Stockholm"
    folders: FolderNames = FolderNames()
    mail: Mail = Mail()
    register: Register = Register()
    reports: Shown = Shown()
    forms: Forms = Forms()
    portal: Portal = Portal()
    schedules: Schedules = Schedules()
    archive: ArchiveSettings = field(default_factory=ArchiveSettings)

    def __post_init__(self) -> None:
        if self.database and "://" not in self.database:
            raise ValueError("database ska vara en adress som postgresql+psycopg://… eller sqlite:///…")
        if self.timezone != "Europe/Stockholm":
            raise ValueError("timezone kan bara vara Europe/Stockholm")


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders of an installation, as paths that can be used. They may not exist yet."""

    data: Path
    inbox: Path
    quarantine: Path
    archive: Path
    prefect: Path


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings in use."""

    database_url: str
    timezone: str
    folders: Folders
    mail: Mail
    register: Register
    reports: Shown
    forms: Forms = Forms()
    portal: Portal = Portal()
    schedules: Schedules = Schedules()
    archive: ArchiveSettings = field(default_factory=ArchiveSettings)

    def under(self, folder: Path) -> "Settings":
        """The same settings with database and folders under another folder (a demo, a simulation)."""
        return replace(
            self,
            database_url=_sqlite_url(folder / "data"),
            folders=_folders(FolderNames(), folder),
        )


def settings_from(record: SettingsRecord, base: Path) -> Settings:
    """The settings in use, with relative folders placed under `base`."""
    folders = _folders(record.folders, base)
    return Settings(
        database_url=record.database or _sqlite_url(folders.data),
        timezone=record.timezone,
        folders=folders,
        mail=_with_whole_path(record.mail, base),
        register=record.register,
        reports=record.reports,
        forms=record.forms,
        portal=record.portal,
        schedules=record.schedules,
        archive=_with_whole_target(record.archive, base),
    )


def _with_whole_path(mail: Mail, base: Path) -> Mail:
    return replace(mail, trusted_ca=str(base / mail.trusted_ca)) if mail.trusted_ca else mail


def _with_whole_target(archive: ArchiveSettings, base: Path) -> ArchiveSettings:
    """A target without a scheme is a folder, beside the config folder where it is relative."""
    if not archive.target or "://" in archive.target:
        return archive
    return replace(archive, target=str(base / archive.target))


def _folders(names: FolderNames, base: Path) -> Folders:
    return Folders(
        data=base / names.data,
        inbox=base / names.inbox,
        quarantine=base / names.quarantine,
        archive=base / names.archive,
        prefect=base / names.prefect,
    )


def _sqlite_url(data: Path) -> str:
    return f"sqlite:///{data / 'arshjul.sqlite'}"
