"""Files that were read wrongly once, each with what must become of it (``corpus/corpus.toml``)."""

import shutil
import tomllib
from pathlib import Path

import pytest
from hostile.judge import outcome

CORPUS = Path(__file__).parent / "corpus"
KEPT = tomllib.loads((CORPUS / "corpus.toml").read_text(encoding="utf-8"))


def test_every_file_of_the_corpus_has_its_entry():
    assert {path.name for path in CORPUS.iterdir()} - {"corpus.toml"} == set(KEPT)


@pytest.mark.parametrize("name", KEPT)
def test_what_was_once_read_wrongly_is_read_rightly(tmp_path, name):
    shutil.copyfile(CORPUS / name, tmp_path / f"cases{Path(name).suffix}")
    counts, claimed = [], []

    def noted(cases):
        counts.extend(cases.inputs[["rows", "kept", "quarantined", "skipped"]].sum().tolist())
        claimed.extend(cases.table.amount_claimed.to_pandas().dropna())
        return []

    ended, wrong = outcome(tmp_path / f"cases{Path(name).suffix}", noted)
    assert wrong == []
    assert ended == KEPT[name]["ended"]
    assert counts == KEPT[name].get("counts", [])
    assert sum(claimed) == KEPT[name].get("claimed", 0)
