"""Scenarios and small ensembles that the analysis tests share."""

import pytest
import tuiyan as ty

DRAWS = 1024


@pytest.fixture(scope="session")
def baseline() -> ty.Scenario:
    return ty.load("baseline")


@pytest.fixture(scope="session")
def announced() -> ty.Scenario:
    return ty.load("announced")


@pytest.fixture(scope="session")
def delayed() -> ty.Scenario:
    return ty.load("delayed")
