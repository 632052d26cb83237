"""The parts of the report: each turns a study into blocks, and holds no text of its own."""
