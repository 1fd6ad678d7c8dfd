"""Spreadsheets to take away. The one to fill in: headings, one example row that is passed over, and a second sheet that explains."""

from collections.abc import Iterable, Sequence
from io import BytesIO

import xlsxwriter

from huiyin.setup.reading import EXAMPLE, Column


def table(sheet: str, heads: dict[str, int], rows: Iterable[Sequence[str]]) -> BytesIO:
    """Headings with their widths, and rows below them, all of it text."""
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        page, head = (
            book.add_worksheet(sheet),
            book.add_format({"bold": True, "bg_color": "#E8EEF5", "border": 1}),
        )
        for place, (name, width) in enumerate(heads.items()):
            page.set_column(place, place, width)
            page.write_string(0, place, name, head)
        for number, row in enumerate(rows, 1):
            for place, text in enumerate(row):
                page.write_string(number, place, text)
        page.freeze_panes(1, 0)
    made.seek(0)
    return made


def template(sheet: str, columns: tuple[Column, ...]) -> BytesIO:
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        grey = book.add_format(
            {"num_format": "@", "text_wrap": True, "valign": "top", "font_color": "#56657A"}
        )
        head = book.add_format({"bold": True, "bg_color": "#E8EEF5", "border": 1, "text_wrap": True})
        page, notes = book.add_worksheet(sheet), book.add_worksheet("填写说明")
        for place, column in enumerate(columns):
            page.set_column(place, place, column.width, text)
            page.write_string(0, place, column.name + ("*" if column.required else ""), head)
            page.write_string(1, place, (EXAMPLE if place == 0 else "") + column.example, grey)
        page.freeze_panes(1, 0)
        notes.set_column(0, 0, 20)
        notes.set_column(1, 1, 80, text)
        notes.write_string(0, 0, "列", head)
        notes.write_string(0, 1, "怎样填", head)
        for row, column in enumerate(columns, 1):
            notes.write_string(row, 0, column.name, text)
            notes.write_string(row, 1, ("必填。" if column.required else "选填。") + column.help, text)
        last = len(columns) + 2
        notes.write_string(
            last, 1, f"第二行以“{EXAMPLE}”开头，是填写的样子，上传时不会收进去，留着、删掉都可以。"
        )
        notes.write_string(
            last + 1, 1, "以后有变化，改好这张表再上传一次即可：空着的格子不改动已有的内容，不会重复登记。"
        )
    made.seek(0)
    return made
