# Bare `make` prints the targets. The Swift toolchain is the one thing that has to be there.

PREFIX ?= /usr/local
DESTDIR ?=
SERVE_FLAGS ?=
FUZZ_SECONDS ?= 20
BINARY := .build/release/flowd
# What the linker needs beyond the toolchain, and the time zones of opening hours.
PACKAGES := libyaml-dev libsqlite3-dev zlib1g-dev libpcre2-dev tzdata
# Swift's own libraries go into the binary where the toolchain has them to put in: it starts in half the time, and runs on
# machines without Swift.
SWIFT_LIBRARIES = $(shell swift -print-target-info | sed -n 's/.*"runtimeResourcePath": "\(.*\)".*/\1/p')
SWIFT_STATIC = $(if $(wildcard $(SWIFT_LIBRARIES)_static),--static-swift-stdlib)
COMPLETIONS = bash-completion/completions/flowd zsh/site-functions/_flowd fish/vendor_completions.d/flowd.fish

.PHONY: help serve test fuzz build install prepare lint format clean number-plans

help:
	@echo "make serve      build, then serve flows/ on http://127.0.0.1:8080; SERVE_FLAGS are passed on"
	@echo "make test       build, then run the tests"
	@echo "make build      build $(BINARY)"
	@echo "make install    install flowd and its completions below PREFIX ($(PREFIX)); DESTDIR is put before it"
	@echo "make prepare    check the Swift toolchain; install $(PACKAGES)"
	@echo "make lint       check the format of the sources;  make format  mends it"
	@echo "make fuzz       let libFuzzer make up flow files, FUZZ_SECONDS ($(FUZZ_SECONDS)) each"
	@echo "make clean      remove what was built"
	@echo "make number-plans  write the table of numbering plans anew, from PyPI's phonenumbers"

serve: build
	$(BINARY) serve flows/ $(SERVE_FLAGS)

# The linker leaves the symbols out (-s), so that no later step changes what SwiftPM has built.
build: prepare
	@[ -e $(BINARY) ] || echo "The first build fetches packages from GitHub, takes about ten minutes and some 700 MB in .build."
	swift build -c release --product flowd $(SWIFT_STATIC) -Xlinker -s

# Builds only what is not built, for whoever installs may be root, with another toolchain or none.
install:
	@[ -x $(BINARY) ] || $(MAKE) build
	install -D -m 755 $(BINARY) "$(DESTDIR)$(PREFIX)/bin/flowd"
	@for place in $(COMPLETIONS); do \
	    mkdir -p "$(DESTDIR)$(PREFIX)/share/$${place%/*}" || exit 1; \
	    $(BINARY) --generate-completion-script "$${place%%[-/]*}" > "$(DESTDIR)$(PREFIX)/share/$$place" || exit 1; \
	done

# The tests play the binary too, so that is built with them. Those that kill it, and those of a network's time limits, come
# last, and have the machine to themselves.
test: prepare
	swift build --build-tests
	.build/debug/flowd lint flows Examples
	.build/debug/flowd test flows --min-edges 100 > /dev/null
	swift test --skip-build --disable-xctest --skip "FlowStormTests|ConnectionTests"
	swift test --skip-build --disable-xctest --filter ConnectionTests
	swift test --skip-build --disable-xctest --filter FlowStormTests

# Flow files and templates that libFuzzer makes up, FUZZ_SECONDS each; Tests/Fuzz says what has to hold for them.
fuzz: prepare
	swift build -c release --sanitize=fuzzer --package-path Tests/Fuzz --scratch-path .build-fuzz
	Tests/Fuzz/run.sh $(FUZZ_SECONDS)

prepare:
	@command -v swift > /dev/null || { echo "flowd needs Swift 6.2 or newer: https://www.swift.org/install" >&2; exit 1; }
	@version=$$(swift --version 2> /dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p'); \
	if [ "$$(printf '6.2\n%s\n' "$$version" | sort -V | head -n 1)" != 6.2 ]; then \
	    echo "flowd needs Swift 6.2 or newer, found $${version:-no version}: https://www.swift.org/install" >&2; exit 1; \
	fi
	@missing=; for package in $(PACKAGES); do \
	    dpkg-query -W -f '$${Status}' $$package 2> /dev/null | grep -q "ok installed" || missing="$$missing $$package"; \
	done; \
	[ -n "$$missing" ] || exit 0; \
	if [ "$$(id -u)" = 0 ]; then sudo=; elif command -v sudo > /dev/null; then sudo=sudo; else \
	    echo "Packages are missing, and there is no sudo. As root: apt-get install$$missing" >&2; exit 1; \
	fi; \
	echo "installing$$missing"; \
	$$sudo apt-get update -q > /dev/null && $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $$missing > /dev/null

lint:
	swift format lint --strict --recursive --parallel Package.swift Sources Tests

format:
	swift format --in-place --recursive --parallel Package.swift Sources Tests

clean:
	rm -rf .build .build-fuzz

# Written to a file beside it first, so that nothing is lost where the package is missing.
PLANS := Sources/FlowCore/Values/NumberPlanFacts.swift
number-plans:
	python3 .ci/number-plans.py > $(PLANS).new && mv $(PLANS).new $(PLANS) || { rm -f $(PLANS).new; exit 1; }
