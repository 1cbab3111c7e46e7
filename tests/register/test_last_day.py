import pytest

from analysis.checks.checks import check_cases
from analysis.register.ingest import ingest
from analysis.register.proposal import propose_court_file
from analysis.register.reading import read_cases

HEADER = ["案号", "立案日期", "结案日期"]


def rows(year, month, n=8):
    return [[f"（{year}）青0123执{i}号", f"{year}-01-04", f"{year}-{month:02d}-{i + 10}"] for i in range(1, n + 1)]


@pytest.fixture
def court_file(write, tmp_path):
    """A court's file whose last day was said of a half year's export."""
    file = tmp_path / "本院.toml"
    found = propose_court_file(write([HEADER, *rows(2021, 6)], "台账.csv"))
    file.write_text(found.text(as_of="2021-06-30"), encoding="utf-8")
    return file


def known(register, court_file, **call):
    cases = read_cases(register, court_file=court_file, **call)
    return str(cases.as_of.date()), cases.known_by.zh


@pytest.mark.full
def test_the_last_day_is_that_of_the_export_of_which_it_was_said(write, court_file, tmp_path):
    assert known(tmp_path / "台账.csv", court_file) == ("2021-06-30", "")
    later = write([HEADER, *rows(2021, 6), *rows(2022, 3)], "全年.csv")
    day, why = known(later, court_file)
    assert day == "2022-03-18"
    assert "最后一次立案或结案是2022-03-18" in why
    assert known(later, court_file, as_of="2021-12-31") == ("2021-12-31", ""), "the call goes first"
    ingest(later, tmp_path / "out", court_file=court_file)
    assert known(tmp_path / "out", None)[0] == "2022-03-18"
    ingest(later, tmp_path / "out", court_file=court_file, as_of="2021-12-31")
    assert known(tmp_path / "out", None) == ("2021-12-31", "")


def test_the_same_export_corrected_keeps_its_day_and_one_that_went_on_under_its_name_does_not(write, court_file):
    assert known(write([HEADER, *rows(2021, 6)[1:]], "台账.csv"), court_file) == ("2021-06-30", "")
    assert known(write([HEADER, *rows(2021, 11)], "台账.csv"), court_file)[0] == "2021-11-18"


@pytest.mark.full
def test_a_day_that_is_said_of_no_export_holds_for_any(write, tmp_path):
    (tmp_path / "本院.toml").write_text('as_of = "2021-06-30"', encoding="utf-8")
    assert known(write([HEADER, *rows(2021, 6)]), tmp_path / "本院.toml") == ("2021-06-30", "")
    later = write([HEADER, *rows(2021, 11)])
    day, why = known(later, tmp_path / "本院.toml")
    assert day == "2021-06-30"
    assert "有更晚的立案或结案，至2021-11-18，不计入" in why, "and what it leaves out is said"
    ingest(later, tmp_path / "out", court_file=tmp_path / "本院.toml")
    assert known(tmp_path / "out", None)[0] == "2021-06-30"


FURTHER = ["案号", "立案日期", "分案日期", "结案日期", "信息录入日期"]


def assigned(year, month, received, entered=""):
    """A register whose last case was filed on the 18th and of which the file was received later."""
    last = [f"（{year}）青0123执9号", f"{year}-{month:02d}-18", received, "", entered]
    return [[a, b, b, c, b] for a, b, c in rows(year, month)] + [last]


@pytest.mark.full
def test_a_file_received_after_the_last_filing_is_no_date_after_the_registers_end(write, court_file, tmp_path):
    register = write([FURTHER, *assigned(2024, 6, "2024-06-20", "2024-06-21")], "六月.csv")
    found = propose_court_file(register)
    assert str(found.last_day.date()) == "2024-06-21"
    assert found.why["as_of"].zh == "最后一次立案或结案是2024-06-18，其他日期至2024-06-21"
    (tmp_path / "六月.toml").write_text(found.text(), encoding="utf-8")
    for said in (tmp_path / "六月.toml", court_file):  # the file of this export, and one of an earlier export
        cases = read_cases(register, court_file=said)
        assert str(cases.as_of.date()) == "2024-06-21"
        assert "date_in_future" not in set(check_cases(cases)["rule"])


def test_a_date_long_after_the_last_filing_is_a_slip_and_is_found(write, tmp_path):
    register = write([FURTHER, *assigned(2024, 6, "2024-09-20")])
    found = propose_court_file(register)
    assert (str(found.last_day.date()), found.why["as_of"].zh) == ("2024-06-18", "最后一次立案或结案是2024-06-18")
    (tmp_path / "本院.toml").write_text(found.text(), encoding="utf-8")
    findings = check_cases(read_cases(register, court_file=tmp_path / "本院.toml"))
    assert findings.loc[findings["rule"] == "date_in_future", "case_no"].tolist() == ["（2024）青0123执9号"]


def titled(year, month, day, name="台账.csv"):
    return [[f"统计截止日期：{day}", "", ""], HEADER, *rows(year, month)], name


def test_a_later_export_whose_title_says_a_later_day_is_known_to_that_day(write, tmp_path):
    file = tmp_path / "本院.toml"
    file.write_text(propose_court_file(write(*titled(2024, 6, "2024年6月30日"))).text(), encoding="utf-8")
    first = tmp_path / "台账.csv"
    assert known(first, file) == ("2024-06-30", "")
    for name in ("台账.csv", "年末.csv"):  # the same cases too, as a court that closed nothing since exports them
        later = write(*titled(2024, 6, "2024年12月31日", name))
        day, why = known(later, file)
        assert day == "2024-12-31"
        assert "写明截止这一天；本院说明文件中的2024-06-30说的是另一份导出" in why
        ingest(later, tmp_path / "out", court_file=file)
        assert known(tmp_path / "out", None)[0] == "2024-12-31"
        assert known(later, file, as_of="2024-11-30") == ("2024-11-30", ""), "the call goes first"
    for day in ("2024年3月31日", "2025年6月30日"):  # before the last closing; of another year
        assert known(write(*titled(2024, 6, day, "别的.csv")), file)[0] == "2024-06-18"


def test_of_a_day_that_holds_for_any_export_a_later_title_is_said(write, tmp_path):
    (tmp_path / "本院.toml").write_text('as_of = "2024-06-30"', encoding="utf-8")
    day, why = known(write(*titled(2024, 6, "2024年12月31日")), tmp_path / "本院.toml")
    assert day == "2024-06-30"
    assert "台账写明截止2024-12-31。这是后一次导出的" in why
    assert known(write(*titled(2024, 6, "2024年6月30日")), tmp_path / "本院.toml")[1] == ""


@pytest.mark.parametrize("note", ["注：本表数据截至2024年12月31日", "截至2024年12月31日"])
def test_a_last_day_in_a_note_below_the_cases_is_read(write, tmp_path, note):
    """One before the last closing, as of which cases were counted, is none."""
    body = [HEADER, *rows(2024, 6)]
    found = propose_court_file(write([*body, [note, "", ""]]))
    assert (str(found.last_day.date()), found.why["as_of"].zh) == ("2024-12-31", "表上写明“截至2024年12月31日”")
    file = tmp_path / "本院.toml"
    file.write_text(
        propose_court_file(write([*body, ["截至2024年3月31日已报送", "", ""]], "台账.csv")).text(), encoding="utf-8"
    )
    assert known(tmp_path / "台账.csv", file)[0] == "2024-06-18"
    assert known(write([*body, [note, "", ""]], "年末.csv"), file)[0] == "2024-12-31"
