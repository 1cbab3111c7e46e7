import io

import pytest

from analysis.report.formats.sparkline import HEIGHT, WIDTH, is_drawn, points, sparkline_png, sparkline_svg

SERIES = (376.0, 368.0, None, 443.0, 343.0, 386.0)


def test_every_known_value_stands_inside_the_picture_the_largest_at_the_top():
    line = points(SERIES)
    assert len(line) == 5
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in line)
    assert min(y for _, y in line) == line[2][1]
    assert line[-1][0] == max(x for x, _ in line)


def test_a_level_series_is_a_level_line():
    assert len({y for _, y in points((5.0, 5.0, 5.0))}) == 1


@pytest.mark.parametrize(("values", "drawn"), [((1.0, 2.0), False), ((1.0, None, 2.0, 3.0), True), ((), False)])
def test_two_values_make_no_course(values, drawn):
    assert is_drawn(values) is drawn


def test_both_pictures_are_the_same_every_time():
    from PIL import Image

    assert sparkline_svg(SERIES) == sparkline_svg(SERIES)
    assert sparkline_png(SERIES) == sparkline_png(SERIES)
    with Image.open(io.BytesIO(sparkline_png(SERIES))) as image:
        assert image.width / image.height == pytest.approx(WIDTH / HEIGHT)
