"""What every table shares: the declarative base, with fixed names of constraints, and common types."""

from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase

from arshjul.adapters.store.columns import CanonicalJson, ExactDecimal, UtcTime

Code = String(40)
Sha256 = String(64)


class Base(DeclarativeBase):
    """Names of constraints are fixed, so that migrations can speak of them on every database."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        }
    )
    type_annotation_map: ClassVar = {datetime: UtcTime, Decimal: ExactDecimal, Any: CanonicalJson, str: Text}
