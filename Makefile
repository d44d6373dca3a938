# Two commands for everybody: `make site` builds the site, `make test` checks everything.
VENV ?= .venv
PYTHON ?= python3
RUN := $(VENV)/bin
INSTALL = $(RUN)/pip install --quiet --disable-pip-version-check --require-hashes
COMPILE = $(RUN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url

.PHONY: site serve test lint browser bench illustrations lock clean

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

# From Debian, where they are missing: Chromium, Chinese fonts, a voice to read aloud with.
PACKAGES = chromium fonts-noto-cjk fontconfig speech-dispatcher speech-dispatcher-espeak-ng
browser:
	@if ! command -v chromium >/dev/null || ! command -v speech-dispatcher >/dev/null \
	|| ! fc-list :lang=zh 2>/dev/null | grep -q .; then \
		sudo=$$([ "$$(id -u)" = 0 ] || echo sudo); \
		$$sudo apt-get update -q && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -qy $(PACKAGES); \
	fi

# Photos beside sharp, eleventy-img and Hugo: PHOTOS names a folder of real photographs, drawn ones stand in.
bench: $(VENV)/.bench $(VENV)/.peers
	$(RUN)/python -m benchmarks.formats $(PHOTOS)
	$(RUN)/python -m benchmarks.photos $(PHOTOS)

# Draws each illustration anew from the SVG beside it.
illustrations:
	for drawing in content/*/*/photos/*.svg; do rsvg-convert -w 1920 "$$drawing" -o "$${drawing%.svg}.png"; done

# Pins everything anew, with hashes and without addresses.
lock:
	$(PYTHON) -m venv $(VENV) && $(RUN)/pip install --quiet uv
	$(COMPILE) pyproject.toml requirements/build.in -o requirements/site.txt
	$(COMPILE) --extra dev pyproject.toml requirements/build.in -c requirements/site.txt -o requirements/test.txt
	$(COMPILE) --extra bench pyproject.toml requirements/build.in -c requirements/site.txt -o requirements/bench.txt
	$(COMPILE) requirements/peers.in -o requirements/peers.txt
	npm install --silent --prefix benchmarks/peers --package-lock-only --omit-lockfile-registry-resolved
	node benchmarks/peers/lock.mjs

$(VENV)/.site: requirements/site.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) -r requirements/site.txt
	$(RUN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.test: requirements/test.txt $(VENV)/.site
	$(INSTALL) -r requirements/test.txt
	touch $@

$(VENV)/.bench: requirements/bench.txt $(VENV)/.site
	$(INSTALL) -r requirements/bench.txt
	touch $@

# A peer that cannot be installed is named in the table as missing, and tried again next time.
$(VENV)/.peers: requirements/peers.txt benchmarks/peers/package-lock.json $(VENV)/.site
	-$(INSTALL) -r requirements/peers.txt
	-npm ci --silent --prefix benchmarks/peers && touch $@

clean:
	rm -rf site .site_builder benchmarks/peers/node_modules $(VENV)
