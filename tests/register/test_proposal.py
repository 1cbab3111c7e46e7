import hashlib

import openpyxl
import pandas as pd
import pytest
import qingshi

import analysis as an
from analysis.register.proposal import propose_court_file
from analysis.vocabulary.errors import InputError

HEADER = [
    "序号",
    "案号",
    "立案时间",
    "分案日",
    "了结时间",
    "结案形式",
    "执行依据文书种类",
    "申请执行标的额（元）",
    "已执行到位金额（元）",
    "承办人",
    "团队",
]
MODES = ["执行完毕", "终结本次执行", "怪法结案", "和解长期履行"]


@pytest.fixture
def export(write):
    rows = [
        [i, f"（2023）黑0882执{i}号", f"2023-0{i % 9 + 1}-04", f"2023-0{i % 9 + 1}-05", f"2023-1{i % 3}-06", MODES[i % 4],
         "民事判决书", 1000 + i, i, "王伟", "一组"]
        for i in range(1, 25)
    ]  # fmt: skip
    return write([["青石县人民法院执行案件一览表"], HEADER, *rows], "台账.csv")


def test_headers_are_known_by_name_or_proposed_by_what_they_hold(export):
    found = propose_court_file(export)
    by = found.columns.set_index("header")[["column", "found_by"]]
    assert by.loc["分案日"].tolist() == ["assigned_on", "name"]
    assert by.loc["结案形式"].tolist() == ["closure_mode", "name"]
    assert by.loc["执行依据文书种类"].tolist() == ["basis", "name"]
    assert by.loc["已执行到位金额（元）"].tolist() == ["amount_recovered", "name"]
    assert by.loc["了结时间"].tolist() == ["closed_on", "content"]
    assert by.loc["团队"].tolist() == ["team", "content"]
    assert by.loc["序号"].tolist() == ["", ""]
    assert str(found.last_day)[:10] == "2023-12-06"
    assert found.court == "富锦市人民法院"


def test_the_judge_answerable_for_a_case_is_its_officer(write):
    rows = [[f"（2023）桂0555执{n}号", f"2023-02-0{n}", f"法官{n}"] for n in (1, 2, 3)]
    found = propose_court_file(write([["案号", "立案日", "责任法官"], *rows], "新案.csv"))
    assert found.columns.set_index("header").loc["责任法官", "column"] == "officer"


def test_totals_and_notes_are_no_cells_of_a_column(write):
    rows = [[f"（2023）桂0555执{n}号", f"2023-02-0{n}", "100"] for n in (1, 2, 3)]
    below = [["合计", "", "300"], ["注：本表由执行局填报", "", ""], ["", "小计", "300"], ["注：2023年", "截至12月", ""]]
    told = [["案号", "立案日期", "申请执行标的额"], *rows, *below]
    filled = proposal(write, told).columns.set_index("header")["filled"]
    assert filled.tolist() == [3, 3, 3]


def test_nobody_is_named_by_a_proposal(export):
    found = propose_court_file(export)
    assert "王伟" not in found.columns.to_csv()
    assert "王伟" not in found.text()


def test_no_cell_that_a_column_does_not_hold_is_an_example(tmp_path):
    """A claimant and a telephone number that were moved among days, sums and answers."""
    heads = "案号,立案日期,结案日期,申请执行标的额,有无财产可供执行"
    first = "（2010）富执字第1号,丘懋琬,沙珩烨,桑瑄翀,郎骞嬿"
    rows = [f"（2010）富执字第{i}号,2010-01-0{i},2010-03-0{i},{i}000.00,有" for i in range(2, 9)]
    (tmp_path / "台账.csv").write_text("\n".join([heads, first, *rows]), encoding="utf-8")
    examples = propose_court_file(tmp_path / "台账.csv").columns.set_index("column")["examples"]
    assert examples["filed_on"] == "2010-01-02、2010-01-03、2010-01-04"
    assert not examples.str.contains("丘|沙|桑|郎").any()


def test_a_word_that_is_not_known_is_decided_by_a_person_alone(export, tmp_path):
    found = propose_court_file(export)
    assert found.words.set_index("word")["nearest"].to_dict() == {"怪法结案": "", "和解长期履行": "settled"}
    (tmp_path / "本院.toml").write_text(found.text(as_of="2023-12-31"), encoding="utf-8")
    cases = an.read_cases(export, court_file=tmp_path / "本院.toml")
    modes = cases.table.closure_mode.to_pandas().value_counts(dropna=False)
    assert sorted(modes) == [6, 6, 12]
    assert modes[["completed", "terminated_this_round"]].tolist() == [6, 6]
    decided = found.text().replace('# "怪法结案" = ""', '"怪法结案" = "销案"').replace('# "和解长期', '"和解长期')
    (tmp_path / "本院.toml").write_text(decided, encoding="utf-8")
    cases = an.read_cases(export, court_file=tmp_path / "本院.toml")
    assert cases.table.closure_mode.to_pandas().value_counts().to_dict()["withdrawn"] == 6
    assert len(cases.where(closure_mode="和解")) == 6
    assert cases.table.closure_mode_text.to_pandas().isin(MODES).all()


def test_the_courts_file_is_an_input_with_its_checksum(export, tmp_path, accounted):
    file = tmp_path / "本院.toml"
    file.write_text(propose_court_file(export).text(), encoding="utf-8")
    cases = an.read_cases(export, court_file=file)
    accounted(cases)
    assert cases.inputs["file"].tolist() == ["台账.csv", "本院.toml"]
    assert cases.inputs["sha256"].iloc[1] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert cases.sources["file"].tolist() == ["台账.csv"]


def test_the_courts_file_says_columns_court_and_last_day_and_the_call_goes_before_it(export, tmp_path):
    file = tmp_path / "本院.toml"
    file.write_text(propose_court_file(export).text(), encoding="utf-8")
    cases = an.read_cases(export, court_file=file)
    assert str(cases.as_of)[:10] == "2023-12-06"
    assert cases.table.closed_on.count().execute() == 24
    assert cases.table.team.to_pandas().unique().tolist() == ["一组"]
    earlier = an.read_cases(export, court_file=file, as_of="2023-06-30", court="甲法院", columns={"团队": "area"})
    assert str(earlier.as_of)[:10] == "2023-06-30"
    assert earlier.table.area.to_pandas().unique().tolist() == ["一组"]


def test_an_ingested_register_is_read_by_the_courts_file_too(export, tmp_path):
    file = tmp_path / "本院.toml"
    file.write_text(
        propose_court_file(export).text().replace('# "怪法结案" = ""', '"怪法结案" = "销案"'), encoding="utf-8"
    )
    an.ingest(export, tmp_path / "out", court_file=file)
    one, other = an.read_cases(export, court_file=file), an.read_cases(tmp_path / "out")
    keys = ["source_row"]
    pd.testing.assert_frame_equal(
        *(c.table.to_pandas().sort_values(keys, ignore_index=True) for c in (one, other)), check_dtype=False
    )
    assert other.as_of == one.as_of


def proposal(write, rows, name="台账.csv"):
    return propose_court_file(write(rows, name))


def test_parties_are_no_column_of_the_register_whatever_their_header(write):
    rows = [[f"（2023）青0123执{i}号", "2023-01-04", f"张{i}", f"李{i}", "赵明"] for i in range(1, 30)]
    found = proposal(write, [["案号", "立案日期", "被执行人", "申请执行人", "办案"], *rows])
    assert found.columns["column"].tolist()[2:4] == ["", ""]
    assert "张1" not in found.text()


def test_debtors_names_are_read_where_the_person_says_so_alone_and_are_not_shown(write, tmp_path):
    rows = [[f"（2023）黑0882执{i}号", "2023-01-04", f"赵甲{'乙丙丁戊'[i % 4]}"] for i in range(1, 9)]
    path = write([["案号", "立案日期", "被执行人"], *rows], "台账.csv")
    offered = propose_court_file(path).text()
    (tmp_path / "本院.toml").write_text(offered, encoding="utf-8")
    assert an.read_cases(path, court_file=tmp_path / "本院.toml", as_of="2023-12-31").lacking("debtor_id")
    line = next(line for line in offered.splitlines() if "被执行人" in line)
    (tmp_path / "本院.toml").write_text(offered.replace(line, line.removeprefix("# ")), encoding="utf-8")
    cases = an.read_cases(path, court_file=tmp_path / "本院.toml", as_of="2023-12-31")
    assert cases.table.debtor_id.nunique().execute() == 4
    assert "赵甲" not in cases.caption.cell + cases.mapping.to_string() + an.check_cases(cases).to_string()


def test_headers_of_another_vendor_are_told_by_their_case_numbers(write):
    rows = [
        [i, f"(2023)云0325执{i}号", f"2023/{i % 9 + 1}/4", "执行完毕", f"2023/12/{i % 9 + 10}"] for i in range(1, 60)
    ]
    top = [["登记簿"], ["No", "文号", "立案登记日", "了结方式", "了结日"]]
    found = proposal(write, [*top, *rows])
    assert found.columns.set_index("header")["column"].to_dict() == {
        "No": "", "文号": "case_no", "立案登记日": "filed_on", "了结方式": "closure_mode", "了结日": "closed_on",
    }  # fmt: skip
    assert (found.level, found.court) == ("basic", None)


def test_the_last_day_is_sought_in_all_rows_and_a_slip_is_none(write):
    rows = [[f"（2023）青0123执{i}号", "2023-01-04", "2023-05-04"] for i in range(1, 3000)]
    rows += [
        ["（2023）青0123执3001号", "2023-09-01", "2203-10-09"],
        ["（2023）青0123执3002号", "2023-09-02", "2023-10-08"],
    ]
    found = proposal(write, [["案号", "立案日期", "结案日期"], *rows])
    assert str(found.last_day.date()) == "2023-10-08"


def test_the_statistical_year_is_proposed_from_closings_that_cease_on_20_december(write):
    rows = [[f"（2023）青0123执{i}号", "2023-01-04", f"2023-12-{10 + i % 11}"] for i in range(1, 90)]
    rows += [["（2024）青0123执1号", "2024-01-04", "2024-06-06"]]
    found = proposal(write, [["案号", "立案日期", "结案日期"], *rows])
    assert found.calendar == "dec-21"
    found = proposal(
        write,
        [
            ["案号", "立案日期", "结案日期"],
            *rows,
            *[[f"（2024）青0123执{i}号", "2024-01-04", f"2023-12-{i}"] for i in range(22, 31)],
        ],
        "b.csv",
    )
    assert found.calendar == "calendar-year"


def test_an_export_made_before_the_end_of_december_does_not_say_that_closings_cease(write):
    rows = [[f"（2023）青0123执{i}号", "2023-01-04", f"2023-12-{10 + i % 9}"] for i in range(1, 90)]
    found = proposal(write, [["案号", "立案日期", "结案日期"], *rows])
    assert (found.calendar, str(found.last_day.date())) == ("calendar-year", "2023-12-18")


def test_that_an_export_ends_on_a_20th_makes_no_statistical_year(write):
    header = ["案号", "立案日期", "结案日期"]
    rows = [[f"（2023）青0123执{i}号", "2023-01-04", f"2023-12-{10 + i % 21}"] for i in range(1, 90)]
    found = proposal(write, [header, *rows, ["（2024）青0123执1号", "2024-01-20", ""]])
    assert (found.calendar, str(found.last_day.date())) == ("calendar-year", "2024-01-20")
    assert "month-20" in found.why["calendar"].zh
    december = [["（2024）青0123执1号", "2024-06-03", ""], ["（2024）青0123执2号", "2024-12-20", ""]]
    assert proposal(write, [header, *rows, *december], "b.csv").calendar == "calendar-year"
    assert proposal(write, [header, *rows[:1], *december], "c.csv").calendar == "dec-21"


def test_court_and_level_are_read_from_the_title_and_the_code(write):
    rows = [["台州市中级人民法院执行台账"], ["案号", "立案日期"], ["（2023）浙10执1号", "2023-01-04"]]
    found = proposal(write, rows)
    assert (found.court, found.level) == ("台州市中级人民法院", "intermediate")
    assert proposal(write, rows[1:], "b.csv").level == "intermediate"


def test_two_columns_of_one_meaning_are_asked_about_and_never_taken_for_another(write, tmp_path):
    header = ["案号", "立案日期", "结案日期", "办结时间", "被执行人财产状况", "执行依据"]
    rows = [
        [f"（2023）青0123执{i}号", "2023-01-04", "2023-03-01", f"2023-03-0{i}", "无" if i % 2 else "不明", "调解书"]
        for i in range(1, 7)
    ]
    register = write([header, *rows])
    found = propose_court_file(register)
    by = found.columns.set_index("header")
    assert by.loc["办结时间", ["column", "found_by"]].tolist() == ["closed_on", "twice"]
    assert by.loc["被执行人财产状况", ["column", "filled"]].tolist() == ["has_property", 3], (
        "无 is an answer there, 不明 is none"
    )
    assert found.words["nearest"].tolist() == [""], "调解书 is as like a civil one as an administrative one"
    assert '# "结案日期" = "closed_on"  # “办结时间”也是此栏' in found.text()
    (tmp_path / "本院.toml").write_text(found.text(), encoding="utf-8")
    with pytest.raises(InputError, match="办结时间"):
        an.read_cases(register, court_file=tmp_path / "本院.toml")


def test_two_columns_of_one_name_are_told_apart_and_none_is_chosen(write):
    rows = [
        ["案号", "立案日期", "结案日期", "结案日期"],
        ["（2023）青0123执1号", "2023-01-04", "2023-03-01", "2023-03-02"],
    ]
    found = proposal(write, rows)
    assert found.columns[["header", "found_by"]].values.tolist()[2:] == [
        ["结案日期（1）", "name"],
        ["结案日期（2）", "twice"],
    ]
    assert '\n# "结案日期（1）" = "closed_on"' in found.text()
    assert '\n"结案日期' not in found.text()


OWN_WORDS = [
    ["某县人民法院执行案件", "导出日期：2022-01-24"],
    ["执行字号", "承办单位", "受案日", "办结日", "案件去向", "文书类型", "诉请数额", "回款数额", "原审法院", "回款比例"],
    *(
        [f"（2021）苏0999执{i}号", "某县人民法院", f"2021-0{i % 9 + 1}-04", f"2021-12-0{i % 9 + 1}" if i % 4 else "",
         ["执毕", "终本裁定", "长期和"][i % 3] if i % 4 else "在办", ["民判", "劳仲"][i % 2], f"{i}.5", "0.5", "甲县人民法院", "0.4"]
        for i in range(1, 41)
    ),
]  # fmt: skip


def test_columns_are_told_by_what_they_hold_and_a_courts_own_words_are_asked(write):
    found = proposal(write, OWN_WORDS)
    by = found.columns.set_index("header")["column"].to_dict()
    assert {by[name] for name in ("原审法院", "回款比例")} == {""}, "no court that enforces, and no amount"
    assert [by[name] for name in OWN_WORDS[1][:8]] == [
        "case_no", "court", "filed_on", "closed_on", "closure_mode", "basis", "amount_claimed", "amount_recovered",
    ]  # fmt: skip
    words = found.words.groupby("vocabulary")["word"].agg(set).to_dict()
    assert words == {"closure_mode": {"终本裁定", "长期和"}, "basis": {"民判", "劳仲"}}, "在办 is no word of a closing"
    assert (found.court, dict(found.why)["court"].zh) == ("某县人民法院", "法院一栏或案号")


def test_the_day_of_the_export_is_proposed_where_the_sheet_says_it(write):
    rows = [[f"（2022）青0123执{i}号", "2022-01-04", "2022-01-20"] for i in range(1, 9)]
    found = proposal(write, [["某院台账", "导出日期：2022-01-24"], ["案号", "立案日期", "结案日期"], *rows])
    assert (str(found.last_day.date()), found.why["as_of"].zh) == ("2022-01-24", "表上写明“导出日期：2022-01-24”")
    found = proposal(
        write,
        [
            ["某院台账（2020.12.21—2021.12.20）"],
            ["案号", "立案日期", "结案日期"],
            ["（2021）苏0999执1号", "2021-03-04", "2021-12-17"],
        ],
        "b.csv",
    )
    assert (str(found.last_day.date()), found.why["as_of"].zh) == ("2021-12-20", "表上写明“2020.12.21—2021.12.20”")


def test_the_definitions_that_are_said_are_those_that_the_report_takes(export):
    assert "2023 spc-2008, spc-3plus1, spc-2024" in found_why(propose_court_file(export), "definitions")


def found_why(found, setting):
    return found.settings.set_index("setting").loc[setting, "why"]


def test_a_column_that_a_person_names_is_looked_at_again(write):
    rows = [[f"（2021）苏0999执{i}号", "2021-01-04", "2021-03-04", ["甲了", "乙了"][i % 2]] for i in range(1, 9)]
    file = write([["案号", "立案日期", "结案日期", "备考"], *rows])
    assert propose_court_file(file).columns["column"].tolist()[3] == ""
    found = propose_court_file(file, columns={"备考": "结案方式"})
    assert found.words["word"].tolist() == ["乙了", "甲了"]
    assert '"备考" = "closure_mode"' in found.text()


def test_a_courts_file_that_is_there_is_added_to(write, tmp_path):
    file, known = write(OWN_WORDS), tmp_path / "本院.toml"
    known.write_text(
        'as_of = "2021"\n[columns]\n"执行字号" = "案号"\n\n[values.basis]\n"民判" = "民事"\n', encoding="utf-8"
    )
    found = propose_court_file(file, court_file=known)
    assert set(found.words.loc[found.words["vocabulary"] == "basis", "word"]) == {"劳仲"}
    known.write_text(found.added_to(known.read_text(encoding="utf-8")), encoding="utf-8")
    text = known.read_text(encoding="utf-8")
    assert text.count("[columns]") == 1
    assert '"执行字号" = "案号"' in text
    assert an.read_cases(file, court_file=known).table.closed_on.count().execute() == 30
    assert not any(
        not line.startswith("#")
        for lines in propose_court_file(file, court_file=known).sections().values()
        for line in lines
    )


def test_headers_that_are_like_a_column_and_mean_another_are_not_proposed(write):
    header = [
        "案号",
        "立案日期",
        "结案日期",
        "结案审批人",
        "委托法院",
        "执行标的余额",
        "申请救助金额",
        "执行费",
        "案款余额",
        "信访情况",
    ]
    rows = [
        [f"（2021）苏0999执{i}号", "2021-01-04", "2021-03-04", ["王一", "李二"][i % 2], "甲县人民法院", f"{i}.5", "100", "50", f"{i}.25",
         ["有", "无"][i % 2]]
        for i in range(1, 21)
    ]  # fmt: skip
    found = proposal(write, [header, *rows])
    assert found.columns["column"].tolist() == ["case_no", "filed_on", "closed_on", *[""] * 7]


@pytest.mark.parametrize(
    "header",
    ["移送执行日期", "立案庭移送时间", "查封日期", "生效日期", "首次执行日期", "移送日期", "扣划日期", "恢复执行日期"],
)
def test_that_two_days_are_both_called_days_does_not_make_them_the_same(write, header):
    rows = [[f"（2023）黑0882执{i}号", f"2023-0{i % 9 + 1}-04", f"2023-0{i % 9 + 1}-09"] for i in range(1, 25)]
    found = propose_court_file(write([["案号", "立案日期", header], *rows], "台账.csv"))
    assert found.columns.set_index("header").loc[header, "column"] == ""


def test_outcomes_are_no_codes_of_courts_and_a_code_is(write):
    rows = [
        [
            f"（2023）黑0882执{i}号",
            f"2023-0{i % 9 + 1}-04",
            f"2023-1{i % 3}-09",
            ["performed in full", "struck off"][i % 2],
            "黑0882",
        ]
        for i in range(1, 25)
    ]
    found = propose_court_file(
        write([["Case No.", "Date filed", "Date closed", "Outcome", "法院代字号"], *rows], "台账.csv")
    )
    by = found.columns.set_index("header")["column"]
    assert by["Outcome"] == "closure_mode"
    assert by["法院代字号"] == "court_code"


def test_which_of_several_courts_it_is_is_asked_and_not_guessed(write):
    def shared(header, *more):
        rows = [
            [f"（2023）闽099{8 + i % 2}执{i}号", "2023-02-04", *(cells[i % 2] for cells in more)] for i in range(1, 25)
        ]
        found = propose_court_file(write([["案号", "立案日期", *header], *rows], "台账.csv"))
        return found.court, found.several.zh

    court, said = shared([])
    assert court is None
    assert "闽0999（12件）、闽0998（12件）" in said
    assert "没有一栏写明法院" in said
    court, said = shared(["法院"], ["南溪县人民法院", "北岭县人民法院"])
    assert court is None
    assert "写明报告是哪一个的" in said
    assert shared(["法院"], ["南溪县人民法院"] * 2) == ("南溪县人民法院", "")


def test_what_a_claim_is_about_is_no_title_to_enforce(write):
    rows = [
        [f"（2023）黑0882执{i}号", "2023-01-04", "", ["借款纠纷", "买卖合同纠纷", "劳动争议"][i % 3]]
        for i in range(1, 25)
    ]
    for header, column in (("执行标的种类", ""), ("执行依据类别", "basis")):
        found = propose_court_file(write([["案号", "立案日期", "结案日期", header], *rows], "台账.csv"))
        assert found.columns.set_index("header").loc[header, "column"] == column


def test_a_file_without_cases_is_told_by_its_headers(write):
    found = propose_court_file(write([["姓名", "部门", "备注"], ["甲", "立案庭", "x"]], "别的.csv"))
    assert found.lacking
    assert "部门" in found.passed_over
    assert "甲" not in found.passed_over


@pytest.mark.full
def test_a_header_of_the_courts_file_that_no_sheet_has_is_found(export, tmp_path):
    said = '\n"承办人名" = "承办人"\n"执行团队" = "执行小组"\n"包案人" = "包案领导"\n'
    file = tmp_path / "本院.toml"
    file.write_text('as_of = "2023-12-31"\n[columns]\n"了结时间" = "结案日期"' + said, encoding="utf-8")
    cases = an.read_cases(export, court_file=file)
    rows = an.check_cases(cases).query("rule == 'header_not_found'")
    assert set(rows["field"]) == {"team", "lead"}, "承办人 is read from another header"
    assert "最接近：[11]" in rows.set_index("field")["problem"]["team"], (
        "团队, the eleventh column: a header may be a name"
    )
    assert set(rows["severity"]) == {"warning"}
    an.ingest(export, tmp_path / "入库", court_file=file)
    ingested = an.read_cases(tmp_path / "入库", court_file=file)
    again = an.check_cases(ingested).query("rule == 'header_not_found'")
    assert again["problem"].tolist() == rows["problem"].tolist(), "and of an ingested register as well"
    assert "包案领导" not in set(cases.mapping.loc[cases.mapping["status"] == "mapped", "column"])


def test_of_several_courts_no_level_is_proposed_until_one_is_named(write):
    rows = [["案号", "立案日期", "执行法院"]]
    rows += [[f"（2023）云03执{i}号", "2023-01-04", "云州市中级人民法院"] for i in range(1, 4)]
    rows += [[f"（2023）云0321执{i}号", "2023-01-04", "东川县人民法院"] for i in range(1, 9)]
    found = proposal(write, rows)
    assert (found.court, found.level) == (None, None)
    assert found.of_court("云州市中级人民法院").level == "intermediate"
    assert found.of_court("東川縣人民法院").level == "basic"


@pytest.mark.full
def test_traditional_headings_units_and_words_are_those_that_they_mean(write):
    header = ["案號", "立案日期", "結案日期", "結案方式", "承辦法官", "申請執行標的額（萬元）", "實際到位金額（萬元）"]
    rows = [
        ["（2023）臨0723執1號", "2023年1月4日", "2023年3月1日", "執行完畢", "王五", "1.5", "1.5"],
        ["（2023）臨0723執2號", "2023年1月5日", "", "", "王五", "2萬元", ""],
        ["合計", "2件", "", "", "", "4.5", ""],
    ]
    path = write([["臨澤縣中級人民法院執行臺帳"], header, *rows])
    found = propose_court_file(path)
    assert set(found.columns["found_by"]) == {"name"}
    assert (found.court, found.level) == ("臨澤縣中級人民法院", "intermediate")
    cases = an.read_cases(path, as_of="2023-12-31")
    read = cases.table.to_pandas()
    assert read["amount_claimed"].tolist() == [15_000, 20_000]
    assert read["closure_mode"].dropna().tolist() == ["completed"]
    assert cases.inputs["quarantined"].sum() == 0
    assert "total_differs" in set(an.check_cases(cases)["rule"]), "3.5 and not 4.5 万元"


def test_an_export_in_which_no_closing_date_is_found_says_so_before_any_other_command(tmp_path):
    file = tmp_path / "台账.csv"
    rows = [f"（2022）冀0198执{i}号,2022-01-{i:02},{'怪法' if i % 2 else '执行完毕'}" for i in range(1, 20)]
    file.write_text("\n".join(["案号,立案日期,结案方式", *rows]), encoding="utf-8")
    said = propose_court_file(file).caption
    assert "不认识的词1，含义写进 [values] 之前未识别，与未填的归在一起。没有一栏被认作“结案日期”" in said.zh
    assert "No header was taken for the closing date" in said.en


def test_letters_and_words_of_all_sums_tell_no_column(tmp_path):
    file = tmp_path / "台账.csv"
    rows = [f"（2022）冀0198执{i}号,2022-01-{i:02},2022-03-{i:02},某甲{i % 3},{i}00.00" for i in range(1, 20)]
    file.write_text("\n".join(["案号,立案日期,结案日期,CBR,判决金额", *rows]), encoding="utf-8")
    found = propose_court_file(file).columns.set_index("header")["column"]
    assert found[["CBR", "判决金额"]].tolist() == ["", ""], "no chamber, and nothing that was paid out"


def test_courts_are_named_where_there_are_several_and_not_where_there_is_one(tmp_path):
    rows = qingshi.cases().head(60)
    for courts in (["青石县人民法院"], ["青石县人民法院", "白石县人民法院"]):
        path = qingshi.export(tmp_path / f"{len(courts)}.xlsx", rows.assign(法院=courts * (60 // len(courts))))
        assert set(propose_court_file(path).courts) == (set(courts) if len(courts) > 1 else set())


@pytest.mark.parametrize(
    ("language", "said"), [("zh", "请按案号把两张并成一张"), ("en", "join the two by case number")]
)
def test_a_sheet_of_closings_without_filings_is_said_before_a_courts_file_is_written(tmp_path, language, said):
    rows = pd.DataFrame({"案号": [f"（2023）黑0882执{n}号" for n in range(1, 9)], "立案日期": "2023-01-04"})
    with pd.ExcelWriter(tmp_path / "台账.xlsx") as book:
        rows.to_excel(book, sheet_name="立案台账", index=False)
        rows[["案号"]].assign(结案日期="2023-05-04", 结案方式="执行完毕").to_excel(
            book, sheet_name="结案台账", index=False
        )
    with pytest.raises(InputError) as error:
        propose_court_file(tmp_path / "台账.xlsx").must_be_register()
    told = getattr(error.value.text, language)
    assert "台账.xlsx / 结案台账" in told
    assert said in told
    with pytest.raises(InputError) as read:
        an.read_cases(tmp_path / "台账.xlsx", as_of="2023-12-31")
    assert read.value.text == error.value.text, "reading says the same"


def test_days_that_do_not_say_their_month_are_named_as_the_reason(tmp_path):
    rows = pd.DataFrame(
        {"Case No.": [f"Ovr-{n}" for n in range(1, 9)], "Date filed": "05/03/2023", "Date closed": "06/07/2023"}
    )
    rows.to_csv(tmp_path / "export.csv", index=False)
    with pytest.raises(InputError) as error:
        propose_court_file(tmp_path / "export.csv").must_be_register()
    assert "05/03/2024 may be in March or in May" in error.value.text.en
    assert "05/03/2024不知哪个是月" in error.value.text.zh


def test_numbers_that_tell_no_kind_of_case_ask_for_a_column_of_it(tmp_path):
    days = ["2024-01-05", "2024-02-06", "2024-03-07"]
    bare = pd.DataFrame({"案号": ["ZX01", "ZX02", "ZX03"], "立案日期": days, "结案日期": ["2024-05-05", "", ""]})
    bare.to_csv(tmp_path / "export.csv", index=False)
    with pytest.raises(InputError, match=r"没有一件案号读得出.*加一栏“案件类型”"):
        propose_court_file(tmp_path / "export.csv").must_be_register()
    for told in (bare.assign(案件类型="首次执行"), bare.assign(案号=[f"（2024）黑0882执{i}号" for i in (1, 2, 3)])):
        told.to_csv(tmp_path / "export.csv", index=False)
        propose_court_file(tmp_path / "export.csv").must_be_register()


def test_two_closing_dates_that_differ_are_a_question_whatever_they_are_called(tmp_path):
    rows = {"案号": [f"（2023）黑0882执{n}号" for n in range(1, 4)], "立案日期": "2023-01-04", "结案日期": "2023-05-04"}
    export = tmp_path / "台账.csv"
    pd.DataFrame(rows).assign(办结日期=["2023-05-04", "2023-05-07", ""]).to_csv(export, index=False)
    with pytest.raises(InputError, match="“结案日期”和“办结日期”都是结案日期，而第3行两处所填不同"):
        an.read_cases(export, as_of="2023-12-31")


def test_the_sheets_beside_the_cases_are_not_taken_for_cases(tmp_path):
    folder = tmp_path / "台账"
    folder.mkdir()
    cases = [
        "案号,立案日期,结案日期,结案方式",
        *(f"（2023）黑0882执{i}号,2023-03-0{i},2023-05-06,执行完毕" for i in range(1, 6)),
    ]
    petitions = [
        "案号,收到日期,承办人,督办人,信访人",
        *(f"（2023）黑0882执{i}号,2023-06-0{i},,李督导,第五明月" for i in range(1, 6)),
    ]
    for name, lines in {"案件": cases, "信访": petitions}.items():
        (folder / f"{name}.csv").write_text("\n".join(lines), encoding="utf-8")
    found = propose_court_file(folder)
    found.must_be_register()
    assert found.columns["header"].tolist() == ["案号", "立案日期", "结案日期", "结案方式"]


def test_people_days_and_sums_that_were_moved_by_a_column_are_no_words_to_be_asked_about(tmp_path):
    lines = [
        "案号,立案日期,结案日期,结案方式,承办人", *(f"（2023）黑0882执{i}号,2023-03-0{i},2023-05-06,执行完毕,佟丽娅" for i in range(1, 6)),
        "（2023）黑0882执6号,2023-03-06,2023-05-06,佟丽娅团队,执行完毕", "（2023）黑0882执7号,2023-03-07,2023-05-06,12686.00,佟丽娅",
        "（2023）黑0882执8号,2023-03-08,2023-05-06,2023-05-06,佟丽娅", "（2023）黑0882执9号,2023-03-09,2023-05-06,09,佟丽娅",
        "（2023）黑0882执10号,2023-03-09,2023-05-06,怪法结案,佟丽娅",
    ]  # fmt: skip
    (tmp_path / "台账.csv").write_text("\n".join(lines), encoding="utf-8")
    assert propose_court_file(tmp_path / "台账.csv").words["word"].tolist() == ["09", "怪法结案"]


def test_nor_are_parties_of_rows_that_are_set_aside(tmp_path):
    lines = [
        "案号,立案日期,结案日期,申请人,结案方式", *(f"（2023）黑0882执{i}号,2023-03-0{i},2023-05-06,碧波渔业公司,执行完毕" for i in range(1, 6)),
        ",（2023）黑0882执6号,2023-03-06,2023-05-06,碧波渔业公司", "（2023）黑0882执7号,,2023-05-06,,甘露米业公司",
        "（2023）黑0882执8号,2023-03-08,2023-05-06,,怪法结案",
    ]  # fmt: skip
    (tmp_path / "台账.csv").write_text("\n".join(lines), encoding="utf-8")
    assert propose_court_file(tmp_path / "台账.csv").words["word"].tolist() == ["怪法结案"]


def test_a_day_before_any_register_is_no_year_of_its_definitions(write):
    rows = [[f"（2023）青0123执{n}号", f"2023-0{n}-04", f"2023-0{n}-24"] for n in range(1, 6)]
    found = proposal(
        write, [["案号", "立案日期", "结案日期"], *rows, ["（2023）青0123执6号", "2023-06-04", "1899-12-31"]]
    )
    assert found.years == (2023,)


def test_the_cells_of_a_heading_are_counted_in_all_sheets(tmp_path):
    """Of a register with a sheet a year the table showed those of one sheet alone."""
    for year, cases in ((2022, 3), (2023, 4)):
        rows = [f"（{year}）青0123执{n}号,{year}-01-0{n},甲" for n in range(1, cases + 1)]
        (tmp_path / f"{year}.csv").write_text("\n".join(["案号,立案日期,承办人", *rows]), encoding="utf-8")
    found = propose_court_file([tmp_path / "2022.csv", tmp_path / "2023.csv"])
    assert found.columns[["header", "filled"]].values.tolist() == [["案号", 7], ["立案日期", 7], ["承办人", 7]]


@pytest.mark.parametrize(
    ("title", "court"),
    [
        ("锦屏县法院执行案件台账（2022—2024年）", "锦屏县人民法院"),
        ("2024年锦屏县法院执行案件台账", "锦屏县人民法院"),
        ("2024年度锦屏县人民法院执行案件台账", "锦屏县人民法院"),
        ("全县法院执行案件台账", None),
        ("锦屏市法院执行案件台账", None),  # of either level
    ],
)
def test_the_courts_name_is_read_from_a_title_that_shortens_it(tmp_path, title, court):
    book = openpyxl.Workbook()
    for row in (
        [title],
        ["案号", "立案日期", "结案日期"],
        *([f"执{n}号", "2024-01-04", "2024-03-04"] for n in range(1, 9)),
    ):
        book.active.append(row)
    book.save(tmp_path / "台账.xlsx")
    found = propose_court_file(tmp_path / "台账.xlsx")
    assert (found.court, found.level) == (court, "basic" if court else None)


def test_a_case_carried_over_into_the_sheet_of_the_next_year_is_counted_once_in_what_is_asked(tmp_path):
    """Of six closings two without an amount, one of which stands in both sheets."""
    names = ["案号", "立案日期", "结案日期", "实际到位金额", "结案方式"]
    rows = [
        [f"（2023）黔2628执{n}号", "2023-01-04", "2024-03-04", None if n in (1, 5) else 10, "挂起"] for n in range(1, 7)
    ]
    with pd.ExcelWriter(tmp_path / "台账.xlsx") as book:
        pd.DataFrame(rows, columns=names).to_excel(book, sheet_name="甲", index=False)
        pd.DataFrame(rows[4:], columns=names)[names[::-1]].to_excel(book, sheet_name="乙", index=False)
    found = propose_court_file(tmp_path / "台账.xlsx")
    assert found.blanks[["closed", "blank"]].to_numpy().tolist() == [[6, 2]]
    assert found.words["cases"].tolist() == [6]


def test_a_register_of_any_length_is_counted_whole(write):
    """Courts, words and blanks that stand in its later rows alone, as exports in the order of years have them."""
    rows = [
        [f"（{year}）闽{court}执{n}号", f"{year}-03-04", f"{year}-05-06", mode, paid]
        for year, court, mode, paid, many in (
            (2022, "0981", "执行完毕", "100", 2_600), (2024, "0982", "移交下级", "", 400)
        )
        for n in range(1, many + 1)
    ]  # fmt: skip
    found = propose_court_file(write([["案号", "立案日期", "结案日期", "结案方式", "到位金额"], *rows], "台账.csv"))
    assert found.columns.set_index("column")["filled"].tolist() == [3_000, 3_000, 3_000, 3_000, 2_600]
    assert found.words[["word", "cases"]].values.tolist() == [["移交下级", 400]]
    assert found.blanks.values.tolist() == [["amount_recovered", 3_000, 400]]
    assert "闽0981（2,600件）、闽0982（400件）" in found.several.zh
    assert found.years == (2022, 2024)
