"""What a benchmark is done with: out of the way at once, removed at its end.

For minutes after a file was removed ext4 does not give its inode to another one, and passes over it in
each search for a free one: a build after the removal of a site took a quarter longer.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from uuid import uuid4

from benchmarks.contestants import ROOT

HOME = ROOT / ".site_builder" / "bench" / "discarded"


def discard(path: Path) -> None:
    """Moves a file or a folder away, if it is there."""
    HOME.mkdir(parents=True, exist_ok=True)
    if path.exists():
        path.rename(HOME / uuid4().hex)


def remove() -> None:
    """Removes everything that was discarded."""
    shutil.rmtree(HOME, ignore_errors=True)
