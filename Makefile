# Every target calls a real command; on Windows call it yourself: python start.py lab
PYTHON ?= python3

.PHONY: lab test build bench student-kit lock

lab:
	@$(PYTHON) start.py lab $(ARGS)

test:
	@$(PYTHON) start.py test $(ARGS)

build:
	@$(PYTHON) start.py build $(ARGS)

bench:
	@$(PYTHON) start.py bench $(ARGS)

student-kit:
	@$(PYTHON) start.py student-kit $(ARGS)

lock:
	@$(PYTHON) start.py lock $(ARGS)
