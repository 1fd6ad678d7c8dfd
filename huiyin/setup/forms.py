"""The questions of setting up. Where a step asks them, the step's declaration draws the form."""

from pathlib import Path
from typing import Any

from django import forms
from django.contrib.auth.forms import SetPasswordMixin
from django.core.files.uploadedfile import UploadedFile

from huiyin.components.forms import StepForm, form_field
from huiyin.files.keep import MEGABYTE
from huiyin.journal.step import STEPS, Refused
from huiyin.people.models import Jurisdiction, Person
from huiyin.people.phone import normalised, objection_to
from huiyin.proposals.models import Plenary
from huiyin.words import Role

KINDS = (".xlsx", ".xls", ".csv")
LARGEST = 10 * MEGABYTE
PASSWORD_HELP = "至少10个字符，不要用常见的密码。"


class CodeForm(forms.Form):
    """Named password, so that what is typed wrongly is blotted out where failures are counted."""

    password = forms.CharField(
        label="开办码",
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "autofocus": True, "spellcheck": "false"}),
        help_text="启动服务时显示，也写在数据目录的 setup.code 文件里。大小写、短横都不要紧。",
        error_messages={"required": "请填写开办码。"},
    )


class PlaceForm(forms.Form):
    """Of a place that is not entered yet; later the step itself asks."""

    def __init__(self, *args: Any, place: Jurisdiction | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for spec in STEPS["jurisdiction.change"].fields:
            self.fields[spec.name] = form_field(spec, place, None)  # type: ignore[arg-type]
            if place is not None and spec.initial is not None:
                self.initial.setdefault(spec.name, spec.initial(place))
        self.fields["name"].widget.attrs["autofocus"] = True


class QuestionForm(StepForm):
    """A step's form without the moment at which it happened, and without what the assistant answers itself."""

    left_out: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("at", *self.left_out):
            self.fields.pop(name, None)


class PlenaryForm(QuestionForm):
    """Its code is made from the session."""

    left_out = ("code",)


def log_in_name(form: forms.Form) -> str:
    """The telephone number where no other name is wished for."""
    typed: str = form.cleaned_data.get("username", "").strip()
    return typed or str(form.cleaned_data.get("phone", ""))


class _PersonForm(forms.Form):
    name = forms.CharField(label="姓名", max_length=40, error_messages={"required": "请填写姓名。"})
    phone = forms.CharField(label="手机号", max_length=30, required=False)
    username = forms.CharField(
        label="登录名", max_length=60, required=False, help_text="登录时填写。不填就用手机号登录。"
    )

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        if said := objection_to(phone):
            raise forms.ValidationError(said)
        return normalised(phone)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if "phone" in found and not log_in_name(self):
            self.add_error("username", "请填写手机号，或者登录名。")
        return found


class FirstAdministratorForm(SetPasswordMixin, _PersonForm):
    """The person who sits here: name, telephone and a password of the own choosing."""

    password1, password2 = SetPasswordMixin.create_password_fields("密码", "再填一次密码")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autofocus"] = True
        self.fields["password1"].help_text = PASSWORD_HELP
        self.fields["password2"].help_text = ""
        for name in ("password1", "password2"):
            self.fields[name].error_messages["required"] = "请填写密码。"

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if Person.objects.filter(username=log_in_name(self)).exists():
            self.add_error("username", "这个登录名已经有人使用，请换一个。")
        self.validate_passwords()
        person = Person(username=log_in_name(self), name=found.get("name", ""))
        self.validate_password_for_user(person, "password1")
        return found


class ColleagueForm(_PersonForm):
    """Somebody else, who chooses a password by a link of the own."""

    post = forms.ChoiceField(
        label="做什么",
        widget=forms.RadioSelect,
        choices=[
            (Role.REGISTRAR, "政府办公室经办人"),
            ("cppcc", "政协提案委工作人员"),
            ("npc", "人大代表工委工作人员"),
            (Role.ADMINISTRATOR, "系统管理员"),
        ],
        initial=Role.REGISTRAR,
        help_text="经办人登记、交办、催办；提案委、代表工委审查、移交；管理员管账号。",
        error_messages={"required": "请选择做什么。"},
    )
    field_order = ("post", "name", "phone", "username")

    def appointment(self) -> dict[str, Any]:
        """What post.appoint is called with."""
        given = self.cleaned_data
        found = {"username": log_in_name(self), "name": given["name"], "phone": given["phone"]}
        if given["post"] in ("cppcc", "npc"):
            return found | {"role": Role.ASSEMBLY_STAFF, "assembly": given["post"]}
        return found | {"role": given["post"]}


class ListForm(forms.Form):
    """A spreadsheet; of members also the plenary that they sit in."""

    file = forms.FileField(
        label="名单文件",
        help_text="Excel 表格（xlsx、xls），或 csv 文件。",
        widget=forms.FileInput({"accept": ",".join(KINDS)}),
        error_messages={"required": "请选择文件。", "empty": "这是空文件，请选择填好的名单。"},
    )

    def __init__(self, *args: Any, plenaries: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if plenaries is not None:
            self.fields["plenary"] = forms.ModelChoiceField(
                plenaries,
                label="哪次会议的委员、代表",
                empty_label="请选择",
                error_messages={"required": "请选择会议。"},
                initial=next(iter(plenaries), None),
            )
            self.order_fields(("plenary", "file"))

    def clean_file(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["file"]
        if Path(upload.name or "").suffix.lower() not in KINDS:
            raise forms.ValidationError("请上传 xlsx、xls 或 csv 文件；WPS 表格请另存为 xlsx。")
        if (upload.size or 0) > LARGEST:
            raise forms.ValidationError(f"文件最大{LARGEST // MEGABYTE}MB，请拆分后分次上传。")
        return upload

    def chosen(self) -> Plenary | None:
        return self.cleaned_data.get("plenary")


def tell(form: forms.Form, refused: Refused) -> None:
    """Beside the input that the sentence is about, where there is one."""
    form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
