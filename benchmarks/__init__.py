"""Timings as ratios taken in one run, since machines are shared and noisy."""
