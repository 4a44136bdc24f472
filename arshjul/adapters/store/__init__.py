"""The store: typed tables, sessions and migrations for SQLite and PostgreSQL."""
