"""``python -m tuiyan.cli``."""

from tuiyan.cli.main import main

raise SystemExit(main())
