"""What several steps of supervision require."""

from huiyin.journal.step import Call, requirement


@requirement(late=True)
def all_of_this_place(call: Call) -> str | None:
    """Units, leaders and classes that are named belong to the place itself."""
    for spec in call.step.fields:
        if spec.kind not in ("row", "rows"):
            continue
        given = call.given(spec.name) or []
        rows = given if isinstance(given, list | tuple) else [given]
        here = call.obj.jurisdiction_id
        if any(getattr(row, "jurisdiction_id", here) != here for row in rows):
            return f"“{spec.label}”只能选本地的，请重新选择。"
    return None
