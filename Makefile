# make serve: install what is missing, build, serve flows/.   make test: install what is missing, build, run the tests.
# The Swift toolchain is the one thing that has to be there.

SERVE_FLAGS ?=
FUZZ_SECONDS ?= 20
PACKAGES := libyaml-dev libsqlite3-dev zlib1g-dev
# Swift's own libraries go into the binary where the toolchain has them to put in: it starts in half the time, and runs on
# machines without Swift.
SWIFT_LIBRARIES = $(shell swift -print-target-info | sed -n 's/.*"runtimeResourcePath": "\(.*\)".*/\1/p')
SWIFT_STATIC = $(if $(wildcard $(SWIFT_LIBRARIES)_static),--static-swift-stdlib)
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

.PHONY: serve test fuzz build prepare lint format clean

serve: build
	.build/release/flowd serve flows/ $(SERVE_FLAGS)

build: prepare
	swift build -c release --product flowd $(SWIFT_STATIC)

# The tests play the binary too, so that is built with them. Those that kill it come last, and have the machine to themselves.
test: prepare
	swift build --build-tests
	.build/debug/flowd lint flows Examples
	.build/debug/flowd test flows --min-edges 100 > /dev/null
	swift test --skip-build --disable-xctest --skip FlowStormTests
	swift test --skip-build --disable-xctest --filter FlowStormTests

# Flow files and templates that libFuzzer makes up, FUZZ_SECONDS each; Tests/Fuzz says what has to hold for them.
fuzz: prepare
	swift build -c release --sanitize=fuzzer --package-path Tests/Fuzz --scratch-path .build-fuzz
	Tests/Fuzz/run.sh $(FUZZ_SECONDS)

prepare:
	@command -v swift > /dev/null || { echo "flowd needs a Swift 6.2 toolchain or newer: https://www.swift.org/install" >&2; exit 1; }
	@missing=; for package in $(PACKAGES); do \
	    dpkg-query -W -f '$${Status}' $$package 2> /dev/null | grep -q "ok installed" || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
	    echo "installing$$missing"; \
	    $(SUDO) apt-get update -q > /dev/null && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $$missing > /dev/null; \
	fi

lint:
	swift format lint --strict --recursive --parallel Package.swift Sources Tests

format:
	swift format --in-place --recursive --parallel Package.swift Sources Tests

clean:
	rm -rf .build .build-fuzz
