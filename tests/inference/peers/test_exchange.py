"""Sealed figures: nothing of a case leaves, what was altered is refused, and each court sees its own place alone."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from analysis import Cases
from analysis.cli import main
from analysis.inference.peers.exchange import _read, compare_sealed, open_sealed, seal_figures
from analysis.vocabulary.errors import ArgumentError, DataError, InputError
from analysis.vocabulary.tables import in_words

SET = "fujin-2012"
SECRET = "四月的雪"  # noqa: S105 - a made-up passphrase


def register(court: str, closed: int = 90, cases: int = 100, largest: float = 0.0) -> Cases:
    rng = np.random.default_rng(cases + closed)
    claimed = rng.uniform(1_000, 9_000, cases).round(2)
    claimed[0] += largest
    rows = pd.DataFrame(
        {
            "case_no": [f"({2011})执{i}号" for i in range(cases)], "court": court, "officer": "王伟",
            "filed_on": "2011-02-01", "closed_on": ["2011-06-01" if i < closed else None for i in range(cases)],
            "closure_mode": ["completed" if i % 2 else "terminated_this_round" for i in range(cases)],
            "amount_claimed": claimed, "amount_recovered": (claimed * 0.6).round(2),
        }
    )  # fmt: skip
    rows.loc[rows["closed_on"].isna(), "closure_mode"] = None
    return Cases.from_frames(rows, as_of="2011-12-31")


def sealed_in(folder: Path, number: int) -> Path:
    court = register(f"院{number:02d}", closed=60 + 3 * number)
    return seal_figures(court, period=2011, definitions=SET, passphrase=SECRET).save(folder / f"{number}.json")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sealed_in(tmp_path_factory.mktemp("exchange"), 0)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("exchange")
    return [sealed_in(folder, number) for number in range(11)]


@pytest.mark.full
def test_what_is_sealed_opens_again_and_holds_no_case_and_no_name(file):
    sealed = open_sealed(file, passphrase=SECRET)
    assert sealed.court == "院00"
    rate = sealed.figures.set_index("indicator").loc["closure_rate"]
    assert (rate["numerator"], rate["denominator"]) == (60, 100)
    text = file.read_text(encoding="utf-8")
    assert "王伟" not in text
    assert "执1号" not in text
    assert len(text) < 6_000
    assert sealed.code == sealed.seal[:16].upper()[:4] + "-" + "-".join(
        sealed.seal[at : at + 4].upper() for at in (4, 8, 12)
    )


@pytest.mark.full
def test_each_place_of_a_file_is_guarded(file, tmp_path):
    read = json.loads(file.read_text(encoding="utf-8"))
    for change in (
        {"court": "院99"},
        {"period": ["2010-01-01", "2010-12-31"]},
        {"figures": [row | {"numerator": row["numerator"] + 1} for row in read["figures"]]},
        {"figures": [row | {"digest": "0" * 12} for row in read["figures"]]},
        {"figures": read["figures"][1:]},
        {"withheld": {"closed": "small"}},
        {"seal": "0" * 64},
        {"note": "比上年升了"},
        {"figures": [read["figures"][0] | {"note": "x"}, *read["figures"][1:]]},
    ):
        (tmp_path / "x.json").write_text(json.dumps(read | change, ensure_ascii=False), encoding="utf-8")
        with pytest.raises(InputError, match="改动"):
            open_sealed(tmp_path / "x.json", passphrase=SECRET)
    with pytest.raises(InputError, match="口令不对"):
        open_sealed(file, passphrase=SECRET + "。")
    with pytest.raises(InputError, match="须给出口令"):
        open_sealed(file)
    wrong = {"figures": [read["figures"][0] | {"numerator": "王伟"}]}
    (tmp_path / "x.json").write_text(json.dumps(read | wrong, ensure_ascii=False), encoding="utf-8")
    with pytest.raises(InputError, match="残缺") as refused:
        open_sealed(tmp_path / "x.json", passphrase=SECRET)
    assert "王伟" not in str(refused.value.args)


@pytest.mark.full
def test_a_forged_checksum_does_not_pass_for_a_passphrase(files, tmp_path):
    plain = seal_figures(register("院00", closed=99, cases=103), period=2011, definitions=SET).save(
        tmp_path / "forged.json"
    )
    assert open_sealed(plain).court == "院00"
    with pytest.raises(InputError, match="不能证明来源"):
        compare_sealed([files[1], plain], court="院01", passphrase=SECRET)


HANDMADE = [
    "text",
    "truth",
    "huge",
    "twice",
    "blank court",
    "court with a space",
    "court of no letters",
    "list",
    "none",
    "more than there are",
    "half a case",
]


@pytest.mark.parametrize("what", HANDMADE)
def test_a_file_made_by_hand_with_a_fitting_checksum_is_refused_for_what_it_holds(what, file):
    read = json.loads(file.read_text(encoding="utf-8"))
    rows, first = read["figures"], read["figures"][0]
    rate = next(row for row in rows if row["indicator"] == "closure_rate")
    court, figures = {
        "text": ("院00", [first | {"numerator": str(first["numerator"])}]),
        "truth": ("院00", [first | {"numerator": True}]),
        "huge": ("院00", [first | {"numerator": 10**400}]),
        "twice": ("院00", [*rows, first]),
        "blank court": ("", rows),
        "court with a space": ("院01 ", rows),
        "court of no letters": ("\ud800", rows),
        "none": ("院00", []),
        "list": ("院00", [first | {"definition": ["closure_rate"]}]),
        "more than there are": ("院00", [rate | {"numerator": rate["denominator"] + 1}]),
        "half a case": ("院00", [rate | {"numerator": 3.5}]),
    }[what]
    assert _read(file, read).court == "院00"
    with pytest.raises(InputError, match="重新索取"):
        _read(file, read | {"court": court, "figures": figures})


@pytest.mark.full
def test_counts_by_a_definition_of_ones_own_are_as_possible_and_read_in_its_unit(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text(
        '[set]\nid = "own"\nzh = "本院"\nen = "own"\nextends = "fujin-2012"\n[[indicator]]\nid = "closed_per_hundred"\n'
        'zh = "每百件结案"\nen = "closings per 100"\nkind = "rate"\nnumerator = "closed"\ndenominator = "received"\n'
        'unit = "件/百件"\ninterval = "poisson"\n',
        encoding="utf-8",
    )
    saved = seal_figures(register("院00"), period=2011, definitions=own).save(tmp_path / "own.json")
    table = compare_sealed([saved], court="院00").table.set_index("indicator")
    assert table["unit"][["closed_per_hundred", "closure_rate"]].tolist() == ["per_hundred", "share"]
    for named in (table.reset_index(), open_sealed(saved).figures):
        assert "每百件结案" in in_words(named)["指标"].tolist()
    read = json.loads(saved.read_text(encoding="utf-8"))
    (rate,) = (row for row in read["figures"] if row["indicator"] == "closed_per_hundred")
    for forged in (rate | {"numerator": 3.5}, rate | {"interval": "wilson", "numerator": rate["denominator"] + 1}):
        with pytest.raises(InputError, match="重新索取"):
            _read(saved, read | {"figures": [forged]})
    (shipped,) = (row for row in read["figures"] if row["indicator"] == "closure_rate")
    with pytest.raises(InputError, match="重新索取"):
        _read(saved, read | {"figures": [shipped | {"interval": "over-cases"}]})


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [('"court":', '"court": "院99", "court":', "不是交换文件"), ('"seal": "', '"seal": "é', "重新索取")],
)
def test_a_name_that_stands_twice_and_a_seal_of_other_letters_are_refused(old, new, said, file, tmp_path):
    text = file.read_text(encoding="utf-8").replace(old, new, 1)
    (tmp_path / "x.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        open_sealed(tmp_path / "x.json", passphrase=SECRET)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"schema": "court-analysis exchange 1"}', "版本"),
        ('{"schema": "court-analysis tallies 1"}', "不是交换文件"),
        ("[1, 2]", "不是交换文件"),
        ("{", "不是交换文件"),
        ('{"schema": "court-analysis exchange 2", "court": "院"}', "残缺"),
    ],
)
def test_other_versions_and_other_files_are_refused(text, said, tmp_path):
    (tmp_path / "x.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        open_sealed(tmp_path / "x.json")


@pytest.mark.full
def test_small_counts_and_dominated_sums_stay_at_home():
    small = seal_figures(
        register("院", closed=98), period=2011, definitions=SET
    )  # two pending: the complement points at them
    assert "closure_rate" in set(small.withheld["indicator"])
    assert "closure_rate" not in set(small.figures["indicator"])
    assert small.withheld.set_index("indicator")["reason"]["clearance_rate"] == "linked"  # holds the 98 as well
    usual = seal_figures(register("院"), period=2011, definitions=SET)
    assert "recovery_rate" in set(usual.figures["indicator"])
    dominated = seal_figures(register("院", largest=1e9), period=2011, definitions=SET)
    reasons = dominated.withheld.set_index("indicator")["reason"]
    assert reasons["recovery_rate"] == "money"


def own_set(folder, include):
    """A court's own closure rate of some of its cases."""
    path = folder / "own.toml"
    rate = f'id = "rate"\nzh = "本院的率"\nen = "own rate"\nkind = "rate"\nnumerator = "closed"\ndenominator = "received"\n{include}\n'
    rate += 'unit = "%"\ndirection = "higher"\nconfidence = "V"\n'
    path.write_text(
        f'[set]\nid = "own"\nzh = "本院"\nen = "own"\nsource = "s"\n[[indicator]]\n{rate}', encoding="utf-8"
    )
    return path


@pytest.mark.parametrize(
    "include", ['include = { officer = ["王伟"] }', 'exclude = { officer = "李娜" }', 'include = { team = "二组" }']
)
def test_a_definition_of_ones_own_that_counts_a_person_or_a_team_of_one_is_not_sealed(include, tmp_path):
    officers = ["王伟", "李娜", "赵敏", "孙丽"] * 30
    rows = pd.DataFrame(
        {
            "case_no": [f"（2024）执{i}号" for i in range(120)], "court": "院", "filed_on": "2024-02-01", "officer": officers,
            "team": ["二组" if officer == "孙丽" else "一组" for officer in officers], "closed_on": ["2024-06-01"] * 60 + [None] * 60,
        }
    )  # fmt: skip
    cases = Cases.from_frames(rows, as_of="2024-12-31")
    with pytest.raises(DataError, match="只计某人或不对外的小组的案件") as refused:
        seal_figures(cases, period=2024, definitions=own_set(tmp_path, include))
    assert "all counts" not in refused.value.text.en
    assert len(seal_figures(cases, period=2024, definitions=own_set(tmp_path, "")).figures) == 1


@pytest.mark.parametrize(
    ("modes", "reopened", "gone"),
    [
        ({"completed": 50, "terminated_this_round": 30, "terminated": 18, "settled": 2}, 0, {"terminated_rate"}),
        (
            {"completed": 50, "terminated_this_round": 30, "terminated": 20},
            2,
            {"mean_days_reopened", "reopened_ratio", "reopened_completed_rate", "terminated_this_round_rate", "closed_within_limit_rate"},
        ),
        pytest.param(
            {"completed": 50, "terminated_this_round": 30, "terminated": 15, "settled": 5}, 0, set(), marks=pytest.mark.full
        ),
    ],
    ids=["two of another closing", "two reopened", "none of few"],
)  # fmt: skip
def test_no_count_of_one_or_two_cases_follows_from_those_of_one_base(modes, reopened, gone):
    closed = [mode for mode, number in modes.items() for _ in range(number)]
    rows = pd.DataFrame(
        {
            "case_no": [f"(2024)执{i}号" for i in range(120)], "court": "院", "filed_on": "2024-02-01",
            "closed_on": ["2024-06-01"] * 100 + [None] * 20, "closure_mode": closed + [None] * 20,
            "case_type": ["reopened"] * reopened + ["first"] * (120 - reopened), "amount_claimed": 5000.0,
            "basis": "civil", "extension_days": 0, "excluded_days": 0,
        }
    )  # fmt: skip
    sealed = seal_figures(Cases.from_frames(rows, as_of="2024-12-31"), period=2024)
    assert set(sealed.withheld["indicator"]) == gone


@pytest.mark.full
def test_a_court_sees_its_own_place_and_nobody_elses(files):
    found = compare_sealed(files, court="院00", passphrase=SECRET)
    row = found.table.set_index("indicator").loc["closure_rate"]
    assert row["courts"] == 11
    assert row["position"] == pytest.approx(1 / 11)
    assert row["p50"] == pytest.approx(0.75)
    assert row["pooled"] == pytest.approx(sum(60 + 3 * i for i in range(11)) / 1100)
    shown = found.table.to_csv() + str(found.caption) + found.left_out.to_csv()
    assert not any(f"院{i:02d}" in shown for i in range(1, 11))


@pytest.mark.full
def test_few_courts_have_no_band_and_two_do_not_learn_each_others_figure(files):
    few = compare_sealed(files[:5], court="院01", passphrase=SECRET).table.set_index("indicator").loc["closure_rate"]
    assert np.isnan(few[["p10", "p50", "position"]].to_numpy(float)).all()
    assert few["pooled"] == pytest.approx((60 + 63 + 66 + 69 + 72) / 500)
    two = compare_sealed(files[:2], court="院01", passphrase=SECRET).table.set_index("indicator").loc["closure_rate"]
    assert np.isnan(two["pooled"])


@pytest.mark.full
def test_other_years_are_left_out_twice_and_unknown_are_refused(files, tmp_path):
    old = seal_figures(register("院20"), period=2011, definitions=SET, passphrase=SECRET)
    other = tmp_path / "old.json"
    old.save(other)
    with pytest.raises(DataError, match="两份"):
        compare_sealed([other, other], court="院20", passphrase=SECRET)
    with pytest.raises(ArgumentError):
        compare_sealed(files[:2], court="院20", passphrase=SECRET)


@pytest.mark.full
def test_a_file_of_other_definitions_is_no_court_compared_and_is_told_as_unused(tmp_path):
    own, others = (str(tmp_path / name) for name in ("own.json", "others.json"))
    seal_figures(register("院20"), period=2011, definitions=SET).save(own)
    seal_figures(register("院21"), period=2011, definitions="spc-2024").save(others)
    found = compare_sealed([own, others], court="院20")
    assert found.courts == 1
    assert found.left_out[["file", "reason"]].values.tolist() == [["others.json", "other_definition"]]
    shown = CliRunner().invoke(main, ["exchange", "compare", own, others, "--language", "zh"]).output
    assert all(word in shown for word in ("未采用的文件", "others.json", "口径与本院的不同", "spc-2024", "全部"))
    assert "旧存" not in shown


@pytest.mark.full
def test_the_command_line_seals_opens_and_compares(tmp_path):
    (tmp_path / "key").write_text(SECRET, encoding="utf-8")
    out, key = str(tmp_path / "own.json"), str(tmp_path / "key")
    run = CliRunner().invoke
    done = run(
        main, ["exchange", "seal", "--period", "2011", "--definitions", SET, "--out", out, "--passphrase-file", key]
    )
    assert done.exit_code == 0, done.output
    opened = run(main, ["exchange", "open", out, "--passphrase-file", key, "--format", "csv"])
    assert "closure_rate" in opened.output
    run(
        main, ["exchange", "open", out, "--passphrase-file", key, "--out", str(tmp_path / "甲.csv"), "--language", "zh"]
    )
    heads = (tmp_path / "甲.csv").read_text(encoding="utf-8-sig").splitlines()[0].split(",")
    assert [head for head in heads if head.isascii()] == [], "headings for Excel are words"
    compared = run(main, ["exchange", "compare", out, "--passphrase-file", key, "--language", "en"])
    assert compared.exit_code == 0
    assert "no band" in compared.output
    Path(out).write_text(Path(out).read_text(encoding="utf-8").replace("386", "385"), encoding="utf-8")
    refused = run(main, ["exchange", "open", out, "--passphrase-file", key, "--language", "zh"])
    assert refused.exit_code == 2
    assert "改动" in refused.output


@pytest.mark.full
def test_in_the_folder_of_a_court_its_own_figures_are_sealed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    days = pd.date_range("2020-01-01", "2022-12-31", freq="2D")
    rows = pd.DataFrame(
        {"案号": [f"（{day.year}）青0123执{i}号" for i, day in enumerate(days, 1)], "立案日期": days.date,
         "结案日期": (days + pd.Timedelta(days=60)).date, "结案方式": "执行完毕"}
    )  # fmt: skip
    rows.to_csv("台账.csv", index=False)
    Path("本院.toml").write_text(
        'register = "台账.csv"\ncourt = "青石县人民法院"\nas_of = "2022-12-31"', encoding="utf-8"
    )
    done = CliRunner().invoke(main, ["exchange", "seal", "--period", "2022", "--out", "own.json", "--language", "zh"])
    assert done.exit_code == 0, done.output
    assert json.loads(Path("own.json").read_text(encoding="utf-8"))["court"] == "青石县人民法院"


def test_a_register_that_tells_no_rate_is_not_called_too_small():
    filed = pd.Timestamp("2022-01-01") + pd.to_timedelta(np.arange(200), "D")
    closed_alone = pd.DataFrame({"court": "甲", "filed_on": filed, "closed_on": filed + pd.Timedelta(days=60)})
    with pytest.raises(DataError, match="算不出这一年的任何一项率"):
        seal_figures(Cases.from_frames(closed_alone, as_of="2022-12-31"), period=2022)


@pytest.mark.full
def test_a_file_that_bears_an_officers_name_is_not_written(tmp_path):
    out = tmp_path / "示例甲.json"
    done = CliRunner().invoke(main, ["exchange", "seal", "--period", "2011", "--definitions", SET, "--out", str(out)])
    assert done.exit_code == 2
    assert "承办人" in done.stderr
    assert "示例甲" not in done.stderr
    assert not out.exists()
