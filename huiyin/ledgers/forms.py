"""Bringing a ledger: the file, its plenary, and what may be taken in with it."""

from pathlib import Path

from django import forms
from django.core.files.uploadedfile import UploadedFile

from huiyin.files.keep import MEGABYTE, SIZE_LIMIT
from huiyin.ledgers.importing import Options
from huiyin.ledgers.reading.columns import STANDARD, UNSPLIT_UNITS
from huiyin.proposals.models import Plenary

KINDS = (".xlsx", ".xls", ".csv")


class ImportForm(forms.Form):
    """What the command `import` asks for, as a form."""

    plenary = forms.ModelChoiceField(Plenary.objects.none(), label="届次", empty_label="请选择")
    file = forms.FileField(label="台账文件", help_text="Excel 表格（xlsx、xls），或 csv 文件。")
    new_units = forms.BooleanField(label="台账中的新单位随之增加", required=False)
    new_classes = forms.CharField(
        label="新类别归入的分类法", required=False, max_length=40, help_text="不填：只用现有分类。"
    )
    column_map = forms.CharField(
        label="列名对应",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="表中列名特殊的，一行写一个：列名=标准列名。",
    )
    dry_run = forms.BooleanField(label="只检查，不导入", required=False)

    def __init__(self, *args: object, plenaries: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["plenary"].queryset = plenaries  # type: ignore[attr-defined]

    def clean_file(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["file"]
        if Path(upload.name or "").suffix.lower() not in KINDS:
            raise forms.ValidationError("请上传 xlsx、xls 或 csv 文件。")
        if (upload.size or 0) > SIZE_LIMIT:
            raise forms.ValidationError(f"文件最大{SIZE_LIMIT // MEGABYTE}MB，请拆分后分次导入。")
        return upload

    def clean_column_map(self) -> dict[str, str]:
        lines = [line.strip() for line in self.cleaned_data["column_map"].splitlines() if line.strip()]
        found = {}
        for line in lines:
            name, sign, standard = (part.strip() for part in line.rpartition("="))
            if not sign or not name or standard not in (*STANDARD, UNSPLIT_UNITS):
                raise forms.ValidationError(
                    f"“{line}”请写成“列名=标准列名”，标准列名可用：{'、'.join(STANDARD)}。"
                )
            found[name] = standard
        return found

    def options(self) -> Options:
        given = self.cleaned_data
        return Options(
            new_units=given["new_units"],
            new_classes=given["new_classes"].strip(),
            column_map=given["column_map"],
            dry_run=given["dry_run"],
        )
