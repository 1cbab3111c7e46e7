"""What is wrong with the inside of a zipped workbook, in words of ours."""

from __future__ import annotations

from analysis.vocabulary.text import Text

IN_PIECES = Text("一个值分成几段", "a value in several pieces")
ELSEWHERE = Text("有单元格的值写在别处", "a cell whose value stands at another place")
NO_NUMBER = Text("有单元格的值不是数字", "a cell whose number is none")
NO_PLACE = Text("共用文字的序号不是序号", "a number of a shared text that is none")
DOCTYPE = Text("自带文档类型定义", "a document type of its own")


class DamagedError(ValueError):
    """Damage of an archive, told as ``text``."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


DIGITS, BEYOND = 10, 10**10  # a number of more digits is beyond every bound


def greatest(numbers: set[bytes]) -> int:
    """Return the greatest of some numbers as they are written; 0 of none."""
    return max((int(n) if len(n) <= DIGITS else BEYOND for n in numbers), default=0)
