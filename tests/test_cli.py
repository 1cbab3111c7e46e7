import json

import pandas as pd
import pytest
from click.testing import CliRunner

import analysis as an
from analysis.cli import main
from analysis.vocabulary.language import speaking


@pytest.fixture
def call():
    def run(*arguments):
        with speaking("zh"):  # a command may change the language spoken; here it ends with the call
            return CliRunner().invoke(main, [str(a) for a in arguments])

    return run


def test_help_lists_the_commands_in_both_languages(call):
    said = call("--help").output
    for name in ("report", "check", "reconcile", "caseflow", "indicators", "compare", "bulletin", "sample", "lab"):
        assert name in said
    assert "年度报告" in said
    assert "the yearly report" in said


def test_indicators_as_json_hold_the_printed_rate(call):
    rows = json.loads(call("indicators", "--year", 2011, "--format", "json").output)
    rate = next(row for row in rows if row["indicator"] == "closure_rate")
    assert (rate["numerator"], rate["denominator"]) == (383, 386)


def test_caseflow_as_csv_adds_up(call):
    from io import StringIO

    flow = pd.read_csv(StringIO(call("caseflow", "--freq", "Y", "--format", "csv").output))
    assert flow.iloc[-1][["opening", "filed", "closed", "closing"]].tolist() == [15, 371, 383, 3]


def test_reconcile_ends_with_1_on_a_conflict_and_0_without(call, tmp_path):
    fine = pd.DataFrame(
        [
            {
                "court": "甲法院",
                "period_start": "2011-01-01",
                "period_end": "2011-12-31",
                "received": "386",
                "closed": "383",
                "closure_rate": "99.22",
            }
        ]
    )
    fine.to_csv(tmp_path / "fine.csv", index=False)
    fine.assign(closure_rate="97.22").to_csv(tmp_path / "wrong.csv", index=False)
    assert call("reconcile", tmp_path / "fine.csv").exit_code == 0
    wrong = call("reconcile", tmp_path / "wrong.csv", "--format", "json")
    assert wrong.exit_code == 1
    assert json.loads(wrong.output)["conflicts"]


@pytest.mark.parametrize(("language", "said"), [("zh", "错误"), ("en", "Error")])
@pytest.mark.parametrize("command", [["check"], ["reconcile"], ["report", "--year", "2011", "--cases"]])
def test_a_missing_file_is_one_message_and_exit_2(call, tmp_path, monkeypatch, command, language, said):
    monkeypatch.chdir(tmp_path)
    result = call(command[0], "--language", language, *command[1:], "absent.xlsx")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1].startswith(said)
    assert "absent.xlsx" in result.stderr
    assert "Traceback" not in result.output + result.stderr
    assert list(tmp_path.iterdir()) == [], "nothing half-written"


def test_an_absent_column_names_file_column_and_nearest(call, tmp_path):
    path = tmp_path / "台账.csv"
    pd.DataFrame({"案号": ["(2011)富执字第1号"], "承办人": ["甲"]}).to_csv(path, index=False)
    result = call("check", path, "--as-of", "2011-12-31")
    assert result.exit_code == 2
    assert "台账.csv" in result.stderr
    assert "立案日期" in result.stderr


def test_a_register_with_an_error_ends_with_1(call, tmp_path):
    path = tmp_path / "a.csv"
    pd.DataFrame(
        {"案号": ["(2011)富执字第1号"], "立案日期": ["2011-05-01"], "结案日期": ["2011-04-01"], "结案方式": ["和解"]}
    ).to_csv(path, index=False)
    result = call("check", path, "--as-of", "2011-12-31", "--format", "json")
    assert result.exit_code == 1
    assert "closed_before_filed" in {row["rule"] for row in json.loads(result.stdout)}


def test_the_sample_command_writes_the_shipped_register(call, tmp_path):
    call("sample", "--out", tmp_path / "s")
    assert (tmp_path / "s" / "register" / "cases.csv").read_bytes() == an.sample_path(
        "register/cases.csv"
    ).read_bytes() or (tmp_path / "s" / "cases.csv").read_bytes() == an.sample_path("register/cases.csv").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["-p", "year=2011"], "--notebook"),
        (["--notebook", "own.ipynb", "--year", "2011"], "--year"),
        (["--notebook", "own.ipynb", "--cases", "a.csv"], "--cases"),
        (["--notebook", "own.ipynb", "--earlier", "2010"], "--earlier"),
        (["--notebook", "own.ipynb", "--definitions", "fujin-2012"], "--definitions"),
        (["--notebook", "own.ipynb", "-p", "year"], "name=value"),
        (["--notebook", "own.ipynb", "-p", "year=1", "-p", "year=2"], "year=2"),
        (["--notebook", "own.ipynb"], "own.ipynb"),
        (["--template", "own.docx"], "docx"),
        (["--formats", "html,doc"], "doc"),
    ],
)
def test_report_options_that_do_not_go_together_are_one_message_and_exit_2(
    call, tmp_path, monkeypatch, arguments, named
):
    monkeypatch.chdir(tmp_path)
    result = call("report", *arguments)
    assert result.exit_code == 2
    assert named in result.stderr.splitlines()[-1]
    assert "Traceback" not in result.output + result.stderr
    assert list(tmp_path.iterdir()) == [], "nothing half-written"


def test_a_notebooks_parameters_are_read_as_numbers_or_text(call, monkeypatch):
    asked = {}

    def publish(path, parameters, **options):
        asked.update(path=path, parameters=parameters, formats=options["formats"])
        raise an.InputError("停", "stop")

    monkeypatch.setattr(an, "publish_notebook", publish)
    call("report", "--notebook", "own.ipynb", "-p", "year=2011", "-p", "court=富锦", "-p", "x==1", "--formats", "pdf")
    assert asked == {"path": "own.ipynb", "parameters": {"year": 2011, "court": "富锦", "x": "=1"}, "formats": ["pdf"]}


def test_verify_says_which_earlier_report_it_needs(call, tmp_path):
    rows = {"案号": ["(2010)富执字第1号", "(2011)富执字第1号"], "立案日期": ["2010-05-01", "2011-05-01"]}
    pd.DataFrame(rows | {"结案日期": ["2010-06-01", ""], "结案方式": ["和解", ""]}).to_csv(
        tmp_path / "a.csv", index=False
    )
    own = ["--cases", tmp_path / "a.csv"]
    for year in (2010, 2011):
        done = call("report", *own, "--year", year, "--formats", "xlsx", "--out", tmp_path / "reports" / str(year))
        assert done.exit_code == 0, done.output
    asked = ["verify", tmp_path / "reports" / "2011", *own, "--as-of", "2011-12-31"]
    assert call(*asked).exit_code == 0
    (tmp_path / "reports" / "2010").rename(tmp_path / "2010")
    missing = call(*asked)
    assert missing.exit_code == 2
    assert "--earlier" in missing.stderr
    assert call(*asked, "--earlier", tmp_path / "2010").exit_code == 0
