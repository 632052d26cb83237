# Aliases of run.py, for hands that type make; arguments go in ARGS, as in `make report ARGS="delayed --lang zh"`.
PYTHON ?= python3

.PHONY: report test lint lock bench lab look clean
report test lint lock bench lab look clean:
	@$(PYTHON) run.py $@ $(ARGS)
