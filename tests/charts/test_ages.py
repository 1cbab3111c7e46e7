from __future__ import annotations

import io
from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.cases.table import Cases
from analysis.charts.ages import plot_ages
from analysis.charts.drawing import style
from analysis.charts.drawing.render import said_by
from analysis.measures.durations.ages import band_names, pending_ages
from analysis.vocabulary.errors import ArgumentError, DataError, InputError
from analysis.vocabulary.language import speaking


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", ["page", "half", "slide"])
def test_a_bar_a_band_with_number_and_share(ages, language, size):
    figure = plot_ages(ages, language=language, size=size)
    figure.savefig(io.BytesIO(), format="png", dpi=60)
    (axes,) = figure.axes
    assert [bar.get_width() for bar in axes.containers[0]] == [61, 14]
    assert [text.get_text() for text in axes.texts] == {
        "zh": ["61（81.3%）", "14（18.7%）"],
        "en": ["61 (81.3%)", "14 (18.7%)"],
    }[language]
    assert axes.get_xlabel() == {"zh": "案件数（件）", "en": "cases"}[language]
    assert [label.get_text() for label in axes.get_yticklabels()] == {
        "zh": ["3个月以内", "3–6个月"],
        "en": ["up to 3 months", "3–6 months"],
    }[language]


def test_the_age_of_the_pending_stands_beside_the_duration_of_the_closed(ages):
    figure = plot_ages(ages)
    assert style.note_of(figure).endswith("未结案件已立案时间的中位数40天，所结案件时长的中位数55天。")
    assert "3个月以内61件（81.3%）" in style.alt_of(figure)


@pytest.mark.parametrize(
    ("language", "title", "alt"),
    [
        (
            "zh",
            "未结至少75件，立案超过6个月的至少0件",
            "条形图，按已立案时间。全部案件：3个月以内61件，3–6个月14件。",
        ),
        (
            "en",
            "At least 75 cases pending, at least 0 of them older than 6 months",
            "Bars by time since filing. All cases: up to 3 months 61, 3–6 months 14.",
        ),
    ],
)
def test_of_a_register_that_leaves_out_pending_cases_numbers_are_at_least_so_many_and_there_are_no_shares(
    ages, language, title, alt
):
    ages.summary.attrs["leaves_out"] = True
    figure = plot_ages(ages, language=language)
    assert title in [text.get_text() for text in figure.texts]
    assert style.alt_of(figure) == alt
    assert [text.get_text() for text in figure.axes[0].texts] == ["61", "14"]


def test_groups_side_by_side_on_paper_and_screen(ages):
    bands = pd.concat([ages.bands.assign(team=name) for name in ("执行一组", "执行二组")], ignore_index=True)
    both = SimpleNamespace(bands=bands, summary=ages.summary, caption=ages.caption)
    figure = plot_ages(both)
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["执行一组", "执行二组"]
    assert len({bar.get_hatch() for container in figure.axes[0].containers for bar in container}) == 2
    plot = plot_ages(both, interactive=True, language="en")
    bars = [trace for trace in plot.data if trace.type == "bar"]
    assert [trace.name for trace in bars] == ["Enforcement Team 1", "Enforcement Team 2"]
    assert [list(trace.x) for trace in bars] == [[61, 14], [61, 14]]
    assert list(bars[0].y) == [-0.2, 0.8]
    assert list(bars[0].customdata) == [
        f"Enforcement Team 1<br>{told}" for told in ("up to 3 months: 61 (81.3%)", "3–6 months: 14 (18.7%)")
    ]
    assert list(plot.layout.yaxis.ticktext) == ["up to 3 months", "3–6 months"]
    assert plot.layout.xaxis.title.text == "cases"


def test_what_cannot_be_drawn_is_said(ages):
    with pytest.raises(InputError, match="share"):
        plot_ages(SimpleNamespace(bands=ages.bands.drop(columns="share")))
    with pytest.raises(DataError):
        plot_ages(replace(ages, bands=ages.bands.assign(cases=0)))
    with pytest.raises(ArgumentError, match="team"):
        plot_ages(SimpleNamespace(bands=ages.bands.assign(team="甲", officer="乙")))


@pytest.mark.parametrize(
    ("language", "title"),
    [("zh", "未结18件，立案超过6个月的14件"), ("en", "14 of 18 pending cases are older than 6 months")],
)
def test_only_bands_from_the_youngest_to_the_oldest_with_a_line_at_six_months(ages, language, title):
    cases = [0, 4, 0, 14, 0, 0]
    bands = pd.DataFrame({"band": [name.cell for name in band_names()], "cases": cases})
    figure = plot_ages(
        SimpleNamespace(bands=bands.assign(share=bands["cases"] / 18), summary=ages.summary, caption=ages.caption),
        language=language,
    )
    (axes,) = figure.axes
    assert [bar.get_width() for bar in axes.containers[0]] == [4, 0, 14]
    assert [list(line.get_ydata()) for line in axes.lines] == [[0.5, 0.5]]
    assert title in [text.get_text() for text in figure.texts]


def test_one_case_is_older(ages):
    bands = pd.DataFrame({"band": [name.cell for name in band_names()], "cases": [9, 2, 0, 1, 0, 0]})
    one = SimpleNamespace(bands=bands.assign(share=bands["cases"] / 12), summary=ages.summary, caption=ages.caption)
    assert said_by(plot_ages, one).title.en == "1 of 12 pending cases is older than 6 months"


@pytest.mark.parametrize(
    ("language", "said", "alt"),
    [
        ("zh", ["3–6个月：2件", "12–24个月：7件"], "按已立案时间。3–6个月：2件；12–24个月：7件。"),
        ("en", ["3–6 months: 2", "12–24 months: 7"], "By time since filing. 3–6 months: 2; 12–24 months: 7."),
    ],
)
def test_of_fewer_than_ten_cases_words_stand_in_place_of_bars(ages, language, said, alt):
    bands = pd.DataFrame({"band": [name.cell for name in band_names()], "cases": [0, 2, 0, 7, 0, 0]})
    few = SimpleNamespace(bands=bands.assign(share=bands["cases"] / 9), summary=ages.summary, caption=ages.caption)
    figure = plot_ages(few, language=language)
    (axes,) = figure.axes
    assert not axes.containers
    assert [text.get_text() for text in axes.texts] == said
    assert style.alt_of(figure) == alt
    assert not any(trace.type == "bar" for trace in plot_ages(few, language=language, interactive=True).data)


def test_of_few_cases_of_several_groups_each_line_says_whose_they_are(ages):
    bands = pd.DataFrame({"band": [name.cell for name in band_names()], "cases": [1, 0, 2, 0, 0, 0]})
    groups = [bands.assign(share=bands["cases"] / 3, team=name) for name in ("执行一组", "执行二组")]
    few = SimpleNamespace(bands=pd.concat(groups, ignore_index=True), summary=ages.summary, caption=ages.caption)
    texts = [text.get_text() for text in plot_ages(few).axes[0].texts]
    assert texts == [
        f"{team}，{said}" for team in ("执行一组", "执行二组") for said in ("3个月以内：1件", "6–12个月：2件")
    ]


def _of_teams(officers: dict[str, list[str]]) -> Cases:
    """Nine cases, filed in December and pending, of each officer of a team."""
    people = [(team, officer) for team, names in officers.items() for officer in names for _ in range(9)]
    frame = pd.DataFrame(people, columns=["team", "officer"]).assign(filed_on="2024-05-06")
    frame["case_no"] = [f"（2024）云0921执{n}号" for n in range(len(frame))]
    return Cases.from_frames(frame, as_of="2024-12-31")


@pytest.mark.parametrize("by", ["team", "officer"])
def test_ages_that_are_not_shown_outside_are_not_told_as_nothing_pending(by):
    """``plot_ages`` of teams of one officer each said that no case was pending."""
    cases = _of_teams({"甲组": ["甲"], "乙组": ["乙"]})
    with pytest.raises(DataError, match="未结18件，按所选分组的案龄对外未列入"):
        plot_ages(pending_ages(cases, by=by))
    with (
        speaking("en"),
        pytest.raises(
            DataError, match="18 cases pending, but their ages by the groups asked for are not shown outside"
        ),
    ):
        plot_ages(pending_ages(cases, by=by))
    assert style.title_of(plot_ages(pending_ages(cases, by=by, names=True))) == "未结18件，立案超过6个月的18件"


def test_a_title_of_some_groups_does_not_stand_for_all_that_are_pending():
    cases = _of_teams({"甲组": ["甲", "丁"], "乙组": ["乙"], "丙组": ["丙"], "戊组": ["戊", "己"]})
    found = pending_ages(cases, by="team")
    assert found.summary["pending"].sum() == 36
    assert style.title_of(plot_ages(found)) == "所列各组未结36件，立案超过6个月的36件；另有18件的组对外未列入"
    said = style.title_of(plot_ages(found, language="en"))
    assert said == "In the groups shown, 36 of 36 pending cases older than 6 months; 18 in groups not shown outside"
