# Two commands for everybody: `make site` builds the site, `make test` checks everything.
VENV ?= .venv
PYTHON ?= python3
RUN := $(VENV)/bin

.PHONY: site serve test lint browser illustrations lock clean

site: $(VENV)/.site
	$(RUN)/site-builder build

serve: $(VENV)/.site
	$(RUN)/mkdocs serve

test: $(VENV)/.test browser lint
	$(RUN)/pytest -n auto

lint: $(VENV)/.test
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .
	$(RUN)/mypy

# Chromium and Chinese fonts from Debian, where they are missing.
browser:
	@if ! command -v chromium >/dev/null || ! fc-list :lang=zh 2>/dev/null | grep -q .; then \
		sudo=$$([ "$$(id -u)" = 0 ] || echo sudo); \
		$$sudo apt-get update -q && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -qy chromium fonts-noto-cjk fontconfig; \
	fi

# Draws each illustration anew from the SVG beside it.
illustrations:
	for drawing in content/*/*/photos/*.svg; do rsvg-convert -w 1920 "$$drawing" -o "$${drawing%.svg}.png"; done

# Pins everything anew, with hashes and without addresses.
lock:
	$(PYTHON) -m venv $(VENV) && $(RUN)/pip install --quiet uv
	$(RUN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url \
		pyproject.toml requirements/build.in -o requirements/site.txt
	$(RUN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url \
		--extra dev pyproject.toml requirements/build.in -c requirements/site.txt -o requirements/test.txt

$(VENV)/.site: requirements/site.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(RUN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/site.txt
	$(RUN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.test: requirements/test.txt $(VENV)/.site
	$(RUN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	touch $@

clean:
	rm -rf site .site_builder $(VENV)
