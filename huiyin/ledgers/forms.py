"""Bringing a ledger: the file, its plenary, what may be taken in with it, and what its columns are."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from huiyin.clock.now import today
from huiyin.files.keep import MEGABYTE, SIZE_LIMIT
from huiyin.ledgers.drafts import columns_of
from huiyin.ledgers.importing import Options
from huiyin.ledgers.models import ImportDraft
from huiyin.ledgers.reading.columns import CHOICES
from huiyin.proposals.models import ItemClass, Plenary
from huiyin.rulepacks.store import versions_in_force

KINDS = (".xlsx", ".xls", ".csv")


class OptionsForm(forms.Form):
    """What may be taken in with the rows."""

    new_units = forms.BooleanField(
        label="台账中的新单位随之增加", required=False, help_text="不勾选：有不认识的单位的行不导入。"
    )
    new_classes = forms.ChoiceField(
        label="台账中的新类别增加到",
        required=False,
        help_text="没有要用的分类法的，请先在台账页“增加类别”。",
    )

    def __init__(self, *args: Any, plenaries: Iterable[Plenary], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = taxonomies_of(plenaries)
        if (given := self.initial.get("new_classes")) and given not in known:
            known[given] = given
        self.fields["new_classes"].choices = [("", "不增加，只用现有类别"), *known.items()]  # type: ignore[attr-defined]

    def options(self) -> Options:
        given = self.cleaned_data
        return Options(new_units=given["new_units"], new_classes=given["new_classes"])


def taxonomies_of(plenaries: Iterable[Plenary]) -> dict[str, str]:
    """The taxonomies that the rules of these plenaries know, and those in which the place has classes of its own."""
    places, codes = set(), set()
    for plenary in plenaries:
        places.add(plenary.jurisdiction_id)
        codes.add(plenary.pack_code)
    packs = [version.pack for version in versions_in_force(today()) if version.code in codes]
    known = {entry.name: entry.label for pack in packs for entry in pack.taxonomies}
    own = (
        ItemClass.objects.filter(jurisdiction__in=places)
        .order_by("taxonomy")
        .values_list("taxonomy", flat=True)
    )
    return {name: name for name in own.distinct()} | known


class ImportForm(OptionsForm):
    """The file and where it belongs."""

    field_order = ("plenary", "file", "new_units", "new_classes")

    plenary = forms.ModelChoiceField(Plenary.objects.none(), label="届次", empty_label="请选择")
    file = forms.FileField(
        label="台账文件",
        help_text=f"Excel 表格（xlsx、xls）或 csv 文件，最大{SIZE_LIMIT // MEGABYTE}MB。",
    )

    def __init__(self, *args: Any, plenaries: QuerySet[Plenary], **kwargs: Any) -> None:
        super().__init__(*args, plenaries=plenaries, **kwargs)
        self.fields["plenary"].queryset = plenaries  # type: ignore[attr-defined]
        self.fields["file"].widget.attrs["accept"] = ",".join(KINDS)

    def clean_file(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["file"]
        if Path(upload.name or "").suffix.lower() not in KINDS:
            raise forms.ValidationError("请上传 xlsx、xls 或 csv 文件。")
        if (upload.size or 0) > SIZE_LIMIT:
            size = f"{(upload.size or 0) / MEGABYTE:.0f}MB"
            raise forms.ValidationError(
                f"文件有{size}，最大{SIZE_LIMIT // MEGABYTE}MB，请拆分后分次导入，或请系统管理员用命令导入。"
            )
        return upload


class ColumnsForm(OptionsForm):
    """What each column of a file is taken for."""

    def __init__(self, data: Any = None, *, draft: ImportDraft) -> None:
        self.columns = columns_of(draft)
        initial = {"new_units": draft.new_units, "new_classes": draft.new_classes}
        super().__init__(data, initial=initial, plenaries=[draft.plenary])
        for place, column in enumerate(self.columns):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=f"“{column['name']}”对应到",
                required=False,
                initial=column["now"],
                choices=[("", "不采用"), *((one, one) for one in CHOICES)],
            )

    def lines(self) -> list[dict[str, Any]]:
        """Each column with its field."""
        return [column | {"field": self[f"column_{place}"]} for place, column in enumerate(self.columns)]

    def other(self) -> Sequence[forms.BoundField]:
        return [self["new_units"], self["new_classes"]]

    def chosen(self) -> dict[str, str]:
        given = self.cleaned_data
        return {column["name"]: given[f"column_{place}"] for place, column in enumerate(self.columns)}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        met: dict[str, str] = {}
        for place, column in enumerate(self.columns):
            standard = given.get(f"column_{place}")
            if standard and standard in met:
                said = f"“{met[standard]}”也选了“{standard}”，只能有一列，请把其中一列改为别的或“不采用”。"
                self.add_error(f"column_{place}", said)
            elif standard:
                met[standard] = column["name"]
        return given
