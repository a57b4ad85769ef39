"""Taking a page of the HTML report apart."""

from __future__ import annotations

import base64
import gzip
import json
from typing import Any

_OPEN = '<script type="application/gzip" id="data">'


def data_of(page: str) -> dict[str, Any]:
    """The packed data of a page."""
    data: dict[str, Any] = json.loads(gzip.decompress(base64.b64decode(split(page)[1])))
    columns = data["findings"]
    rows = ({name: held[at] for name, held in columns.items()} for at in range(data["number"]))
    data["findings"] = [{name: value for name, value in row.items() if value is not None} for row in rows]
    for grid in data["grids"]:
        grid["c"] = [[*cell[:4], text, *cell[4:]] for cell, text in zip(grid["c"], grid["t"], strict=True)]
    return data


def split(page: str) -> tuple[str, str, str]:
    """What stands before the packed data, the packed data, what stands behind it."""
    head, _, rest = page.partition(_OPEN)
    packed, _, tail = rest.partition("</script>")
    return head + _OPEN, packed, "</script>" + tail
