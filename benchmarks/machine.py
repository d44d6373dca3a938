"""What the figures were measured with: kind of machine, versions of all encoders."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Mapping
from importlib import metadata

import PIL
from PIL import features

from benchmarks.contestants import PEERS


def facts() -> dict[str, str]:
    """Names and versions; nothing that tells one machine from another of its kind."""
    return {
        **_computer(),
        "Pillow": PIL.__version__,
        **{part: features.version(part) or "none" for part in ("avif", "webp", "libjpeg_turbo")},
        "Hugo": _package("hugo"),
        "node": _said("node", "--version"),
        **{name: _node_package(name) for name in ("sharp", "@11ty/eleventy-img")},
    }


def builders() -> dict[str, str]:
    """The same of what builds sites."""
    names = ("hugo", "pagefind_bin_extended", "mkdocs", "mkdocs-material", "zensical")
    return _computer() | {name: _package(name) for name in names}


def described(facts: Mapping[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in facts.items())


def _computer() -> dict[str, str]:
    return {
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}",
        "Python": platform.python_version(),
    }


def _package(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "none"


def _said(*command: str) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "none"


def _node_package(name: str) -> str:
    package = PEERS / "node_modules" / name / "package.json"
    return str(json.loads(package.read_bytes())["version"]) if package.exists() else "none"
