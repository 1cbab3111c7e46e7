"""An ingested register that is damaged says so, names the sources to read again, and is mended by reading only these."""

import json
import os
import random
import shutil

import pytest

from analysis.measures.caseflow import caseflow
from analysis.register import store
from analysis.register.ingest import ingest
from analysis.register.reading import read_cases
from analysis.register.store import verify_ingested
from analysis.report.manifest import register_given
from analysis.vocabulary.errors import ArgumentError, InputError, OutputError

HEADER = "案号,法院,立案日期,结案日期,结案方式,申请执行标的额（元）,承办人"
AID = "aid/part-0.parquet"
PARTS = [AID, *(f"cases/filed_year={year}/part-0.parquet" for year in (2009, 2010, 2011))]


@pytest.fixture(scope="module")
def ingested(tmp_path_factory):
    """Three years in three files, one of which reaches into the next year, and a side table."""
    folder = tmp_path_factory.mktemp("store")
    (folder / "register").mkdir()
    (folder / "register" / "register.toml").write_text('as_of = "2011-12-31"\n', encoding="utf-8")
    for year in (2009, 2010, 2011):
        rows = [
            f"（{year}）富执字第{n}号,甲法院,{min(year + n // 390, 2011)}-03-{n % 28 + 1:02d},,,{n}.5,王某{n % 7}"
            for n in range(1, 400)
        ]
        (folder / "register" / f"{year}.csv").write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    aid = ["案号,发放日期,救助金额", *(f"（2010）富执字第{n}号,2011-06-01,{n * 100}" for n in range(1, 300))]
    (folder / "register" / "aid.csv").write_text("\n".join(aid), encoding="utf-8")
    ingest(folder / "register", folder / "out")
    return folder


@pytest.fixture
def copied(ingested, tmp_path):
    shutil.copytree(ingested / "out", tmp_path / "out")
    return tmp_path / "out"


def content(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def damage(folder, seed):
    """Damage one file of the store in one of five ways; returns its name."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    names = [*PARTS, *(n for n in content(folder) if n.startswith("sources/"))]
    file = folder / dice.choice(names[: len(PARTS)] if seed % 4 else names)
    data = bytearray(file.read_bytes())
    kind = ("bit", "cut", "page", "swap", "gone")[seed % 5]
    if kind == "bit":
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    elif kind == "cut":
        del data[dice.randrange(len(data)) :]
    elif kind == "page":
        at = dice.randrange(max(len(data) - 512, 1))
        data[at : at + 512] = bytes(len(data[at : at + 512]))
    elif kind == "swap":
        other = next(n for n in names if (folder / n) != file and (folder / n).suffix == file.suffix)
        data = (folder / other).read_bytes()
    if kind == "gone":
        file.unlink()
    else:
        file.write_bytes(data)
    return file.relative_to(folder).as_posix()


@pytest.mark.parametrize("seed", range(40))
def test_any_damage_is_named_with_the_sources_to_read_again(copied, seed):
    name = damage(copied, seed)
    sources = json.loads((copied / "ingest.json").read_text(encoding="utf-8"))["files"][name]["sources"]
    with pytest.raises(InputError) as error:
        read_cases(copied)
    for text in (error.value.text.zh, error.value.text.en):
        assert name in text
        assert all(source in text for source in sources)
        assert "court-analysis ingest" in text


@pytest.mark.parametrize("seed", [1, 2, 4, 8])
def test_ingested_again_it_is_as_before_and_only_what_was_hit_is_read(ingested, copied, seed):
    name = damage(copied, seed)
    sources = json.loads((copied / "ingest.json").read_text(encoding="utf-8"))["files"][name]["sources"]
    read = set()
    ingest(ingested / "register", copied, progress=lambda p: read.add(p.name) if p.step == "read" else None)
    assert content(copied) == content(ingested / "out")
    assert read == set(sources)


def test_a_part_that_nobody_wrote_is_named(copied):
    shutil.copyfile(copied / PARTS[0], copied / "cases" / "filed_year=2009" / "part-1.parquet")
    with pytest.raises(InputError, match=r"part-1\.parquet 不是入库所写的分区"):
        read_cases(copied)


@pytest.mark.parametrize(
    "change", [lambda t: t[:-40], lambda t: t.replace("399", "398"), lambda _: "[]", lambda _: "{"]
)
def test_a_damaged_manifest_is_said_to_be(copied, change):
    file = copied / "ingest.json"
    file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")
    for act in (read_cases, verify_ingested):
        with pytest.raises(InputError, match=r"ingest\.json 已损坏"):
            act(copied)


def test_verifying_looks_at_every_byte_page_and_row(copied, tmp_path):
    assert (verify_ingested(copied)["problem"] == "").all()
    assert set(PARTS) <= set(verify_ingested(copied)["file"])
    manifest = store.manifest_of(copied)
    manifest["files"][PARTS[1]]["sha256"] = "0" * 64
    manifest["parts"][PARTS[2]] += 1
    store.write_manifest(copied, manifest)
    found = verify_ingested(copied).set_index("file")["problem"]
    assert "内容不是入库时所写" in found[PARTS[1]]
    assert "行数与清单不符" in found[PARTS[2]]
    assert (found.drop(PARTS[1:]) == "").all()
    with pytest.raises(ArgumentError, match="不是入库文件夹"):
        verify_ingested(tmp_path)


def test_every_page_has_a_checksum_that_arrow_verifies(ingested, tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    data = (ingested / "out" / PARTS[1]).read_bytes()
    read, hit = 0, 0
    for at in range(100, len(data) - 4000, 199):
        changed = bytearray(data)
        changed[at] ^= 0x10
        (tmp_path / "part.parquet").write_bytes(changed)
        read += 1
        try:
            pq.ParquetFile(tmp_path / "part.parquet", page_checksum_verification=True).read()
        except (OSError, pa.ArrowException) as error:
            hit += "CRC" in str(error)
    assert read > 10
    assert hit > read / 2  # the rest hit the headers of pages, which the checksum of the file covers


def test_the_parts_that_were_scanned_are_named_by_their_bytes(ingested):
    from hashlib import sha256

    cases = read_cases(ingested / "out")
    assert cases.scanned == {name: sha256((ingested / "out" / name).read_bytes()).hexdigest() for name in PARTS}
    assert register_given(cases)["scanned"] == cases.scanned  # in the manifest of every document


@pytest.mark.parametrize("name", PARTS)
def test_nothing_is_counted_of_a_part_that_was_changed_after_the_register_was_opened(copied, name):
    cases = read_cases(copied)
    (copied / name).write_bytes((copied / name).read_bytes()[:-1] + b"2")
    for ask in (
        caseflow,
        lambda cases: cases.to_pandas(names=True),
        lambda cases: cases.table.to_pyarrow(),
        register_given,
    ):
        with pytest.raises(InputError, match=name):
            ask(cases)
    (copied / name).unlink()
    with pytest.raises(InputError, match=name):
        cases.table.count().execute()


@pytest.mark.parametrize("name", PARTS[1:])
def test_a_part_that_is_gone_in_the_midst_of_a_question_is_named(copied, name):
    cases = read_cases(copied)
    backend = cases.table.get_backend()
    looked = backend.before_asking

    def gone_after_it():
        backend.before_asking = looked
        looked()
        (copied / name).unlink()

    backend.before_asking = gone_after_it
    with pytest.raises(InputError, match=name):
        cases.table.execute()


@pytest.mark.parametrize("name", PARTS)
def test_no_document_is_written_of_a_part_that_was_changed_under_its_old_time(copied, name):
    cases, was = read_cases(copied), (copied / name).stat()
    (copied / name).write_bytes((copied / name).read_bytes()[:-1] + b"2")
    os.utime(copied / name, ns=(was.st_atime_ns, was.st_mtime_ns))
    with pytest.raises(InputError, match=name):
        register_given(cases)


def resealed(folder, change):
    """A manifest that was changed and sealed again."""
    manifest = json.loads((folder / "ingest.json").read_text(encoding="utf-8"))
    del manifest["sha256"]
    change(manifest)
    store.write_manifest(folder, manifest)


def outside(manifest):
    """A part that lies outside the folder, which ``ingest`` would delete as damaged."""
    for names in (manifest["parts"], manifest["files"]):
        names["cases/../../precious.parquet"] = names.pop(PARTS[1])


@pytest.mark.parametrize(
    "change",
    [
        lambda m: m.update(parts={}),  # no rows at all
        lambda m: m.update(parts=[*m["parts"]]),
        lambda m: m.update(files=3),
        lambda m: m.update(sources={"../..": "2009.csv"}),
        lambda m: m.update(settings="[]"),
        lambda m: m["files"].pop("register.toml"),
        lambda m: m["sources"].popitem(),
        lambda m: [m["files"].pop(name) for name in [*m["files"]] if name.endswith("about.json")],
        lambda m: m["parts"].update({PARTS[0]: "398"}),
        lambda m: m["files"][PARTS[0]].update(bytes="1"),
        lambda m: m["files"][PARTS[0]].update(sources=[1]),
        outside,
    ],
)
def test_a_manifest_of_other_kinds_is_refused_however_it_is_sealed(ingested, copied, change):
    (copied.parent / "precious.parquet").write_text("stays", encoding="utf-8")
    resealed(copied, change)
    for opened in (read_cases, verify_ingested, lambda folder: ingest(ingested / "register", folder)):
        with pytest.raises(InputError, match="入库清单"):
            opened(copied)
    assert (copied.parent / "precious.parquet").is_file()


def without_a_column(part):
    return part.drop_columns(["filed_on"])


def days_as_texts(part):
    return part.set_column(part.schema.get_field_index("filed_on"), "filed_on", part["filed_on"].cast("string"))


def ten_thousand_rows_a_byte(part):
    import pyarrow as pa

    return pa.concat_tables([pa.concat_tables([part.slice(0, 1)] * 1000).combine_chunks()] * 1000)


@pytest.mark.parametrize("change", [without_a_column, days_as_texts, ten_thousand_rows_a_byte])
def test_a_part_that_says_to_be_none_is_refused_and_made_anew_however_its_checksums_are_written(
    ingested, copied, change
):
    import pyarrow.parquet as pq

    part = copied / PARTS[1]
    changed = change(pq.read_table(part))
    pq.write_table(changed, part, compression="zstd")

    def said_of_it(manifest):
        manifest["files"][PARTS[1]] |= store.record(part, manifest["files"][PARTS[1]]["sources"])
        manifest["parts"][PARTS[1]] = changed.num_rows

    resealed(copied, said_of_it)
    with pytest.raises(InputError, match=r"各栏不是入库所写|行数与清单不符"):
        read_cases(copied)
    ingest(ingested / "register", copied)
    assert part.read_bytes() == (ingested / "out" / PARTS[1]).read_bytes()


def test_a_folder_in_the_place_of_a_part_is_said_by_ingest(ingested, copied):
    (copied / PARTS[1]).unlink()
    (copied / PARTS[1]).mkdir()
    with pytest.raises(OutputError):
        ingest(ingested / "register", copied)


def test_side_tables_are_opened_and_their_rows_are_those_that_were_ingested(ingested):
    assert int(read_cases(ingested / "out").aid.count().execute()) == 299
    assert not verify_ingested(ingested / "out")["problem"].any()


@pytest.mark.parametrize("said", ['as_of = "2013-12-31"\n', "", None])
def test_what_the_folder_says_of_the_register_is_as_it_was_written(ingested, copied, said):
    file = copied / "register.toml"
    if said is None:
        file.unlink()
    else:
        file.write_text(said, encoding="utf-8")
    with pytest.raises(InputError, match=r"register\.toml"):
        read_cases(copied, as_of="2011-12-31")
    assert verify_ingested(copied).query("problem != ''")["file"].tolist() == ["register.toml"]
    ingest(ingested / "register", copied)
    assert content(copied) == content(ingested / "out")


def test_an_account_that_the_manifest_does_not_name_is_not_read(ingested, copied):
    for folder in (copied / "sources").iterdir():
        shutil.copyfile(folder / "about-skipped.parquet", folder / "about-quarantine.parquet")
    assert len(read_cases(copied).quarantine) == len(read_cases(ingested / "out").quarantine)


def rows_by_the_million(file):
    import pyarrow as pa
    import pyarrow.parquet as pq

    names = pq.read_schema(file).names
    text = pa.DictionaryArray.from_arrays(pa.array([0] * 1_000_000, pa.int32()), pa.array(["甲"]))
    pq.write_table(pa.table(dict.fromkeys(names, text)), file, compression="zstd")


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("about.json", lambda file: file.write_text("[" * 100_000, encoding="utf-8")),
        ("about.json", lambda file: file.write_text('{"inputs": [1], "read": [], "headers": {}}', encoding="utf-8")),
        ("about-skipped.parquet", lambda file: file.write_bytes(b"PAR1")),
        ("about-skipped.parquet", lambda file: shutil.copyfile(file.with_name("about-mapping.parquet"), file)),
        ("about-skipped.parquet", rows_by_the_million),
    ],
)
def test_an_account_of_other_kinds_is_refused_however_its_checksums_are_written(copied, name, change):
    for folder in (copied / "sources").iterdir():
        change(folder / name)

    def said_of_them(manifest):
        files = manifest["files"]
        files |= {file: store.record(copied / file, said["sources"]) for file, said in files.items()}

    resealed(copied, said_of_them)
    with pytest.raises(InputError, match=name):
        read_cases(copied)


def test_an_ingested_register_without_its_manifest_is_said_to_be_one(copied):
    (copied / store.MANIFEST).unlink()
    with pytest.raises(InputError, match=r"入库清单 ingest.json 却不在了。请删去这个文件夹，重新入库"):
        read_cases(copied)


@pytest.mark.skipif(os.name == "nt", reason="links ask for rights on Windows")
def test_a_part_that_is_a_link_to_itself_is_gone_and_made_anew(ingested, copied):
    (copied / AID).unlink()
    (copied / AID).symlink_to((copied / AID).name)
    with pytest.raises(InputError, match=rf"{AID} 不在了"):
        read_cases(copied)
    ingest(ingested / "register", copied)
    assert content(copied) == content(ingested / "out")


def test_a_folder_of_an_interrupted_ingest_is_said_to_be_one(tmp_path):
    (tmp_path / store.WORK).mkdir()
    (tmp_path / "cases").mkdir()
    with pytest.raises(InputError, match="中断"):
        read_cases(tmp_path, as_of="2024-12-31")
    with pytest.raises(InputError):
        read_cases("名" * 5000, as_of="2024-12-31")
