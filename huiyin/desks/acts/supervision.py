"""What supervision asks: of units to receive, to do and to report; of the office and the leaders to look at."""

from django.db.models import Prefetch

from huiyin.desks import dues, overseen, said
from huiyin.desks.acts.act import ANSWER, Act, answer_of_share, item, own_date
from huiyin.supervision.models import TaskReport
from huiyin.words import UNIT_ROLES, Role

UNITS = frozenset(UNIT_ROLES)
OFFICE, LEADER = frozenset({Role.REGISTRAR}), frozenset({Role.GOVERNMENT_LEADER})
INSPECTORS = frozenset({Role.REGISTRAR, Role.ASSEMBLY_STAFF})

ASKED_OF_UNITS: tuple[Act, ...] = (
    Act("催办待回复", "urging.receipt", UNITS, overseen.urgings, str, own_date, button="回复"),
    Act("新的督办任务", "task.receive", UNITS, overseen.new_tasks, said.of_task, own_date, button="签收"),
    Act("督办任务待报告", "task.report", UNITS, overseen.tasks, said.of_task, own_date, button="报告"),
    Act(
        "调度待报送",
        "dispatch.answer",
        UNITS,
        overseen.sheets,
        said.of_sheet,
        lambda: dues.column("round__due_on"),
        button="报送",
    ),
)

FOR_THE_OFFICE_TO_OVERSEE: tuple[Act, ...] = (
    Act(
        "督办任务报告待确认",
        "task.accept",
        OFFICE | LEADER,
        overseen.tasks_reported,
        said.reported_task,
        own_date,
        (Prefetch("reports", TaskReport.objects.prefetch_related("attachments")),),
        "确认",
        joined=("unit",),
    ),
    item("重点件还没有市领导领办", "leadership.assign", OFFICE, overseen.led_by_nobody, button="确定领办"),
    Act(
        "逾期没有答复，可发督办单",
        "urging.slip",
        OFFICE,
        overseen.slips_due,
        said.of_share,
        answer_of_share,
        button="发督办单",
        joined=("unit",),
    ),
    Act("抽查件待走访", "look_back.visit", INSPECTORS, overseen.to_visit, str, button="填走访单"),
    Act(
        "整改已确认，待二次核查", "inspection.again", INSPECTORS, overseen.to_go_again, str, button="二次核查"
    ),
    Act(
        "调度到期待结束",
        "dispatch.close",
        OFFICE,
        overseen.dispatches_over,
        said.of_round,
        own_date,
        button="结束",
    ),
    Act("报请上级久无答复", "superior.answer", OFFICE, overseen.superiors_silent, str, button="登记答复"),
)

FOR_LEADERS: tuple[Act, ...] = (
    item(
        "我领办督办的件",
        "instruction.give",
        LEADER,
        overseen.led,
        due=lambda: dues.of_item(*ANSWER),
        button="批示",
    ),
)
