"""The archive's part of `settings.yaml`: whose records they are, how marked, where copies go, weeding.

Laws and rules of disposal are data here, not text in the program: they change. A password never stands in an
address; it is taken from the environment (`ARCHIVE_PASSWORD_VARIABLE`, or what the S3 library reads).
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from arshjul.config.bounds import require_within

ARCHIVE_PASSWORD_VARIABLE = "ARSHJUL_ARCHIVE_PASSWORD"


@dataclass(frozen=True, slots=True)
class ArchiveSettings:
    """`target` is where every package is copied to, besides the archive folder; empty: nowhere else."""

    target: str = ""  # a folder, sftp://arkiv@host/folder or s3://bucket/folder
    creator: str = ""  # the authority whose records they are; empty: the unit's administration
    creator_id: str = ""  # its organisation number
    receiver: str = ""  # the archive authority that will take them over
    public_marking: str = "Offentlig."
    restricted_marking: str = "Sekretess kan gälla. Sekretessprövas innan något lämnas ut."
    restricted_law: str = "Offentlighets- och sekretesslagen (2009:400) 26 kap. 1 § och 39 kap."
    disposal_rule: str = "Bevaras. Gallras bara efter beslut av arkivmyndigheten."
    weed_after_days: int = 90  # how long drafts and working copies stay when the report is archived
    weed_letters_after_days: int = 400  # how long it can be seen what stood in a letter

    def __post_init__(self) -> None:
        require_within("weed_after_days", self.weed_after_days, 0, 3650)
        require_within("weed_letters_after_days", self.weed_letters_after_days, 0, 3650)
        if urlsplit(self.target).password:
            raise ValueError(
                "target får inte innehålla något lösenord; "
                f"lägg det i miljövariabeln {ARCHIVE_PASSWORD_VARIABLE}"
            )
        for name in ("public_marking", "restricted_marking", "disposal_rule"):
            if not str(getattr(self, name)).strip():
                raise ValueError(f"{name} får inte vara tom: den står i varje arkivpaket")
