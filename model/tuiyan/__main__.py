"""``python -m tuiyan``."""

from tuiyan.cli import main

raise SystemExit(main())
