"""The form of a draft: three parts and numbered suggestions, and what is read in from Word."""

from typing import Any

from django import forms

from huiyin.components.forms import StepForm, form_field
from huiyin.journal.fields import Field
from huiyin.people.actor import Actor
from huiyin.proposals.drafts import Draft
from huiyin.proposals.writing import Page, as_they_stand

READ = ("pasted", "file")
PARTS = (
    Field("title", "案由", "line", required=False, help="一事一案，例如：关于改造老旧小区供水管网的提案。"),
    Field("situation", "情况", "text", required=False, help="事情现在是什么样，有数字的写数字。"),
    Field("analysis", "分析", "text", required=False, help="为什么会这样，难在哪里。"),
    Field(
        "points",
        "具体建议",
        "table",
        required=False,
        columns=(Field("text", "建议", "text", required=False),),
        help="一条写一件能办的事，承办单位会逐条答复。",
    ),
    Field("text", "其他内容", "text", required=False, help="读入时没有认出的，都在这里；不需要的可以删去。"),
    Field(
        "wish_confidential",
        "希望不公开",
        "flag",
        required=False,
        help="只涉及工作秘密、个人隐私或本人意愿；涉密内容不得写入本系统。",
    ),
)


class DraftForm(forms.Form):
    """Everything may stay empty until it is submitted."""

    def __init__(self, draft: Draft, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial=as_they_stand(draft), **kwargs)
        for spec in PARTS:
            self.fields[spec.name] = form_field(spec, draft, actor)
        self.fields["page"] = forms.CharField(required=False, max_length=16)
        self.fields["revision"] = forms.IntegerField(required=False)
        self.fields["pasted"] = forms.CharField(
            label="粘贴全文", required=False, widget=forms.Textarea({"rows": 4})
        )
        self.fields["file"] = forms.FileField(
            label="或者选择 Word 文件",
            required=False,
            widget=forms.FileInput({"accept": ".docx,.txt"}),
            help_text="按“情况”“分析”“建议”等小标题和编号读入；图片不读入。",
        )

    def parts(self) -> list[Any]:
        return [self[spec.name] for spec in PARTS]

    def reading(self) -> list[Any]:
        return [self[name] for name in READ]

    def page(self) -> Page:
        """Which opening of the form sends this; one that does not say so has been overtaken by any other."""
        revision = self.cleaned_data.get("revision")
        return Page(self.cleaned_data.get("page", ""), -1 if revision is None else revision)

    def written(self) -> dict[str, Any]:
        """What is kept of it."""
        values = {spec.name: self.cleaned_data[spec.name] for spec in PARTS}
        return values | {"points": [row["text"] for row in values["points"]]}


class SubmitForm(StepForm):
    """Nothing to fill in: the text as it will be handed in, and under which names."""

    page = "proposals/submit.html"

    def extra(self) -> dict[str, Any]:
        invitations = list(self.obj.invitations.select_related("proposer", "draft"))
        return {
            "signers": [self.obj.proposer.name, *(one.proposer.name for one in invitations if one.stands)],
            "waiting": [one.proposer.name for one in invitations if one.waits],
        }
