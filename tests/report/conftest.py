import html
import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

import analysis as an


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
    asked = {"period": 2011, "returns": printed, "peers": peers, "out": folder}
    an.build_report(sample_cases, language="zh", **asked)
    return an.build_report(sample_cases, language="en", **asked)


def _texts(name, content):
    """Every text in a file: archives unpacked to the last document in them, marks of tags and escapes undone."""
    if name.endswith(".pdf"):
        reader = shutil.which("pdftotext")
        if reader:
            yield (
                name,
                subprocess.run([reader, "-", "-"], input=content, capture_output=True, check=True).stdout.decode(),
            )
        return
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.namelist():
                yield from _texts(f"{name}!{member}", archive.read(member))
        return
    text = content.decode("utf-8", errors="replace")
    for undone in (text, html.unescape(text), re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), text)):
        yield name, undone
        yield name, re.sub(r"<[^>]*>", "", undone)  # a word may be spread over several runs


@pytest.fixture(scope="session")
def unpacked():
    """All that a folder of documents says, by the place where it stands; the names of its files too."""

    def read(folder):
        found = []
        for path in sorted(p for p in Path(folder).rglob("*") if p.is_file()):
            found += [(path.name, path.name), *_texts(path.name, path.read_bytes())]
        return found

    return read


@pytest.fixture(scope="session")
def places_of():
    """Where any of the words stands in what was unpacked: the word, the place, and what is around it."""

    def search(texts, words):
        return sorted(
            {
                (word, name, text[max(0, text.index(word) - 40) : text.index(word) + 40])
                for name, text in texts
                for word in words
                if word in text
            }
        )

    return search
