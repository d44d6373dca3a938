"""A real nginx on a free loopback port, in the foreground, from a folder of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATH = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"])
"""Debian keeps nginx where only administrators look."""

CONFIG = """\
daemon off;
master_process off;
pid nginx.pid;
error_log error.log;
events {{ }}
http {{
    access_log off;
    include /etc/nginx/mime.types;
    client_body_temp_path temp;
    proxy_temp_path temp;
    fastcgi_temp_path temp;
    uwsgi_temp_path temp;
    scgi_temp_path temp;
    server {{
        listen 127.0.0.1:{port};
        root {root};
        include {snippet};
    }}
}}
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def nginx(root: Path, snippet: Path, home: Path, port: int | None = None) -> Iterator[str]:
    """Serves the folder `root` with the site's `nginx-headers.conf`; gives the address, ends with a slash.

    Raises:
        CalledProcessError: with what `nginx -t` says of the configuration.
    """
    port = port or free_port()
    home.mkdir(parents=True, exist_ok=True)
    config = home / "nginx.conf"
    config.write_text(CONFIG.format(port=port, root=root, snippet=snippet), "utf-8")
    binary = shutil.which("nginx", path=PATH)
    assert binary, "nginx is not installed"
    command = [binary, "-p", str(home), "-c", str(config), "-e", "error.log"]
    subprocess.run([*command, "-t", "-q"], check=True, capture_output=True, text=True)
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            _wait(process, port)
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + 10
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except ConnectionRefusedError:
            assert process.poll() is None and time.monotonic() < until, "nginx does not answer"
            time.sleep(0.02)
