"""Everything read from `params/`: the only room that opens those files."""
