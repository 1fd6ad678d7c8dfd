"""Ledgers for the tests of the import: a finished row, and files of many."""

from datetime import date, timedelta
from pathlib import Path

from huiyin.ledgers.importing import Options, Report, import_ledger
from huiyin.ledgers.reading import STANDARD
from huiyin.people.actor import Actor
from tests.ledgers.reading.makers import xlsx

FINISHED = {
    "编号": "12",
    "案由": "关于增设路灯的提案",
    "正文": "老城区夜间照明不足。",
    "具体建议": "1. 增设路灯\n2. 更换老旧线路",
    "提案者": "张三",
    "联名": "李四、王五",
    "提出时间": "2020-01-06",
    "分类": "工交城建",
    "重点": "是",
    "主办单位": "市教育局",
    "会办单位": "市公安局",
    "交办日期": "2020-03-02",
    "签收日期": "2020-03-03",
    "沟通日期": "2020-03-20、2020-05-20",
    "沟通方式": "电话、面商",
    "答复日期": "2020-05-08",
    "答复文号": "教函〔2020〕8号",
    "办理结果": "B",
    "承诺事项": "1. 完成设计\n2. 全部更换",
    "承诺期限": "1. 2020-12-31\n2. 2021年底",
    "态度评价": "满意",
    "结果评价": "基本满意",
    "公开属性": "全文公开",
    "备注": "列入实事",
}


def row(**cells: str) -> dict[str, str]:
    return FINISHED | cells


def bare(**cells: str) -> dict[str, str]:
    return {"案由": "关于增设路灯的提案"} | cells


def ledger(path: Path, *rows: dict[str, object]) -> Path:
    """A ledger in the standard headings that these rows use."""
    headings = [name for name in STANDARD if any(name in row for row in rows)]
    return xlsx(path, [tuple(headings), *(tuple(row.get(name, "") for name in headings) for row in rows)])


def many(count: int, *, units: int = 20) -> list[dict[str, str]]:
    """Finished rows, each its own; deterministic."""
    made = []
    for number in range(1, count + 1):
        given = date(2020, 3, 2) + timedelta(days=number % 5)
        made.append(
            row(
                编号=str(number),
                案由=f"关于改善第{number}片区公共服务的提案",
                提案者=f"委员{number % 400}",
                联名=f"委员{(number + 1) % 400}、委员{(number + 2) % 400}",
                主办单位=f"市第{number % units}局",
                会办单位=f"市第{(number + 1) % units}局",
                交办日期=given.isoformat(),
                签收日期=(given + timedelta(days=1)).isoformat(),
                答复日期=(given + timedelta(days=60)).isoformat(),
                办理结果="ABC"[number % 3],
            )
        )
    return made


def take_in(city, path: Path, *, plenary=None, actor: Actor | None = None, **options: object) -> Report:
    """Import into the city's plenary, new units allowed unless said otherwise."""
    given = {"new_units": True} | options
    return import_ledger(
        path,
        plenary or city.plenary,
        actor=actor or Actor.system(city.here),
        options=Options(**given),
    )


def gaps(report: Report) -> set[str]:
    return {problem.name for problem in report.problems if problem.kind == "gap"}


def wrong(report: Report) -> list[str]:
    return [problem.sentence for problem in report.wrong]
