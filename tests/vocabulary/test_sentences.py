import pandas as pd
import pytest

from analysis.vocabulary import sentences
from analysis.vocabulary.text import Text

YEAR, BEFORE = Text("同比", "year on year"), Text("环比", "on the period before")
DAY = pd.Timestamp


@pytest.mark.parametrize(
    ("said", "zh", "en"),
    [
        (sentences.cases(0), "0件", "0 cases"),
        (sentences.cases(1), "1件", "1 case"),
        (sentences.cases(12345), "12,345件", "12,345 cases"),
        (sentences.amount(5.5), "5.50万元", "0.06 million yuan"),
        (sentences.amount(2046), "2,046万元", "20.46 million yuan"),
        (sentences.amount(10000), "1.00亿元", "100.00 million yuan"),
        (sentences.rate(99.2228), "99.22%", "99.22%"),
        (sentences.rate(0), "0.00%", "0.00%"),
        (sentences.change(386, 343, against=YEAR), "同比上升12.54%", "up 12.54% year on year"),
        (sentences.change(343, 386, against=YEAR), "同比下降11.14%", "down 11.14% year on year"),
        (sentences.change(5, 5, against=YEAR), "同比持平", "unchanged year on year"),
        (sentences.change(0, 0, against=YEAR), "同比持平", "unchanged year on year"),
        (
            sentences.change(3, 0, against=YEAR),
            "上年同期为0",
            "from 0 year on year",
        ),
        (sentences.change(0, 3, against=YEAR), "同比下降100.00%", "down 100.00% year on year"),
        (
            sentences.change(3, None, against=YEAR),
            "缺上年同期数，无法计算同比变化",
            "no figure to compare with year on year",
        ),
        (
            sentences.change(1_000_001, 1_000_000, against=YEAR),
            "同比上升不足0.01%",
            "up by less than 0.01% year on year",
        ),
        (
            sentences.points(99.22, 95.63, against=YEAR),
            "同比上升3.59个百分点",
            "up 3.59 percentage points year on year",
        ),
        (
            sentences.points(98.22, 99.22, against=YEAR),
            "同比下降1.00个百分点",
            "down 1.00 percentage point year on year",
        ),
        (sentences.points(99.2249, 99.2151, against=YEAR), "同比持平", "unchanged year on year"),
        (
            sentences.points(99.2, None, against=YEAR),
            "缺上年同期数，无法计算同比变化",
            "no figure to compare with year on year",
        ),
        (
            sentences.place(1, 1, 9, 24),
            "在24个法院中点估计居第1位，95%区间为第1至第9位",
            "estimated place 1 of 24 courts, 95% interval 1 to 9",
        ),
        (sentences.amount(0), "0万元", "0.00 million yuan"),
        (sentences.amount(9999.99), "9,999.99万元", "100.00 million yuan"),
        (sentences.amount(-10000), "-1.00亿元", "-100.00 million yuan"),
        (sentences.amount(123456), "12.35亿元", "1,234.56 million yuan"),
        (sentences.change(1, 2, against=YEAR), "同比下降50.00%", "down 50.00% year on year"),
        (sentences.change(-3, -6, against=YEAR), "同比上升50.00%", "up 50.00% year on year"),
        (
            sentences.change(None, 3, against=YEAR),
            "缺本期数，无法计算同比变化",
            "no figure of this period, no change year on year",
        ),
        (
            sentences.points(None, 3, against=YEAR),
            "缺本期数，无法计算同比变化",
            "no figure of this period, no change year on year",
        ),
        (
            sentences.change(3, 0, against=BEFORE),
            "上期为0",
            "from 0 on the period before",
        ),
        (
            sentences.change(3, None, against=BEFORE),
            "缺上期数，无法计算环比变化",
            "no figure to compare with on the period before",
        ),
        (sentences.change(2, 1, against=BEFORE), "环比上升100.00%", "up 100.00% on the period before"),
        (sentences.change(0.1 + 0.2, 0.3, against=YEAR), "同比持平", "unchanged year on year"),
        (
            sentences.points(99.99, 100, against=YEAR),
            "同比下降0.01个百分点",
            "down 0.01 percentage points year on year",
        ),
        (sentences.rate(99.995), "100.00%", "100.00%"),
        (sentences.cases(1_000_000), "1,000,000件", "1,000,000 cases"),
        (sentences.period(DAY("2011-01-01"), DAY("2011-12-31")), "2011年", "2011"),
        (sentences.period(DAY("2010-01-01"), DAY("2011-12-31")), "2010–2011年", "2010–2011"),
        (sentences.period(DAY("2011-02-01"), DAY("2011-02-28")), "2011年2月", "Feb 2011"),
        (sentences.period(DAY("2011-10-01"), DAY("2011-12-31")), "2011年第4季度", "2011 Q4"),
        (sentences.period(DAY("2011-02-01"), DAY("2011-04-30")), "2011年2—4月", "Feb to Apr 2011"),
        (
            sentences.period(DAY("2010-12-21"), DAY("2011-12-20")),
            "2010年12月21日至2011年12月20日",
            "21 Dec 2010 to 20 Dec 2011",
        ),
        (sentences.sentence(Text("未结3件", "3 cases pending")), "未结3件。", "3 cases pending."),
        (sentences.sentence(Text("无。", "none.")), "无。", "None."),
        (sentences.points(0, 0, against=YEAR), "同比持平", "unchanged year on year"),
        (
            sentences.points(0, 100, against=YEAR),
            "同比下降100.00个百分点",
            "down 100.00 percentage points year on year",
        ),
        (
            sentences.place(2, 2, 2, 9),
            "在9个法院中居第2位（95%区间同为该位）",
            "place 2 of 9 courts (95% interval: that place)",
        ),
        (sentences.interval(0, 100, digits=0), "（95%区间0–100%）", " (95% interval 0–100%)"),
        (sentences.interval(97.7, 99.71, digits=1), "（95%区间97.7–99.7%）", " (95% interval 97.7–99.7%)"),
    ],
)
def test_sentences(said, zh, en):
    assert (said.zh, said.en) == (zh, en)


def test_rounding_is_half_up_on_the_number_as_written():
    assert str(sentences.rounded(0.125, 2)) == "0.13"
    assert str(sentences.rounded(2.675, 2)) == "2.68"
    assert str(sentences.rounded(-0.125, 2)) == "-0.13"
