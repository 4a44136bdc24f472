"""Where a store of the city's own kind is needed, too."""

from tests.databases import postgresql

__all__ = ["postgresql"]
