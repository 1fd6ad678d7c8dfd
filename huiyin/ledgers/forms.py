"""Bringing a ledger: the file, its plenary, what may be taken in with it, and what its columns are."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from huiyin.files.keep import MEGABYTE, SIZE_LIMIT
from huiyin.ledgers.drafts import columns_of
from huiyin.ledgers.importing import Options
from huiyin.ledgers.models import ImportDraft
from huiyin.ledgers.reading.columns import CHOICES
from huiyin.proposals.models import Plenary

KINDS = (".xlsx", ".xls", ".csv")


class OptionsForm(forms.Form):
    """What may be taken in with the rows."""

    new_units = forms.BooleanField(
        label="台账中的新单位随之增加", required=False, help_text="不勾选：有不认识的单位的行不导入。"
    )
    new_classes = forms.CharField(
        label="新类别归入的分类法", required=False, max_length=40, help_text="不填：只用现有分类。"
    )

    def options(self) -> Options:
        given = self.cleaned_data
        return Options(new_units=given["new_units"], new_classes=given["new_classes"].strip())


class ImportForm(OptionsForm):
    """The file and where it belongs."""

    field_order = ("plenary", "file", "new_units", "new_classes")

    plenary = forms.ModelChoiceField(Plenary.objects.none(), label="届次", empty_label="请选择")
    file = forms.FileField(
        label="台账文件",
        help_text=f"Excel 表格（xlsx、xls）或 csv 文件，最大{SIZE_LIMIT // MEGABYTE}MB。",
    )

    def __init__(self, *args: object, plenaries: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
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
        super().__init__(data, initial=initial)
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
