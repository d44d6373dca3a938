# Two commands for everybody: `make site` builds the site, `make test` checks everything.
VENV ?= .venv
PYTHON ?= python3
RUN := $(VENV)/bin
INSTALL = $(RUN)/pip install --quiet --disable-pip-version-check --require-hashes
COMPILE = $(RUN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url

# Half as many again as processors: tests of pages wait much of the time.
WORKERS = $(shell echo $$(( $$(nproc) * 3 / 2 )))

.PHONY: site serve test soak lint browser nginx bench lighthouse illustrations guide lock clean

site: $(VENV)/.site
	$(RUN)/site-builder build

serve: $(VENV)/.site
	$(RUN)/site-builder serve

test: $(VENV)/.test browser nginx lint
	$(RUN)/pytest -n $(WORKERS) --dist loadgroup

# A screen in real time, for SOAK_MINUTES (30 where unset): new releases, lost networks, notices.
soak: $(VENV)/.test browser
	$(RUN)/pytest -m soak tests/browser/kiosk

lint: $(VENV)/.test
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .
	$(RUN)/mypy

# From Debian, where they are missing: Chromium, the same without windows, Chinese fonts, a voice to read aloud with.
PACKAGES = chromium chromium-headless-shell fonts-noto-cjk fontconfig speech-dispatcher speech-dispatcher-espeak-ng
browser:
	@if ! command -v chromium >/dev/null || ! command -v chromium-headless-shell >/dev/null \
	|| ! command -v speech-dispatcher >/dev/null || ! fc-list :lang=zh 2>/dev/null | grep -q .; then \
		sudo=$$([ "$$(id -u)" = 0 ] || echo sudo); \
		$$sudo apt-get update -q && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -qy $(PACKAGES); \
	fi

# nginx from Debian, where it is missing; it is not started as a service.
nginx:
	@if ! PATH="$$PATH:/usr/sbin" command -v nginx >/dev/null; then \
		sudo=$$([ "$$(id -u)" = 0 ] || echo sudo); policy=/usr/sbin/policy-rc.d; \
		[ -e $$policy ] || { printf '#!/bin/sh\nexit 101\n' | $$sudo install -m 755 /dev/stdin $$policy; made=$$policy; }; \
		$$sudo apt-get update -q && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -qy --no-install-recommends nginx-light; \
		status=$$?; [ -z "$$made" ] || $$sudo rm $$made; exit $$status; \
	fi

# Photos beside sharp, eleventy-img and Hugo: PHOTOS names a folder of real photographs, drawn ones stand in.
# Whole sites beside Hugo with Pagefind, MkDocs with Material, and Zensical.
bench: $(VENV)/.bench $(VENV)/.peers $(VENV)/.test browser nginx
	$(RUN)/python -m benchmarks.formats $(PHOTOS)
	$(RUN)/python -m benchmarks.photos $(PHOTOS)
	$(RUN)/python -m benchmarks.sites
	$(RUN)/python -m benchmarks.uses

# Lighthouse on a phone: 100 four times over on the front page, a resident and an event. Needs Node.js 20 or later.
lighthouse: $(VENV)/.site $(VENV)/.audit browser nginx
	$(RUN)/python -m benchmarks.lighthouse

# Draws each illustration anew from the SVG beside it.
illustrations:
	for drawing in content/*/*/photos/*.svg; do rsvg-convert -w 1920 "$$drawing" -o "$${drawing%.svg}.png"; done

# The pictures of the editor's guide, from real commands and the real preview.
guide: $(VENV)/.test browser
	$(RUN)/python docs/pictures.py

# Pins everything anew, with hashes and without addresses.
lock:
	$(PYTHON) -m venv $(VENV) && $(RUN)/pip install --quiet uv
	$(COMPILE) pyproject.toml requirements/build.in -o requirements/site.txt
	$(COMPILE) --extra dev pyproject.toml requirements/build.in -c requirements/site.txt -o requirements/test.txt
	$(COMPILE) --extra bench pyproject.toml requirements/build.in -c requirements/site.txt -o requirements/bench.txt
	$(COMPILE) requirements/peers.in -c requirements/site.txt -o requirements/peers.txt
	for folder in benchmarks/peers benchmarks/audit; do \
		npm install --silent --prefix $$folder --package-lock-only --omit-lockfile-registry-resolved; \
	done
	node benchmarks/peers/lock.mjs benchmarks/peers benchmarks/audit

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

$(VENV)/.audit: benchmarks/audit/package-lock.json $(VENV)/.site
	npm ci --silent --prefix benchmarks/audit
	touch $@

clean:
	rm -rf site .site_builder benchmarks/*/node_modules $(VENV)
