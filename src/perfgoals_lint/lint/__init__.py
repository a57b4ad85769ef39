"""Rules meet tables: contexts, checks, the engine, and the findings that come of it."""
