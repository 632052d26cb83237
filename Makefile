# Aliases of run.py, for hands that type make; arguments go in ARGS, as in `make report ARGS="delayed --lang zh"`.
PYTHON ?= python3

.PHONY: report test lint lock bench lab look schema docs bless clean
report test lint lock bench lab look schema docs bless clean:
	@$(PYTHON) run.py $@ $(ARGS)
