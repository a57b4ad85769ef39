"""Rules of a made-up finance bureau."""

from pathlib import Path

PAGES = Path(__file__).parent / "pages"
