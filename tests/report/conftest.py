import pytest

import analysis as an


@pytest.fixture(scope="session")
def sample_cases():
    return an.read_cases(an.sample_path("register"))


@pytest.fixture(scope="session")
def printed():
    return an.read_returns(an.sample_path("returns_fujin.csv"))


@pytest.fixture(scope="session")
def peers():
    return an.read_returns([an.sample_path("returns_courts.csv"), an.sample_path("returns_fujin.csv")])


@pytest.fixture(scope="session")
def published(sample_cases, printed, peers, tmp_path_factory):
    """The sample's report of 2011 in both languages, in one folder."""
    folder = tmp_path_factory.mktemp("reports") / "2011"
    asked = {"year": 2011, "returns": printed, "peers": peers, "out": folder}
    an.build_report(sample_cases, language="zh", **asked)
    return an.build_report(sample_cases, language="en", **asked)
