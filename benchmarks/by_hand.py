"""The figures as somebody would write them by hand in SQL, a statement a subject, for the stories' rule pack."""

from datetime import date
from typing import Any

from django.db import connection

from huiyin.reporting.scope import Scope

HERE = """{p}.plenary_id IN ({plenaries})"""
RECEIVED = f"""{HERE} AND {{p}}.handed_over_at < %(end)s
 AND ({{p}}.merged_at IS NULL OR {{p}}.merged_at >= %(end)s)
 AND ({{p}}.voided_at IS NULL OR {{p}}.voided_at >= %(end)s)
 AND ({{p}}.refused_at IS NULL OR {{p}}.refused_at >= %(end)s)
 AND ({{p}}.elsewhere_at IS NULL OR {{p}}.elsewhere_at >= %(end)s)"""
OWING = """a.role IN ('lead', 'separate') AND a.offered_at < %(end)s
 AND (a.returned_at IS NULL OR a.returned_at >= %(end)s)
 AND (a.cancelled_at IS NULL OR a.cancelled_at >= %(end)s)"""
LOCAL_DAY = {
    "sqlite": "date(d.met_at, '+8 hours')",
    "postgresql": "(d.met_at AT TIME ZONE 'Asia/Shanghai')::date",
}
NOT_VOIDED = "(p.voided_at IS NULL OR p.voided_at >= %(end)s)"

STATEMENTS = {
    "intake": f"""SELECT count(CASE WHEN {RECEIVED} THEN 1 END),
 count(CASE WHEN {RECEIVED} AND p.period = 'in_plenary' THEN 1 END),
 count(CASE WHEN p.received_at < %(end)s AND {NOT_VOIDED} AND p.filed_at < %(end)s THEN 1 END),
 count(CASE WHEN p.received_at < %(end)s AND {NOT_VOIDED} AND p.merged_at < %(end)s THEN 1 END),
 count(CASE WHEN {RECEIVED} AND p.answer_closed_at < %(end)s
 AND (p.reopened_at IS NULL OR p.reopened_at >= %(end)s OR p.reopened_at < p.answer_closed_at) THEN 1 END)
 FROM proposals_proposal p WHERE {HERE}""",
    "classes": f"""SELECT c.taxonomy, i.name, count(*) FROM proposals_classification c
 JOIN proposals_itemclass i ON i.id = c.item_class_id JOIN proposals_proposal p ON p.id = c.proposal_id
 WHERE {RECEIVED} GROUP BY 1, 2""",
    "marks": f"""SELECT mark, count(*) FROM (
 SELECT mark, row_number() OVER (PARTITION BY proposal_id ORDER BY "order" DESC, id DESC) AS worst FROM (
 SELECT m.*, row_number() OVER (PARTITION BY m.assignment_id ORDER BY m.since DESC, m.id DESC) AS latest
 FROM replies_markhistory m JOIN handling_assignment a ON a.id = m.assignment_id
 JOIN proposals_proposal p ON p.id = m.proposal_id
 WHERE m.since < %(end)s AND {OWING} AND {RECEIVED}) AS every WHERE latest = 1) AS one WHERE worst = 1 GROUP BY 1""",
    "answers": f"""SELECT count(*), count(CASE WHEN waiting = 0 THEN 1 END) FROM (
 SELECT a.proposal_id, sum(CASE WHEN EXISTS (SELECT 1 FROM replies_reply r WHERE r.assignment_id = a.id
 AND r.issued_at < %(end)s AND r.state <> 'void') THEN 0 ELSE 1 END) AS waiting
 FROM handling_assignment a JOIN proposals_proposal p ON p.id = a.proposal_id
 WHERE {OWING} AND {RECEIVED} GROUP BY 1) AS items""",
    "on_time": f"""SELECT count(*), count(CASE WHEN late = 0 THEN 1 END) FROM (
 SELECT d.proposal_id,
 sum(CASE WHEN (d.met_at < %(end)s AND NOT d.met_known)
 OR ((d.met_at IS NULL OR d.met_at >= %(end)s) AND d.due_on >= %(day)s) THEN 1 ELSE 0 END) AS silent,
 sum(CASE WHEN (d.met_at < %(end)s AND {{local_day}} > d.due_on)
 OR ((d.met_at IS NULL OR d.met_at >= %(end)s) AND d.due_on < %(day)s) THEN 1 ELSE 0 END) AS late
 FROM clock_deadline d JOIN handling_assignment a ON a.id = d.assignment_id
 JOIN proposals_proposal p ON p.id = d.proposal_id
 WHERE d.name = 'reply' AND d.round = 1 AND d.cancelled_at IS NULL AND {OWING} AND {RECEIVED} GROUP BY 1) AS items
 WHERE silent = 0 OR late > 0""",
    "contacts": f"""SELECT c.phase, c.way, count(*) FROM contacts_contact c
 JOIN proposals_proposal p ON p.id = c.proposal_id WHERE c.at < %(end)s AND {RECEIVED} GROUP BY 1, 2""",
    "reached": f"""SELECT count(*), count(CASE WHEN talked THEN 1 END) FROM (SELECT EXISTS (
 SELECT 1 FROM contacts_contact c WHERE c.proposal_id = p.id AND c.at < %(end)s) AS talked
 FROM proposals_proposal p WHERE {RECEIVED}
 AND EXISTS (SELECT 1 FROM handling_assignment a WHERE a.proposal_id = p.id AND {OWING})) AS items""",
    "grades": f"""SELECT g.dimension, g.grade, count(*) FROM evaluations_rating g
 JOIN evaluations_evaluation e ON e.id = g.evaluation_id JOIN proposals_proposal p ON p.id = e.proposal_id
 WHERE e.counted_at < %(end)s AND e.state <> 'revoked' AND {RECEIVED}
 AND NOT EXISTS (SELECT 1 FROM evaluations_evaluation n WHERE n.proposal_id = e.proposal_id AND n.later = e.later
 AND n.round > e.round AND n.counted_at < %(end)s AND n.state <> 'revoked') GROUP BY 1, 2""",
    "second": f"""SELECT count(*) FROM evaluations_secondhandling s JOIN proposals_proposal p ON p.id = s.proposal_id
 WHERE s.ordered_at < %(end)s AND s.state <> 'declined' AND {RECEIVED}""",
    "promises": f"""SELECT count(*), count(CASE WHEN k.kept_at < %(end)s THEN 1 END),
 count(CASE WHEN (k.kept_at IS NULL OR k.kept_at >= %(end)s) AND (k.dropped_at IS NULL OR k.dropped_at >= %(end)s)
 AND coalesce((SELECT u.was FROM promises_duedate u WHERE u.promise_id = k.id AND u.moved_at >= %(end)s
 ORDER BY u.moved_at, u.id LIMIT 1), k.due_on) < %(day)s THEN 1 END)
 FROM promises_promise k JOIN proposals_proposal p ON p.id = k.proposal_id
 WHERE k.undertaken_at < %(end)s AND k.state <> 'void' AND {RECEIVED}""",
    "units": f"""SELECT count(DISTINCT a.unit_id) FROM handling_assignment a
 JOIN proposals_proposal p ON p.id = a.proposal_id WHERE {OWING} AND {RECEIVED}""",
    "urging": f"""SELECT u.way, count(*) FROM supervision_urging u JOIN proposals_proposal p ON p.id = u.proposal_id
 WHERE u.sent_at < %(end)s AND {RECEIVED} GROUP BY 1""",
    "leading": f"""SELECT l.kind, count(*) FROM supervision_leadership l
 JOIN proposals_proposal p ON p.id = l.proposal_id WHERE l.since < %(end)s AND {RECEIVED} GROUP BY 1""",
    "inspections": f"""SELECT i.look_back, count(*) FROM supervision_inspection i
 JOIN proposals_proposal p ON p.id = i.proposal_id WHERE i.at < %(end)s AND {RECEIVED} GROUP BY 1""",
    "instructions": f"""SELECT count(*) FROM supervision_instruction i
 JOIN proposals_proposal p ON p.id = i.proposal_id WHERE i.given_at < %(end)s AND {RECEIVED}""",
    "meetings": """SELECT m.kind, count(*) FROM supervision_meeting m
 WHERE m.plenary_id IN ({plenaries}) AND m.at < %(end)s GROUP BY 1""",
    "gaps": f"""SELECT e.proposal_id, e.gaps FROM journal_event e JOIN proposals_proposal p ON p.id = e.proposal_id
 WHERE CAST(e.gaps AS text) <> '[]' AND e.at < %(end)s AND {HERE} AND p.received_at < %(end)s AND {NOT_VOIDED}""",
    "imported": f"""SELECT i.proposal_id, i.problems FROM ledgers_importrow i
 JOIN proposals_proposal p ON p.id = i.proposal_id
 WHERE (CAST(i.problems AS text) <> '[]' OR CAST(i.unattributed AS text) <> '{{{{}}}}')
 AND {HERE} AND p.received_at < %(end)s AND {NOT_VOIDED}""",
}


def _statement(name: str, scope: Scope) -> str:
    plenaries = ",".join(str(plenary.pk) for plenary in scope.plenaries)
    return STATEMENTS[name].format(p="p", plenaries=plenaries, local_day=LOCAL_DAY[connection.vendor])


def rows(scope: Scope, name: str) -> list[tuple[Any, ...]]:
    day: date | str = scope.as_of if connection.vendor == "postgresql" else scope.as_of.isoformat()
    given = {"end": connection.ops.adapt_datetimefield_value(scope.end), "day": day}
    with connection.cursor() as cursor:
        cursor.execute(_statement(name, scope), given)
        return list(cursor.fetchall())


def figures(scope: Scope) -> dict[str, int]:
    """Code -> count, of what the two have in common; all statements are run."""
    found = {name: rows(scope, name) for name in STATEMENTS}
    total, in_plenary, filed, merged, closed = found["intake"][0]
    counts = {
        "received.total": total,
        "received.in_plenary": in_plenary,
        "filed.total": filed,
        "merged.count": merged,
        "answer_closed.count": closed,
        "reply.rate": found["answers"][0][1],
        "reply.on_time": found["on_time"][0][1],
        "contact.rate": found["reached"][0][1],
        "contact.total": sum(n for _, _, n in found["contacts"]),
        "second_handling.count": found["second"][0][0],
        "unit.count": found["units"][0][0],
        "urging.total": sum(n for _, n in found["urging"]),
    }
    counts |= {f"class.{taxonomy}.{name}": n for taxonomy, name, n in found["classes"]}
    counts |= {f"mark.{mark}": n for mark, n in found["marks"]}
    counts |= {f"satisfaction.{dimension}.{grade}": n for dimension, grade, n in found["grades"]}
    names = ("promise.total", "promise.carried_out", "promise.overdue")
    return counts | dict(zip(names, found["promises"][0], strict=True))
