"""Lines of a page within its tables: made of what the cells say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ntm_extract.layout.tabled import with_cells
from ntm_extract.model import Box, Cell, Line, Table, Word

ROW, COLUMNS = 20.0, (50.0, 80.0, 300.0, 400.0)


def table(*rows: tuple[str, str, str], top: float = 100.0) -> Table:
    """Three columns: a narrow one for signs, a broad one, one for figures."""
    cells = tuple(
        Cell(row=r, col=c, page=1, text=text, recognised=text, box=box(r, c, top), confidence=0.9)
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )
    return Table(cells=cells, rows=len(rows), cols=3, box=Box(50, top, 400, top + ROW * len(rows)))


def box(row: int, col: int, top: float = 100.0) -> Box:
    return Box(COLUMNS[col], top + ROW * row, COLUMNS[col + 1], top + ROW * (row + 1))


def line(y: float, *words: tuple[float, str], number: int = 1) -> Line:
    """Words ten points high and six a letter wide, at their left edges."""
    found = (Word(text=w, recognised=w, box=Box(x, y, x + 6 * len(w), y + 10), confidence=0.8) for x, w in words)
    return Line(number=number, words=tuple(found))


def texts(lines: tuple[Line, ...]) -> list[tuple[str, str]]:
    return [(line.role, line.text) for line in lines]


def test_what_the_page_passed_over_or_misread_is_said_by_the_cells() -> None:
    lines = (
        line(60, (50, "Biểu"), (80, "số"), (110, "3")),
        line(105, (90, "Đường"), (130, "thôn"), (310, "72.000"), number=2),  # the sign lost, the figure misread
        line(125, (55, "2"), (90, "Kênh"), (310, "15.000"), number=3),
        line(150, (50, "Ghi"), (80, "chú"), number=4),
    )
    found = with_cells(lines, (table(("1", "Đường thôn", "22.000"), ("2", "Kênh", "15.000")),))
    assert texts(found) == [
        ("body", "Biểu số 3"),
        ("table", "1 Đường thôn 22.000"),
        ("table", "2 Kênh 15.000"),
        ("body", "Ghi chú"),
    ]
    assert [line.number for line in found] == [1, 2, 3, 4]
    sign, first, _, figure = found[1].words
    assert (sign.box, first.box, figure.box) == (box(0, 0), lines[1].words[0].box, lines[1].words[2].box)
    assert (first.confidence, figure.confidence) == (0.8, 0.9)


def test_a_cell_of_several_lines_is_read_through_and_gaps_are_those_of_the_page() -> None:
    lines = (
        line(101, (90, "Xây"), (130, "dựng"), number=1),
        line(108, (55, "1"), (310, "2011"), (340, "-2015"), number=2),
        line(112, (90, "nhà"), (130, "máy"), number=3),
    )
    found = with_cells(lines, (table(("1", "Xây dựng nhà máy", "2011-2015"), ("", "", "")),))
    assert texts(found) == [("table", "1 Xây dựng nhà máy 2011 -2015")]


def test_nothing_is_lost() -> None:
    """Words beside a table on one level with it, in a cell that was found empty, and a table that the page missed."""
    lines = (line(105, (20, "»"), (90, "Cầu"), (310, "7"), (420, "bên")), line(300, (50, "sau"), number=2))
    missed = table(("1", "Trạm y tế", "3"), ("2", "Chợ", "4"), top=200.0)
    found = with_cells(lines, (table(("", "Cầu", ""), ("", "", "")), missed))
    assert texts(found) == [
        ("table", "Cầu 7"),
        ("body", "» bên"),
        ("table", "1 Trạm y tế 3"),
        ("table", "2 Chợ 4"),
        ("body", "sau"),
    ]


def test_furniture_stays_where_it_is() -> None:
    dust = Line(number=1, words=line(105, (90, ".")).words, role="furniture")
    assert with_cells(
        (dust,),
        (
            table(
                ("", "", ""),
            ),
        ),
    ) == (dust,)


@given(st.lists(st.tuples(st.floats(0, 500), st.floats(0, 300), st.sampled_from(["7", "xã", "4,5"])), max_size=20))
def test_every_word_outside_tables_comes_out_once(words: list[tuple[float, float, str]]) -> None:
    lines = tuple(line(y, (x, text), number=n) for n, (x, y, text) in enumerate(words, 1))
    found = with_cells(lines, (table(("1", "Đường", "5"), ("2", "Kênh", "6")),))
    outside = [one for one in lines if not (50 <= mid(one)[0] <= 400 and 100 <= mid(one)[1] <= 140)]
    assert [one.words for one in found if one.role == "body"] == [one.words for one in outside]


def mid(one: Line) -> tuple[float, float]:
    at = one.words[0].box
    assert at is not None
    return (at.x0 + at.x1) / 2, (at.y0 + at.y1) / 2
