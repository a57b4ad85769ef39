"""The commands. Each module defines one click command and imports what it runs inside it."""
