"""Reports: what a notebook cell shows, the figures, and the published bundle of pages, numbers and manifest."""
