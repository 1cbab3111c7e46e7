import shutil
import signal
import subprocess
import sys
import textwrap
import threading
import time
from unittest.mock import patch

import pandas as pd
import pytest

import analysis.register.ingest as ingesting
from analysis.cases.storage import embedded
from analysis.files.formats import parsed_sheets
from analysis.measures.caseflow import caseflow
from analysis.register.ingest import ingest
from analysis.register.reading import read_cases
from analysis.register.store import is_ingested, verify_ingested
from analysis.sample.national import write_national
from analysis.vocabulary.errors import InputError, OutputError

HEADER = "案号,法院,案件类型,立案日期,结案日期,结案方式,申请执行标的额（元）,承办人,有无财产可供执行"
ABOUT = 'as_of = "2011-12-31"\nsynthetic = true\n'
TOLD = ("inputs", "mapping", "quarantine", "skipped", "unreadable")


def month(folder, name, rows, header=HEADER):
    (folder / f"{name}.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")


def row(number, year=2011, day="03-05", court="甲法院", amount="1234.5", closed="", mode="", yes="有"):
    return f"（{year}）富执字第{number}号,{court},首次执行,{year}-{day},{closed},{mode},{amount},王某,{yes}"


@pytest.fixture
def register(tmp_path):
    folder = tmp_path / "register"
    folder.mkdir()
    (folder / "register.toml").write_text(ABOUT, encoding="utf-8")
    month(folder, "2010", [row(n, 2010, court=f"{'甲乙丙'[n % 3]}法院") for n in range(1, 40)])
    odd = [
        row(1), row(2, amount='"1,234.56"'), row(3, amount="12万元"), row(4, day="13-41"), row(5, yes="部分"),
        row(6, closed="2011.5.6", mode="终本"), "合计,,,,,,99,,", ",,,,,,,,", row(7) + ",多余", row("8 "), "第9号,甲,,2011-01-05,,,,,",
    ]  # fmt: skip
    month(folder, "2011", [*odd, *(row(n) for n in range(10, 200))])
    return folder


def content(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_an_ingest_that_reads_nothing_leaves_nothing(tmp_path, register):
    out = tmp_path / "out"
    bad = tmp_path / "bad"
    bad.mkdir()
    (bad / "2012.xlsx").write_bytes(b"PK\x03\x04")
    with pytest.raises(InputError):
        ingest(bad, out, as_of="2011-12-31")
    assert not out.exists()
    ingest(register, out)
    before = content(out)
    (register / "2012.xlsx").write_bytes(b"PK\x03\x04")
    with pytest.raises(InputError):
        ingest(register, out)
    assert content(out) == before
    assert not (out / ".staged").exists()


@pytest.mark.filterwarnings("ignore:.*正由另一次运行写入")
@pytest.mark.parametrize("there", ["", "empty", "earlier"])
def test_two_runs_into_one_folder_at_once_both_end_well(tmp_path, register, monkeypatch, in_process, there):
    out, ended, reading = tmp_path / "new" / "out", [], ingesting.stage
    if there:
        out.mkdir(parents=True)
    if there == "earlier":
        ingest(register, out)
        month(register, "2012", [row(1, 2012)])
    ingest(register, tmp_path / "whole")
    other = threading.Thread(target=lambda: ended.append(ingest(register, out)))

    def meanwhile(*given, **named):
        monkeypatch.setattr(ingesting, "stage", reading)
        other.start()
        other.join(0.3)
        return reading(*given, **named)

    monkeypatch.setattr(ingesting, "stage", meanwhile)
    assert ingest(register, out).parts["written"].any()
    other.join()
    assert not ended[0].parts["written"].any()
    assert content(out) == content(tmp_path / "whole")


@pytest.mark.parametrize("left", [".ingest.lock", "register.toml.tmp", "ingest.json.tmp"])
def test_what_a_first_run_leaves_that_was_killed_is_in_nobodys_way(tmp_path, register, left):
    ingest(register, tmp_path / "whole")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / left).write_bytes(b"ha")
    ingest(register, tmp_path / "out")
    assert content(tmp_path / "out") == content(tmp_path / "whole")


def assert_read_alike(register, out):
    with (
        patch("analysis.files.csv._lines_are_rows", return_value=False),  # split by the csv module
        patch("analysis.register.intake.sheets_of", parsed_sheets),
    ):
        one = read_cases(register)
    other = read_cases(out)
    keys = ["source_file", "source_row"]
    tables = [c.table.to_pandas().sort_values(keys, ignore_index=True) for c in (one, other)]
    pd.testing.assert_frame_equal(*tables)
    for name in TOLD:
        first, second = (getattr(c, name).reset_index(drop=True) for c in (one, other))
        if name in {"unreadable", "quarantine"}:
            first, second = (t.sort_values(["file", "row"], ignore_index=True) for t in (first, second))
        if name == "skipped":
            first, second = (t.sort_values(["file", "kind"], ignore_index=True) for t in (first, second))
        pd.testing.assert_frame_equal(first, second, check_dtype=False)
    assert (other.as_of, other.synthetic) == (one.as_of, one.synthetic)


@pytest.mark.full
def test_an_ingested_register_reads_as_its_files_do_odd_cells_and_all(register, tmp_path):
    made = ingest(register, tmp_path / "out")
    assert is_ingested(made.path)
    assert_read_alike(register, tmp_path / "out")
    inputs = made.inputs
    assert (inputs["rows"] == inputs["kept"] + inputs["quarantined"] + inputs["skipped"]).all()
    pd.testing.assert_frame_equal(caseflow(read_cases(tmp_path / "out")), caseflow(read_cases(register)))
    ingest([register], tmp_path / "of a list")  # as the command line hands it over
    assert content(tmp_path / "of a list") == content(tmp_path / "out")


@pytest.mark.full
def test_gb18030_tabs_and_quotes_over_lines_read_alike(register, tmp_path):
    text = (register / "2010.csv").read_text(encoding="utf-8")
    (register / "2010.csv").write_bytes(text.replace(",", "\t").encode("gb18030"))
    rows = [row(n, court='"甲\n法院"') for n in (1, 2, 3)]
    month(register, "lines", rows)
    ingest(register, tmp_path / "out")
    assert_read_alike(register, tmp_path / "out")


def test_parts_are_by_filing_year_and_sorted_by_court(register, tmp_path):
    made = ingest(register, tmp_path / "out")
    assert made.parts["filed_year"].tolist() == [2010, 2011]
    part = pd.read_parquet(tmp_path / "out" / "cases" / "filed_year=2010" / "part-0.parquet", partitioning=None)
    assert part["court"].is_monotonic_increasing
    assert set(pd.to_datetime(part["filed_on"]).dt.year) == {2010}


@pytest.mark.parametrize(("remembered", "opened"), [(100, 1), (100, 9), (3, 9)])
@pytest.mark.full
def test_the_bytes_do_not_depend_on_how_much_is_held_at_once(register, tmp_path, remembered, opened, in_process):
    month(register, "of both years", [row(n, 2010 + n % 2, court=f"{n % 7}法院") for n in range(500, 550)])
    month(register, "courtless", [row(n, court="") for n in range(400, 450)])
    ingest(register, tmp_path / "at once")
    with (
        patch("analysis.register.partitions.ROWS_AT_ONCE", 7),
        patch("analysis.files.csv.PIECE", 500),
        patch("analysis.register.staging.REMEMBERED", remembered),
        patch("analysis.register.staging.OPEN_AT_ONCE", opened),
        patch("analysis.register.columnar_rows.REMEMBERED", remembered),
    ):
        ingest(register, tmp_path / "by and by")
    assert content(tmp_path / "by and by") == content(tmp_path / "at once")


@pytest.mark.full
def test_time_left_is_said_within_a_file_and_while_parts_are_written(register, tmp_path, in_process):
    said = []
    with patch("analysis.files.csv.PIECE", 500):
        ingest(register, tmp_path / "out", progress=said.append)
    assert [p.seconds_left for p in said if p.step == "write"][-1] == 0
    assert sum(p.seconds_left is not None for p in said if p.step == "read") > 3


@pytest.mark.full
def test_adding_a_month_rewrites_only_its_year_and_gives_the_bytes_of_a_whole_run(register, tmp_path):
    out = tmp_path / "out"
    ingest(register, out)
    untouched = out / "cases" / "filed_year=2010" / "part-0.parquet"
    written = untouched.stat().st_mtime_ns
    month(register, "2011-12", [row(n, day="12-01") for n in range(300, 320)])
    again = ingest(register, out)
    assert again.parts.set_index("filed_year")["written"].to_dict() == {2010: False, 2011: True}
    assert untouched.stat().st_mtime_ns == written
    ingest(register, tmp_path / "whole")
    assert content(out) == content(tmp_path / "whole")
    assert not ingest(register, out).parts["written"].any()


@pytest.mark.full
def test_rows_of_a_file_that_changed_or_went_are_replaced(register, tmp_path):
    out = tmp_path / "out"
    ingest(register, out)
    month(register, "2011", [row(1, amount="5")])
    (register / "2010.csv").unlink()
    ingest(register, out)
    assert_read_alike(register, out)
    ingest(register, tmp_path / "whole")
    assert content(out) == content(tmp_path / "whole")


OFFICERS = [
    {"王建国": [row(1, 2010), row(2)]},
    {"王建国": [row(1, 2010), row(2)], "李秀英": [row(3), row(4)]},  # another month
    {
        "王建国": [row(1, 2010), row(2)],
        "李秀英": [row(3), row(4)],
        "王建国备份": [row(1, 2010), row(2)],
    },  # the same bytes once more
    {"李秀英": [row(3), row(4)], "王建国备份": [row(1, 2010), row(2)]},
    {"李秀英": [row(3, 2010)], "赵敏": [row(1, 2010), row(2)]},  # renamed, and another changed
    {"李秀英": [row(3, 2010)]},
]


@pytest.mark.parametrize("broken_off", [False, True])
def test_files_that_are_recorded_by_a_number_keep_their_rows_and_lose_them_as_others_do(
    tmp_path, monkeypatch, broken_off
):
    register, out = tmp_path / "register", tmp_path / "out"
    monkeypatch.setattr(ingesting, "start_ahead", lambda: None)
    for i, files in enumerate(OFFICERS + OFFICERS[::-1]):
        if broken_off:  # as it was about to write the manifest, of files that nobody has in the end
            refill(register, files | {"王建国": [row(9), row(10, 2012)], "李秀英备份": files.get("李秀英", [row(11)])})
            killed = patch.object(ingesting, "write_manifest", side_effect=KeyboardInterrupt)
            with killed, pytest.raises(KeyboardInterrupt):
                ingest(register, out)
        refill(register, files)
        ingest(register, out)
        ingest(register, tmp_path / f"whole{i}")
        assert content(out) == content(tmp_path / f"whole{i}")
        assert read_cases(out).table.count().execute() == sum(map(len, files.values()))


def refill(folder, files):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "register.toml").write_text(ABOUT, encoding="utf-8")
    for name, rows in files.items():
        month(folder, name, rows)


@pytest.mark.full
def test_a_damaged_part_of_files_that_are_recorded_by_a_number_is_read_again(tmp_path):
    register, out = tmp_path / "register", tmp_path / "out"
    refill(register, OFFICERS[2])
    ingest(register, out)
    before = content(out)
    part = out / "cases/filed_year=2011/part-0.parquet"
    part.write_bytes(part.read_bytes()[:-1])
    with pytest.raises(InputError, match=r"涉及的来源：李秀英\.csv、王建国"):
        read_cases(out)
    assert "王建国" in set(verify_ingested(out)["sources"].str.split("、").explode().str[:3])
    ingest(register, out)
    assert content(out) == before


def test_other_folders_are_left_alone_and_errors_are_those_of_reading(register, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError):
        ingest(register, tmp_path / "mine")
    (register / "2010.csv").write_text("甲,乙,丙\n1,2,3\n4,5,6\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"2010\.csv"):
        ingest(register, tmp_path / "out")


@pytest.mark.full
@pytest.mark.parametrize(("bound", "most"), [("MOST_SET_ASIDE", 3), ("MOST_CHARACTERS", 100)])
def test_what_cannot_be_read_is_bounded_over_all_files(tmp_path, monkeypatch, bound, most):
    for name in "ab":
        (tmp_path / "register").mkdir(exist_ok=True)
        rows = [row(1), row(2, day="13-41"), f"不是案号{'长' * 40},甲,,2011-01-05,,,,,"]
        month(tmp_path / "register", name, rows)
    ingest(tmp_path / "register", tmp_path / "before")
    monkeypatch.setattr(f"analysis.register.ingest.{bound}", most)
    with pytest.raises(InputError, match="4处行和单元格"):
        ingest(tmp_path / "register", tmp_path / "out")
    with pytest.raises(InputError, match="4处行和单元格"):
        read_cases(tmp_path / "before")
    assert not is_ingested(tmp_path / "out")


@pytest.mark.full
def test_parquet_reads_alike_and_progress_is_said(tmp_path):
    write_national(tmp_path / "nation", courts=5, cases=3000)
    said = []
    ingest(tmp_path / "nation", tmp_path / "out", progress=said.append)
    assert_read_alike(tmp_path / "nation", tmp_path / "out")
    assert said[-1].rows == 3000
    assert {p.step for p in said} == {"read", "write"}


@pytest.mark.skipif(sys.platform == "win32", reason="links ask for rights there")
def test_a_folder_is_ingested_where_its_link_leads(register, tmp_path):
    (tmp_path / "link").symlink_to("real")
    ingest(register, tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert is_ingested(tmp_path / "real")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems take no such name")
def test_a_name_that_is_no_utf_8_is_refused_before_anything_is_read(tmp_path):
    with pytest.raises(InputError, match="不是 UTF-8 编码"):
        ingest(tmp_path / "absent", tmp_path / "\udcff")


@pytest.mark.full
def test_an_ingested_register_is_taken_by_any_connection(register, tmp_path):
    ingest(register, tmp_path / "out")
    connection = embedded()
    pd.testing.assert_frame_equal(
        caseflow(read_cases(tmp_path / "out", engine=connection)), caseflow(read_cases(tmp_path / "out"))
    )


@pytest.mark.slow
@pytest.mark.parametrize("after", [0.5, 1.0, 2.0, 3.0])
def test_a_killed_run_resumes_to_the_same_bytes(tmp_path, after):
    write_national(tmp_path / "nation", courts=20, cases=300_000)
    ingest(tmp_path / "nation", tmp_path / "whole")
    program = f"from analysis.register.ingest import ingest; ingest({str(tmp_path / 'nation')!r}, {str(tmp_path / 'out')!r}); print('done')"
    run = subprocess.Popen([sys.executable, "-c", textwrap.dedent(program)])
    while not (tmp_path / "out").exists() and run.poll() is None:
        time.sleep(0.01)
    time.sleep(after)
    run.send_signal(signal.SIGKILL)
    run.wait()
    ingest(tmp_path / "nation", tmp_path / "out")
    assert content(tmp_path / "out") == content(tmp_path / "whole")
