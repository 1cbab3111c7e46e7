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
