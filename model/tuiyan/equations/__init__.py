"""The relationships of the model, one module per block of parameters.

Every function states one published relationship over arrays whose last axis is the draw. Parameters of the module's
own block are keyword-only and carry the names they have in ``params/parameters.yaml``; state, tables and time are
positional. Nothing here reads a file, and nothing here imports more than NumPy and SciPy.
"""
