"""The installation's configuration: YAML files in, the house's own dataclasses out, faults in Swedish.

`load_installation` is what everybody calls; the modules here read one file each. What the settings mean
is not here but where they are used.
"""

from arshjul.config.installation import Installation, load_installation
from arshjul.config.settings import (
    MAIL_PASSWORD_VARIABLE,
    MAIL_REDIRECT_VARIABLE,
    ReviewSettings,
    Settings,
)

__all__ = [
    "MAIL_PASSWORD_VARIABLE",
    "MAIL_REDIRECT_VARIABLE",
    "Installation",
    "ReviewSettings",
    "Settings",
    "load_installation",
]
