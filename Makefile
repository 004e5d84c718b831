# kechuang: the two commands are `make run` and `make test`.
# Go, Node and their package managers are all that a fresh machine needs; `.ci/run` installs the rest on bare Debian.

GO      ?= go
NPM     ?= npm
ADDR    ?= 127.0.0.1:8080
VERSION ?= $(shell git describe --always --dirty 2>/dev/null || echo dev)

.PHONY: help run build ui test check test-go test-ui test-browser test-browser-all bench clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

run: build ## build, start on embedded SQLite with a small reference city that grows to its full size within a minute or two, print the address and the accounts
	./bin/kechuang serve --demo --full --db sqlite:data/kechuang.db --addr $(ADDR)

build: ui ## the one binary, with the interface inside
	$(GO) build -trimpath -ldflags '-s -w -X main.version=$(VERSION)' -o bin/kechuang ./cmd/kechuang

ui: ui/dist/app/index.html ## the interface

ui/node_modules/.package-lock.json: ui/package.json ui/package-lock.json
	cd ui && $(NPM) ci --ignore-scripts --no-audit --no-fund
	@touch $@

ui/dist/app/index.html: ui/node_modules/.package-lock.json ui/index.html ui/vite.config.ts $(shell find ui/src -type f 2>/dev/null)
	cd ui && $(NPM) run --silent build

test: check test-go test-ui test-browser ## everything: formatting, vet, static analysis, Go on both databases, interface, browser
	@echo 'make test: all passed'

check: ## formatting, vet, static analysis, the pack's proofs
	@unformatted=$$(gofmt -l arch_test.go cmd internal packs ui/*.go); test -z "$$unformatted" || { echo "not gofmt-ed: $$unformatted"; exit 1; }
	$(GO) vet ./...
	$(GO) tool staticcheck ./...
	$(GO) run ./cmd/kechuang check packs/shenyang

test-go: ## Go tests on SQLite and PostgreSQL (a PostgreSQL of its own is started for them)
	.ci/with-postgres $(GO) test ./...

test-ui: ui/node_modules/.package-lock.json ## types, lint and unit tests of the interface
	cd ui && $(NPM) run --silent check && $(NPM) test --silent

test-browser: build ## the main job, rights and money in a real browser
	cd ui && $(NPM) run --silent browser

test-browser-all: build ## every mechanism that has a test in a real browser (long; KECHUANG_PATIENCE=8 waits so many times as long on a busy machine)
	cd ui && KECHUANG_BROWSER=all $(NPM) run --silent browser

bench: build ## what docs/benchmarks.md reports (long)
	.ci/with-postgres ./bin/kechuang bench all

clean: ## remove what was built
	rm -rf bin ui/dist/app ui/node_modules
