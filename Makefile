# All that a fresh Debian 12 needs: `make demo` and `make test`. The real build is CMake's;
# these are its usual ways in. `make help` lists them.

PREFIX ?= /usr/local
CMAKE  ?= cmake
CTEST  ?= ctest

RELEASE := build/release
BENCH_SIZES ?= S M
BENCH_LAUNCHES ?= 1
# Warnings stop a build in CI, never a user's.
WERROR := $(if $(filter true 1,$(CI)),ON,OFF)

# Checkouts in different folders share the compiler cache.
export CCACHE_NOHASHDIR := 1
export CCACHE_BASEDIR := $(CURDIR)
export UBSAN_OPTIONS ?= print_stacktrace=1

.PHONY: help all deps release demo test test-dev test-install bench bench-peers format check-style install clean
.NOTPARALLEL:

help:
	@echo 'make demo         build the callisto command and run the whole story on this machine'\''s packages'
	@echo 'make test         build with sanitizers and run every test, then test the installed package'
	@echo 'make all          build the callisto command: $(RELEASE)/bin/callisto'
	@echo 'make bench        measure at the sizes BENCH_SIZES="S M" in BENCH_LAUNCHES=1 fresh processes, into'
	@echo '                  docs/performance.md; BENCH_ARGS=... runs callisto_bench with them instead'
	@echo 'make bench-peers  install DuckDB for it, from npm, into build/peers'
	@echo 'make install      install the command, the headers and the CMake package (PREFIX=$(PREFIX))'
	@echo 'make format       format the sources;  make check-style only checks them'
	@echo 'make deps         install the Debian packages listed in packages.txt'
	@echo 'make clean        remove build/'

all: release

deps:
	@sh cmake/install-packages.sh packages.txt

# What `make install` needs, and nothing else: no tests, no benchmarks.
release: deps
	$(CMAKE) --preset release -DCALLISTO_WERROR=$(WERROR)
	$(CMAKE) --build --preset release --target callisto

demo: release
	@test -f samples/demo.sh || { echo 'make demo: samples/demo.sh is missing from this checkout' >&2; exit 1; }
	bash samples/demo.sh

# Both halves run even when the first fails, so that one run shows all that is wrong.
test: deps
	@status=0; \
	$(MAKE) --no-print-directory test-dev || status=1; \
	$(MAKE) --no-print-directory test-install || status=1; \
	exit $$status

test-dev:
	$(CMAKE) --preset dev -DCALLISTO_WERROR=$(WERROR)
	$(CMAKE) --build --preset dev
	$(CTEST) --preset dev --output-junit $(CURDIR)/build/dev/tests.xml

test-install:
	$(CMAKE) --preset release -DCALLISTO_WERROR=$(WERROR)
	$(CMAKE) --build --preset release --target callisto
	$(CTEST) --preset release --output-junit $(CURDIR)/build/release/tests.xml

bench: deps
	$(CMAKE) --preset release
	$(CMAKE) --build --preset release --target callisto_bench --target callisto_bench_generate
	$(if $(BENCH_ARGS),$(RELEASE)/bin/callisto_bench $(BENCH_ARGS),python3 bench/run.py $(RELEASE)/bin --sizes "$(BENCH_SIZES)" --launches $(BENCH_LAUNCHES))

bench-peers: deps
	@sh bench/peers/install_duckdb.sh

format:
	@sh tests/tidy/sources.sh | xargs clang-format-14 -i

check-style:
	@sh tests/tidy/sources.sh | xargs clang-format-14 --dry-run -Werror
	@python3 tests/tidy/tidy.py .

install: release
	$(CMAKE) --install $(RELEASE) --prefix $(PREFIX)

clean:
	rm -rf build
