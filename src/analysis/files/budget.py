"""What the reading of one file may take, whatever its format: beyond it a file is no register, and is refused in words.

What can be counted is counted before anything is laid out (cells, rows, text, bytes); whatever escapes the counts ends at
the seconds and the memory of the process that reads, which the process that asked looks at (``process``).
"""

from __future__ import annotations

MOST_CELLS = 1 << 25  # of the rectangle that cells span: 1,048,576 rows of 32 columns
MOST_BUILT = 1 << 23  # cells of which each becomes a Python object (web pages, XML spreadsheets, tables kept by hand)
BUILT_A_ROW = 7  # cells that a row costs besides its own there, be it empty
MOST_COLUMNS, MOST_ROWS = 16_384, 1_048_576  # of a spreadsheet
MOST_SHEETS = 1_000  # of a file; each costs whoever asked some 30 ms, however little it holds
MOST_TEXT = 256 << 20  # bytes of a block of rows, and characters that a document asks to be made up
MOST_UNPACKED = (
    1 << 30
)  # bytes of all parts of a zipped workbook; a million empty but formatted rows unpack to some 400 MB
ROWS_A_BYTE = 2  # that a file may hold, and a column file declare: numbers and days alone, packed, take half a byte a row and more
ROWS_OF_ANY_FILE = 1 << 18  # that a small file may hold all the same; each costs whoever asked some 35 microseconds
MOST_DOCUMENT = 128 << 20  # bytes of all parts of a Word document, pictures too, which are held in memory as a whole
MOST_TAGS, MOST_TABLE_CELLS = (
    1 << 21,
    1 << 16,
)  # of such a document; a tag takes some 100 bytes, a cell 100 microseconds
MOST_WHOLE = 512 << 20  # bytes of a file that has to be held in memory as a whole
MOST_WHOLE_AS_OBJECTS = 256 << 20  # of one that becomes Python objects as a whole (xls)
MOST_WHOLE_AS_TEXT = 128 << 20  # of one that is looked through tag by tag (web pages, XML spreadsheets)
# Bytes of the process that reads: so many for any file, so many more for a byte of it, and the most for any. A sheet of 1,048,576
# full rows of 16 columns (125 MB) takes some 1.5 GB.
MEMORY, MEMORY_A_BYTE, MOST_MEMORY = 1 << 30, 20, 3 << 30
SECONDS, BYTES_A_SECOND = 20.0, 1 << 20  # of a processor: so many for any file, and one more for so many bytes of it


def memory_for(size: int) -> int:
    """Return the memory that reading a file of so many bytes may take.

    >>> [memory_for(size) >> 20 for size in (0, 10 << 20, 200 << 20)]
    [1024, 1224, 3072]
    """
    return min(MEMORY + MEMORY_A_BYTE * size, MOST_MEMORY)


def rows_for(size: int) -> int:
    """Return the rows that a file of so many bytes may hold.

    >>> rows_for(0), rows_for(1 << 20)
    (262144, 2097152)
    """
    return max(ROWS_OF_ANY_FILE, size * ROWS_A_BYTE)


def seconds_for(size: int) -> float:
    """Return the processor time that reading a file of so many bytes may take.

    >>> seconds_for(0), seconds_for(60 << 20)
    (20.0, 80.0)
    """
    return SECONDS + size / BYTES_A_SECOND
