"""A terminal at which somebody runs a command."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path


def at_a_terminal(
    root: Path, arguments: Sequence[str], answers: Sequence[str] = (), **environment: str
) -> tuple[int, str]:
    """What somebody sees who types these answers, one whenever asked; with the exit code."""
    main, terminal = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "site_builder", *arguments],
        cwd=root,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env=os.environ | environment,
    )
    os.close(terminal)
    waiting, said = list(answers), b""
    while select.select([main], [], [], 60)[0]:
        try:
            part = os.read(main, 65536)
        except OSError:  # Linux tells the end so
            break
        if not part:
            break
        said += part
        if waiting and said.endswith("› ".encode()):
            os.write(main, f"{waiting.pop(0)}\n".encode())
    os.close(main)
    assert not waiting, said.decode()
    return process.wait(60), said.decode().replace("\r\n", "\n")
