"""`python -m site_builder` is `site-builder`."""

from __future__ import annotations

import atexit
import gc


def main() -> None:
    """Runs the command without looking for garbage where there is none: in what it imports, and at its end.

    That takes 0.15 s, a tenth of a build in which one story has changed.
    """
    gc.disable()
    from site_builder.cli import main as command

    gc.enable()
    atexit.register(gc.freeze)
    command.main()


if __name__ == "__main__":
    main()
