import json
import re

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner

import analysis as an
from analysis.cli import main
from analysis.register.court_file import read_court_file
from analysis.vocabulary.language import speaking


@pytest.fixture
def call():
    def run(*arguments):
        with speaking("zh"):  # a command may change the language spoken; here it ends with the call
            return CliRunner().invoke(main, [str(a) for a in arguments])

    return run


def test_help_lists_the_commands_in_both_languages(call):
    said = call("--help").output
    for name in (
        "report",
        "check",
        "reconcile",
        "caseflow",
        "indicators",
        "compare",
        "bulletin",
        "data-review",
        "sample",
        "lab",
    ):
        assert name in said
    assert "年度报告" in said
    assert "the yearly report" in said


@pytest.mark.full
def test_indicators_as_json_hold_the_printed_rate(call):
    rows = json.loads(call("indicators", "--period", 2011, "--format", "json").stdout)
    rate = next(row for row in rows if row["indicator"] == "closure_rate")
    assert (rate["numerator"], rate["denominator"]) == (383, 386)


@pytest.mark.full
def test_caseflow_as_csv_adds_up(call):
    from io import StringIO

    flow = pd.read_csv(StringIO(call("caseflow", "--freq", "Y", "--format", "csv").stdout))
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
@pytest.mark.parametrize("command", [["check"], ["reconcile"], ["report", "--period", "2011", "--cases"]])
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


@pytest.mark.full
def test_a_register_with_an_error_ends_with_1(call, tmp_path):
    path = tmp_path / "a.csv"
    pd.DataFrame(
        {"案号": ["(2011)富执字第1号"], "立案日期": ["2011-05-01"], "结案日期": ["2011-04-01"], "结案方式": ["和解"]}
    ).to_csv(path, index=False)
    result = call("check", path, "--as-of", "2011-12-31", "--format", "json")
    assert result.exit_code == 1
    assert "closed_before_filed" in {row["rule"] for row in json.loads(result.stdout)}


@pytest.mark.full
def test_the_sample_command_writes_the_shipped_register(call, tmp_path):
    call("sample", "--out", tmp_path / "s")
    assert (tmp_path / "s" / "register" / "cases.csv").read_bytes() == an.sample_path(
        "register/cases.csv"
    ).read_bytes() or (tmp_path / "s" / "cases.csv").read_bytes() == an.sample_path("register/cases.csv").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["-p", "year=2011"], "--notebook"),
        (["--notebook", "own.ipynb", "--period", "2011"], "--period"),
        (["--notebook", "own.ipynb", "--cases", "a.csv"], "--cases"),
        (["--notebook", "own.ipynb", "--earlier", "2010"], "--earlier"),
        (["--notebook", "own.ipynb", "--definitions", "fujin-2012"], "--definitions"),
        (["--notebook", "own.ipynb", "-p", "year"], "name=value"),
        (["--notebook", "own.ipynb", "-p", "year=1", "-p", "year=2"], "year=2"),
        (["--notebook", "own.ipynb", "-p", "year={[]: 1}"], "-p year"),
        (["--notebook", "own.ipynb", "-p", f"year={'-' * 20_000}1"], "-p year"),
        (["--notebook", "own.ipynb"], "own.ipynb"),
        (["--template", "own.docx"], "docx"),
        (["--interactive", "--formats", "xlsx"], "interactive"),
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
        asked.update(path=path, parameters=parameters, formats=options["formats"], court_file=options["court_file"])
        raise an.InputError("停", "stop")

    monkeypatch.setattr(an, "publish_notebook", publish)
    call("report", "--notebook", "own.ipynb", "-p", "year=2011", "-p", "court=富锦", "-p", "x==1", "--formats", "pdf",
         "--court-file", "本院.toml")  # fmt: skip
    assert asked == {
        "path": "own.ipynb", "parameters": {"year": 2011, "court": "富锦", "x": "=1"}, "formats": ["pdf"], "court_file": "本院.toml",
    }  # fmt: skip


@pytest.mark.full
def test_verify_says_which_earlier_report_it_needs(call, tmp_path):
    rows = {"案号": ["(2010)富执字第1号", "(2011)富执字第1号"], "立案日期": ["2010-05-01", "2011-05-01"]}
    pd.DataFrame(rows | {"结案日期": ["2010-06-01", ""], "结案方式": ["和解", ""]}).to_csv(
        tmp_path / "a.csv", index=False
    )
    own = ["--cases", tmp_path / "a.csv"]
    for year in (2010, 2011):
        done = call("report", *own, "--period", year, "--formats", "xlsx", "--out", tmp_path / "reports" / str(year))
        assert done.exit_code == 0, done.output
    asked = ["verify", tmp_path / "reports" / "2011", *own, "--as-of", "2011-12-31"]
    assert call(*asked).exit_code == 0
    (tmp_path / "reports" / "2010").rename(tmp_path / "2010")
    missing = call(*asked)
    assert missing.exit_code == 2
    assert "--earlier" in missing.stderr
    assert call(*asked, "--earlier", tmp_path / "2010").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "zh", "en"),
    [
        (["nonsense"], "没有命令 nonsense", "No such command 'nonsense'"),
        (["caseflow", "--nope"], "没有选项 --nope", "No such option '--nope'"),
        (["caseflow", "--format", "xml"], "table（表格）、csv、json", "table, csv, json"),
        (["report", "--period", "abc"], "“abc”不是年份", "is not a year"),
        (["bulletin"], "缺少 '--period'", "Missing option '--period'"),
        (
            ["bundle"],
            "缺少 '--platform'，应为 win_amd64(Windows)、",
            "Missing option '--platform'. Expected win_amd64(Windows), ",
        ),
        (
            ["template"],
            "缺少 '[returns(公布数字)|holidays(节假日)]'",
            "Missing argument '[returns(公布数字)|holidays(节假日)]'",
        ),
        (["definitions", "extra"], "多出的参数：extra", "unexpected extra argument (extra)"),
        (["caseflow", "台账.xlsx"], "台账请写 --cases 台账.xlsx", "A register is named by --cases 台账.xlsx"),
        (["check", "--cases", "台账.xlsx"], "台账直接写在命令后面", "The register stands by itself"),
        (["caseflow", "--freq"], "--freq", "'--freq'"),
    ],
)
def test_a_wrong_call_is_said_in_the_users_language_and_ends_with_2(call, arguments, zh, en):
    for options, said, other in ([], zh, "Error"), (["--language", "en"], en, "错误"):
        result = call(*options, *arguments)
        assert result.exit_code == 2
        assert said in result.stderr.splitlines()[0]
        assert other not in result.stderr


def test_a_path_that_may_not_be_read_is_said_in_the_users_language(call, tmp_path, monkeypatch):
    monkeypatch.setattr("click.types.os.access", lambda *_: False)
    (place := tmp_path / "台账").mkdir()
    said = call("caseflow", "--cases", place).stderr.splitlines()[0]
    assert said.endswith("'--cases' 的值不对：读不了。请检查路径和权限。")


@pytest.mark.parametrize("command", [("check",), ("caseflow", "--freq", "Y")], ids=" ".join)
@pytest.mark.full
def test_figures_of_the_sample_are_never_taken_for_those_of_the_court(call, tmp_path, monkeypatch, command):
    """Who stands in the wrong folder is told so."""
    monkeypatch.chdir(tmp_path)
    assert "没有给出台账，当前文件夹也没有 本院.toml：用的是自带的合成示例。" in call(*command).stderr
    assert "this is the synthetic sample" in call(*command, "--language", "en").stderr
    rows = pd.DataFrame({"案号": ["（2011）云0123执1号"], "立案日期": ["2011-03-01"], "结案日期": ["2011-05-01"]})
    rows.to_csv("台账.csv", index=False)
    assert "这个文件夹里的文件（台账.csv）没有用：先运行 court-analysis start 台账.csv。" in call(*command).stderr
    own = ["台账.csv"] if command[0] == "check" else ["--cases", "台账.csv"]
    assert "示例" not in call(*command, *own, "--as-of", "2011-12-31").stderr


def test_the_language_may_stand_after_what_is_wrong(call):
    assert call("caseflow", "--nope", "--language", "en").stderr.startswith("Error: No such option")


def test_help_names_every_command_with_its_whole_sentence(call):
    said = call("--help").output
    assert not [line for line in said.splitlines()[1:] if line.endswith("...")]
    assert "选项 / Options" in said
    assert "用法 / Usage" in call("caseflow", "--help").output


ROWS = {
    "案号": [f"(2011)富执字第{n}号" for n in (1, 2, 3)],
    "立案日期": ["2011-01-04", "2011-02-01", "2011-03-01"],
    "结案日期": ["2011-04-01", "", ""],
    "申请执行标的额": ["100", "200", "300"],
}


def register(path, **changed):
    pd.DataFrame(ROWS | changed).to_csv(path, index=False)
    return path


@pytest.mark.parametrize("column", ["立案日期", "申请执行标的额"])
@pytest.mark.parametrize(
    "command", [["check"], ["indicators", "--cases"], ["caseflow", "--cases"], ["report", "--cases"]]
)
def test_a_column_of_another_type_is_one_error_that_names_file_column_and_row_but_no_cell(
    call, tmp_path, monkeypatch, command, column
):
    monkeypatch.chdir(tmp_path)
    file = register(tmp_path / "台账.csv", **{column: ["甲", "乙", "丙"]})
    result = call(*command, file, "--as-of", "2011-12-31")
    assert result.exit_code == 2
    assert result.stdout == ""
    for part in ("台账.csv", column, "第2行", "应为"):
        assert part in result.stderr.splitlines()[-1]
    assert "甲" not in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["台账.csv"], "nothing half-written"


@pytest.mark.full
def test_a_row_that_cannot_be_used_is_a_finding(call, tmp_path):
    file = register(tmp_path / "台账.csv", 立案日期=["2011-01-04", "2011-02-30", "2011-03-01"])
    result = call("check", file, "--as-of", "2011-12-31", "--format", "json")
    assert result.exit_code == 1
    row = next(row for row in json.loads(result.stdout) if row["rule"] == "quarantined")
    assert (row["row"], row["field"], row["value"]) == (3, "filed_on", "2011-02-30")


@pytest.mark.full
def test_figures_take_the_headers_and_the_court_that_check_takes(call, tmp_path):
    pd.DataFrame(ROWS).rename(columns={"立案日期": "收案日"}).to_csv(tmp_path / "台账.csv", index=False)
    (tmp_path / "列名.toml").write_text('"收案日" = "立案日期"', encoding="utf-8")
    own = ["--as-of", "2011-12-31", "--columns", tmp_path / "列名.toml", "--court", "甲县人民法院"]
    flow = json.loads(
        call("caseflow", "--cases", tmp_path / "台账.csv", *own, "--freq", "Y", "--format", "json").stdout
    )
    assert flow == [{"period": "2011-01-01", "opening": 0, "filed": 3, "closed": 1, "closing": 2}]
    table = json.loads(call("indicators", "--cases", tmp_path / "台账.csv", *own, "--format", "json").stdout)
    assert {row["court"] for row in table} == {"甲县人民法院"}


@pytest.mark.full
def test_a_form_of_published_figures_that_nobody_filled_in_is_refused_wherever_it_is_given(call, tmp_path):
    form = tmp_path / "公布数字.xlsx"
    call("template", "returns", "--out", form)
    asked = (
        ("reconcile", form),
        ("report", "--returns", form),
        ("report", "--peers", form),
        ("bulletin", "--period", "2011", "--returns", form),
    )
    for command in asked:
        refused = call(*command)
        assert refused.exit_code == 2, command
        assert "没有填写任何公布的数字" in refused.stderr
    with pytest.raises(an.DataError, match="报表为空"):
        an.compare_printed(an.read_cases(an.sample_path("register")), an.read_returns(form))


def test_reconcile_tells_scopes_apart_and_shows_no_codes(call, tmp_path):
    lines = "法院,范围,年度,旧存,受理,结案,未结,受理同比\n甲法院,执行案件,2021,123,2380,1058,,+3.2%\n甲法院,诉讼案件,2021,133,2559,1780,,\n"
    (tmp_path / "r.csv").write_text(lines + "甲法院,执行案件,2020,,,,120,\n", encoding="gb18030")
    said = call("reconcile", tmp_path / "r.csv")
    assert said.exit_code == 1
    for words in ("诉讼案件", "恒等关系", "受理同比", "至少须改1个数"):
        assert words in said.stdout
    assert "identity:" not in said.stdout
    assert "received_change" not in said.stdout


def test_reconcile_as_csv_is_one_table(call):
    from io import StringIO

    said = call("reconcile", an.sample_path("returns_fujin.csv"), "--implied", "--format", "csv").stdout
    table = pd.read_csv(StringIO(said))
    assert set(table["part"]) == {"figures", "implied", "conflicts"}
    assert table["measure"].notna().all()


@pytest.mark.full
def test_tables_speak_the_language_asked_for_in_full_lines(call):
    said = call("indicators", "--language", "en").stdout
    assert "10,000" in said
    assert "万元" not in said
    assert all(line[-1] == "|" for line in said.splitlines() if line.strip())
    assert "迟录" in call("check", an.sample_path("register")).stdout


def test_ingest_verifies_a_folder_and_ends_with_1_where_a_file_is_damaged(call, tmp_path):
    register(tmp_path / "台账.csv")
    shown = call("ingest", tmp_path / "台账.csv", "--out", tmp_path / "out").stdout
    assert "立案年度" in shown
    assert re.search(r"\| +20\d\d +\|", shown), "a year is no amount"
    assert call("ingest", "--verify", "--out", tmp_path / "out").exit_code == 0
    part = next((tmp_path / "out").rglob("part-0.parquet"))
    part.write_bytes(part.read_bytes()[:-9])
    damaged = call("ingest", "--verify", "--out", tmp_path / "out")
    assert damaged.exit_code == 1
    assert "part-0.parquet" in damaged.stdout
    assert "台账.csv" in damaged.stdout
    assert call("ingest", "--out", tmp_path / "out").exit_code == 2  # no source


@pytest.mark.full
@pytest.mark.parametrize("arguments", [["sample"], ["sample", "--courts", 1, "--cases", 2], ["ingest", "台账.csv"]])
def test_a_folder_that_cannot_be_written_is_one_message_and_exit_2(call, tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    register(tmp_path / "台账.csv")
    (tmp_path / "file").touch()
    result = call(*arguments, "--out", "file/below")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1].startswith("错误：")


@pytest.mark.full
@pytest.mark.parametrize("language", ["zh", "en"])
def test_compare_says_why_there_are_no_limits_and_prints_references_and_what_is_left_out(call, language):
    said = call("compare", "--highlight", "富锦市人民法院", "--language", language).output
    assert {"zh": "不画控制限", "en": "there are no limits"}[language] in said
    assert {"zh": "缩尾", "en": "winsorised"}[language] not in said
    assert {"zh": "全国法院", "en": "courts nationwide"}[language] in said
    assert {"zh": "未列入比较1行：", "en": "left out of the comparison (1):"}[language] in said


@pytest.mark.full
@pytest.mark.parametrize(
    ("language", "why"), [("zh", "未列入比较1行：该法院另有更近的完整年度"), ("en", "left out of the comparison (1): the court has a later full year")]
)  # fmt: skip
def test_compare_says_in_words_why_older_years_are_left_out(call, language, why):
    assert why in call("compare", "--language", language).output


def test_compare_prints_limits_and_expected_flags_of_ten_courts_of_one_year(call, tmp_path):
    year = {
        "level": "basic",
        "scope": "执行案件",
        "received": "200",
        "period_start": "2011-01-01",
        "period_end": "2011-12-31",
    }
    rows = [
        year | {"court": f"{name}院", "closed": str(150 + 4 * at)} for at, name in enumerate("甲乙丙丁戊己庚辛壬癸")
    ]
    pd.DataFrame(rows).to_csv(tmp_path / "a.csv", index=False)
    said = call("compare", tmp_path / "a.csv", "--language", "zh").output
    assert "缩尾" in said, "the expected share flagged under each adjustment"
    assert "99.8%限外" in said


def test_compare_lists_every_row_left_out_and_takes_a_year(call, tmp_path):
    year = {"level": "basic", "scope": "执行案件", "received": "100"}
    rows = [
        year
        | {"court": court, "period_start": f"{y}-01-01", "period_end": f"{y}-12-31", "closed": str(80 + i + y % 10)}
        for i, court in enumerate(("甲院", "乙院", "丙院"))
        for y in (2010, 2011)
    ]
    path = tmp_path / "a.csv"
    pd.DataFrame(rows).to_csv(path, index=False)
    left_out = json.loads(call("compare", path, "--excluded", "--format", "json").stdout)
    assert {(row["court"], row["reason"]) for row in left_out} == {(c, "older") for c in ("甲院", "乙院", "丙院")}
    earlier = json.loads(call("compare", path, "--period", 2010, "--adjust", "additive", "--format", "json").stdout)
    assert [row["numerator"] for row in earlier] == [80, 81, 82]


@pytest.mark.full
def test_a_court_starts_with_its_own_export(call, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    lines = ["案号,立案时间,了结时间,结案形式,承办人"]
    lines += [
        f"（2023）黑0882执{i}号,2023-01-04,2023-0{i}-06,{'执行完毕' if i % 2 else '怪法结案'},王伟" for i in range(2, 9)
    ]
    (tmp_path / "台账.csv").write_text("\n".join(lines), encoding="utf-8")
    begun = call("start", "台账.csv", "--yes")
    assert begun.exit_code == 0, begun.output
    assert "按内容提议1" in begun.output
    assert "王伟" not in begun.output
    flow = call("caseflow", "--freq", "Y", "--format", "json")  # the court's register, not the sample
    assert [row["closed"] for row in json.loads(flow.stdout)] == [7]
    written = (tmp_path / "本院.toml").read_text(encoding="utf-8")
    again = call("start", "台账.csv", "--yes", "--court", "甲县人民法院")
    assert again.exit_code == 0
    assert "没有采用：本院.toml 已存在" in again.stderr
    assert '# "怪法结案" = ""' in again.output, "what is not known yet is named"
    assert (tmp_path / "本院.toml").read_text(encoding="utf-8") == written, "nothing is written over"
    with speaking("zh"):
        in_gbk = CliRunner().invoke(main, ["start", "台账.csv"], input="销案\n".encode("gbk"))
        assert in_gbk.exit_code == 2
        assert "不是 UTF-8" in in_gbk.stderr
        answered = CliRunner().invoke(main, ["start", "台账.csv"], input="销案\n")
    assert '"怪法结案" = "withdrawn"' in answered.output
    assert '\n"怪法结案" = "withdrawn"' in (tmp_path / "本院.toml").read_text(encoding="utf-8")


def test_an_export_without_cases_starts_nothing(call, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "空.csv").write_text("案号,立案日期,结案日期\n", encoding="utf-8")
    begun = call("start", "空.csv", "--yes")
    assert begun.exit_code == 2
    assert "没有一行案件的立案日期读得出" in begun.stderr
    assert not (tmp_path / "本院.toml").exists()


def test_the_words_of_a_column_that_a_person_names_are_asked(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rows = ["案号,立案时间,结案日期,备考,承办人"]
    rows += [f"（2023）黑0882执{i}号,2023-01-04,2023-03-0{i},甲了,王伟" for i in range(1, 5)]
    answers = ["备考", "执行完毕", *[""] * 6]
    said, text = asked_and_answered(tmp_path, rows, answers)
    assert "“甲了”（4件）是哪一种" in said
    assert '"备考" = "closure_mode"' in text
    assert '"甲了" = "completed"' in text


def test_a_word_that_is_passed_over_stays_open_as_the_question_says(tmp_path, monkeypatch):
    """It said that Enter meant 其他, and wrote nothing."""
    monkeypatch.chdir(tmp_path)
    rows = ["案号,立案日期,结案日期,结案方式,承办人"]
    rows += [f"（2023）黑0882执{i}号,2023-01-04,2023-03-0{i},甲了,王伟" for i in range(1, 5)]
    said, text = asked_and_answered(tmp_path, rows, [""] * 12)
    assert "“甲了”（4件）是哪一种" in said
    assert "（回车：先不定）" in said
    assert '# "甲了" = ""' in text


@pytest.mark.full
def test_dates_after_the_day_to_which_a_live_register_is_read_are_no_errors(call, tmp_path):
    rows = [f"（2022）黑0882执{i}号,2022-01-0{i},,王伟" for i in range(1, 5)]
    rows += ["（2021）黑0882执1号,2021-01-04,2022-01-06,王伟", "（2021）黑0882执2号,2021-01-04,2202-01-06,王伟"]
    (tmp_path / "a.csv").write_text("\n".join(["案号,立案日期,结案日期,承办人", *rows]), encoding="utf-8")
    done = call("check", tmp_path / "a.csv", "--as-of", "2021-12-31", "--court", "甲院")
    assert "错误1" in done.output, "2202 is a slip"
    assert "另有5处日期晚于截止日（2021-12-31）" in done.output


@pytest.mark.full
@pytest.mark.parametrize(
    "asked",
    [("bulletin", "--period", "2011", "--formats", "xlsx"), ("data-review", "--to", "2011-12", "--formats", "docx")],
)
def test_dates_after_the_day_that_the_courts_file_says_are_no_errors_of_what_ends_with_it(call, tmp_path, asked):
    rows = pd.DataFrame(
        {
            "案号": [f"（2011）青执{n}号" for n in range(1, 61)],
            "立案日期": pd.date_range("2011-01-04", periods=60, freq="6D").strftime("%Y-%m-%d"),
            "结案日期": ["2012-01-09"] * 5 + ["2011-12-30"] * 55,
            "结案方式": "执行完毕",
        }
    )
    rows.to_csv(tmp_path / "台账.csv", index=False)
    said = tmp_path / "本院.toml"
    said.write_text('court = "青石县人民法院"\nas_of = "2011-12-31"\n', encoding="utf-8")
    command, *rest = asked
    made = call(command, "--cases", tmp_path / "台账.csv", "--court-file", said, "--out", tmp_path / "出", *rest)
    assert made.exit_code == 0, made.output


@pytest.mark.full
def test_a_register_of_under_a_year_gets_the_report_of_the_year_that_it_has(call, tmp_path):
    (tmp_path / "a.csv").write_text(
        "案号,立案日期,结案日期\n（2018）黑0882执1号,2018-01-04,2018-03-01\n（2018）黑0882执2号,2018-01-04,",
        encoding="utf-8",
    )
    asked = ("--cases", tmp_path / "a.csv", "--as-of", "2018-08-31", "--court", "甲院", "--out", tmp_path / "r")
    done = call("report", *asked, "--formats", "xlsx")
    assert done.exit_code == 0
    assert (tmp_path / "r" / "report-2018.zh.xlsx").is_file()


def asked_and_answered(folder, rows, answers):
    (folder / "台账.csv").write_text("\n".join(rows), encoding="utf-8")
    with speaking("zh"):
        said = CliRunner().invoke(main, ["start", "台账.csv", "--out", "甲.toml"], input="\n".join(answers) + "\n")
    assert said.exit_code == 0, said.output
    return said.output, (folder / "甲.toml").read_text(encoding="utf-8")


def test_what_is_proposed_is_confirmed_or_changed_one_by_one(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rows = ["案号,立案时间,了结时间,结案形式,经手", "（2023）黑0882执1号,2023-01-04,2023-03-06,怪法结案,王伟"]
    not_it, none_closes, officer, no_amount, no_basis = "-", "", "经手", "", ""
    answers = [
        not_it,
        none_closes,
        officer,
        no_amount,
        no_amount,
        no_basis,
        "销案",
        "甲法院",
        "中级",
        "2023-12-31",
        "dec-21",
        "无此口径",
        "spc-2024",
        "fujin-2012",
    ]
    said, text = asked_and_answered(tmp_path, rows, answers)
    assert "“无此口径”" in said, "asked again"
    for line in (
        'court = "甲法院"', 'level = "intermediate"', 'as_of = "2023-12-31"', 'calendar = "dec-21"', 'definitions = "spc-2024"',
        'scheme = "fujin-2012"', '"怪法结案" = "withdrawn"', '"经手" = "officer"',
    ):  # fmt: skip
        assert line in text, line
    assert "closed_on" not in text
    read_court_file(tmp_path / "甲.toml")


def test_enter_takes_what_is_proposed_and_a_blank_stays_unknown_unless_somebody_says_0(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rows = [
        "案号,立案时间,结案日期,结案方式,承办人,到位金额",
        "（2023）黑0882执1号,2023-01-04,2023-12-29,执行完毕,王伟,",
    ]
    said, text = asked_and_answered(tmp_path, rows, [""] * 7)
    assert "已结1件中1件未填“实际到位金额”" in said
    assert "2023 spc-2008, spc-3plus1, spc-2024" in said, "which definitions are in force is said"
    for line in ('court = "富锦市人民法院"', 'level = "basic"', 'as_of = "2023-12-31"', 'definitions = "by-period"'):
        assert line in text, line
    assert "\n# scheme =" in text
    assert '\n# blank_means_zero = ["实际到位金额"]' in text
    (tmp_path / "甲.toml").unlink()
    _, text = asked_and_answered(tmp_path, rows, [""] * 6 + ["y"])
    assert '\nblank_means_zero = ["实际到位金额"]' in text


def test_a_register_of_which_the_case_number_is_not_understood_is_not_begun(call, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "台账.csv").write_text("流水,受理日期,承办人\n1,2023-01-04,王伟\n2,2023-01-05,王伟", encoding="utf-8")
    said = call("start", "台账.csv", "--yes")
    assert said.exit_code == 2
    assert "案号" in said.stderr
    assert not (tmp_path / "本院.toml").exists()


@pytest.mark.full
def test_a_folder_stays_a_folder_and_is_found_from_the_courts_file(call, tmp_path, monkeypatch):
    (tmp_path / "台账").mkdir()
    (tmp_path / "说明").mkdir()
    monkeypatch.chdir(tmp_path)
    for month in (1, 2):  # the second comes later
        lines = ["案号,立案时间,结案日期", f"（2023）黑0882执{month}号,2023-0{month}-04,2023-03-06"]
        (tmp_path / "台账" / f"{month}.csv").write_text("\n".join(lines), encoding="utf-8")
        if month == 1:
            assert call("start", "台账", "--yes", "--out", "说明/本院.toml").exit_code == 0
    flow = call("caseflow", "--freq", "Y", "--format", "json", "--court-file", "说明/本院.toml")
    assert [row["filed"] for row in json.loads(flow.stdout)] == [2]


@pytest.mark.parametrize(
    "asked",
    [
        ["caseflow", "--freq", "Y"],
        ["indicators", "--period", "2011上半年"],
        ["check"],
        ["definitions", "--set", "fujin-2012"],
        ["reconcile", an.sample_path("returns_fujin.csv")],
        ["compare", "--excluded"],
    ],
    ids=lambda asked: asked[0],
)
@pytest.mark.parametrize("kind", ["xlsx", pytest.param("csv", marks=pytest.mark.full)])
def test_figures_go_into_a_file_that_excel_opens_in_chinese(call, tmp_path, asked, kind):
    out = tmp_path / f"表.{kind}"
    done = call(*asked, "--out", out)
    assert done.exit_code in (0, 1)
    assert str(out) in done.stdout
    if kind == "csv":
        assert out.read_bytes().startswith(b"\xef\xbb\xbf"), "without it Excel takes UTF-8 for GBK"
        headings = list(pd.read_csv(out))
    else:
        headings = [str(cell.value) for cell in openpyxl.load_workbook(out).worksheets[0][3]]
    assert any("\u4e00" <= letter <= "\u9fff" for heading in headings for letter in heading)
    assert not any(heading.isascii() and "_" in heading for heading in headings), headings


@pytest.mark.full
def test_figures_in_a_file_are_those_on_the_screen(call, tmp_path):
    call("caseflow", "--freq", "Y", "--out", tmp_path / "收结存.csv")
    shown = json.loads(call("caseflow", "--freq", "Y", "--format", "json").stdout)
    assert pd.read_csv(tmp_path / "收结存.csv")["未结"].tolist() == [row["closing"] for row in shown]


@pytest.mark.parametrize("out", ["表.doc", "没有/表.csv"])
def test_a_file_that_cannot_be_written_is_refused_before_anything_is_read(call, tmp_path, out):
    refused = call("caseflow", "--cases", tmp_path / "absent.csv", "--out", tmp_path / out)
    assert refused.exit_code == 2
    assert ("--out" if out.endswith("doc") else "文件夹不存在") in refused.stderr


@pytest.mark.parametrize(
    ("command", "option", "said"),
    [("indicators", "--cases", "选项 --cases 只能写一次；几个文件请放在一个文件夹里。"), ("report", "--formats", "选项 --formats 只能写一次。"),
     ("compare", "--period", "选项 --period 只能写一次。"), ("compare", "--year", "选项 --period 只能写一次。")],
)  # fmt: skip
def test_no_value_is_dropped_where_an_option_of_one_stands_twice(command, option, said):
    """Of two registers the second alone was counted."""
    ended = CliRunner().invoke(main, [command, option, "2010", f"{option}=2011"])
    assert (ended.exit_code, said in ended.stderr) == (2, True)


@pytest.mark.full
def test_options_of_several_values_and_flags_may_stand_twice(call):
    both = call("indicators", "--period", "2010", "--period", "2011", "--format", "json")
    assert {row["period_end"][:4] for row in json.loads(both.stdout)} == {"2010", "2011"}
    assert call("check", "--details", "--details").exit_code == 0


@pytest.mark.parametrize(
    "arguments", [["ingest", "台账.csv", "--out", ""], ["check", ""], ["report", "--year", "2011", "--out", ""]]
)
def test_an_empty_text_is_no_file_or_folder(arguments, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "台账.csv").write_text("案号,立案日期,法院\n（2011）富执字第1号,2011-01-04,甲\n", encoding="utf-8")
    ended = CliRunner().invoke(main, arguments)
    assert ended.exit_code == 2
    assert "是空的" in ended.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["台账.csv"]


@pytest.mark.full
def test_the_summary_of_check_names_nobody_after_whom_a_sheet_is_called(call, tmp_path):
    rows = pd.DataFrame(
        {"案号": ["（2011）富执1号"], "立案日期": "2011-03-01", "结案日期": "2011-01-04", "承办人": "端木珊瑚"}
    )
    with pd.ExcelWriter(tmp_path / "台账.xlsx") as book:
        for sheet, number in (("端木珊瑚", "（2011）富执1号"), ("执行二组", "（2011）富执2号")):
            rows.assign(案号=number).to_excel(book, sheet_name=sheet, index=False)
    asked = ("check", tmp_path / "台账.xlsx", "--as-of", "2011-12-31")
    for form in ("table", "json"):
        told = call(*asked, "--format", form)
        assert told.exit_code == 1
        assert "#1" not in told.stdout  # that sheet could be somebody's, and so no finding has a place
        assert "端木" not in told.output


@pytest.mark.parametrize(
    "words",
    [
        ("definitions", "--set", "按时期", "--format", "ＣＳＶ"),
        ("definitions", "--set", "BY-PERIOD", "--format", " csv"),
    ],
)
def test_options_take_the_words_of_the_field(call, words):
    assert call(*words).stdout == call("definitions", "--set", "by-period", "--format", "csv").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["compare", "--adjust", "乘法法"], "multiplicative（乘法）、additive（加法）、shmi 之一。是否想写“乘法”？"),
        (["--language", "English", "compare", "--adjust", "aditive"], 'additive, shmi. Did you mean "additive"?'),
        (["template", "节日"], "是否想写“节假日”？"),
        (["check", "--format", ""], "table（表格）、csv、json 之一"),
        (["definitions", "--set", "fujin2012"], "是否想写“fujin-2012”？"),
    ],
)
def test_a_wrong_word_on_the_command_line_is_answered_with_the_nearest(call, arguments, said):
    done = call(*arguments)
    assert said in done.stderr
    assert done.exit_code == 2


def test_help_lists_codes_with_their_words(call):
    assert "multiplicative(乘法)" in call("compare", "--help").stdout
    assert "xlsx(Excel)" in call("report", "--help").stdout


@pytest.mark.full
def test_a_start_that_ends_without_a_courts_file_says_that_the_register_is_not_in_use(call, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    pd.DataFrame({"案号": ["（2011）云0123执1号"], "结案日期": ["2011-05-01"]}).to_csv("台账.csv", index=False)
    result = call("start", "台账.csv", "--yes")
    assert result.exit_code == 2
    assert "没有写出 本院.toml：写出之前，check、report 等命令用的不是这个台账。" in result.stderr
    assert "立案日期" in result.stderr
