# The product's commands. Each sets up what it needs; `make demo` is the one to begin with.
#
#   make demo            the whole product, with the demo network in it (PORT=8123 moves the web port)
#   make reset           stop what runs here and remove its data
#   make test            everything (ARGS="tests/infra -x" for a part)
#   make lint            formatting, types, import contracts, templates, migrations, deployment checks
#   make bench           measure; prints a table and writes var/bench.json
#   make screenshots     the pictures of README and guides, from a running demo (BASE_URL=http://localhost:8123/)
#   make lock            bring requirements/*.txt up to requirements/*.in

# The first Python on PATH that is new enough; the default one where none is, to say so.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && exit; done; echo python3)
BOOTSTRAP = "$(PYTHON)" -I lms/bootstrap.py
ARGS ?=

.PHONY: demo reset test lint bench screenshots lock

demo:
	@exec $(BOOTSTRAP) -- -m lms.demo.run

reset:
	@exec $(BOOTSTRAP) -- -m lms.demo.reset

test:
	@exec $(BOOTSTRAP) --test -- -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

lint:
	@$(BOOTSTRAP) --test
	@exec sh .ci/lint

bench:
	@exec $(BOOTSTRAP) --test -- -m lms.bench

screenshots:
	@exec $(BOOTSTRAP) --test -- -m lms.demo.screenshots

lock:
	@"$(PYTHON)" -I -m venv var/lock
	@var/lock/bin/python -m pip install --quiet --disable-pip-version-check uv
	@for name in base demo test; do \
		var/lock/bin/uv pip compile --quiet --no-emit-index-url --generate-hashes --python-version 3.11 \
			--universal --no-header requirements/$$name.in -o requirements/$$name.txt || exit 1; done
