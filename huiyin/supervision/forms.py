"""The visit sheet, filled in on a phone: the camera is offered where a photo is asked for, the place where one stands beside it."""

from typing import Any

from huiyin.components.forms import StepForm


class VisitForm(StepForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # These kinds alone: a phone then hands over its own format as JPEG.
        self.fields["photos"].widget.attrs["accept"] = "image/jpeg,image/png"
        self.fields["position"].widget.attrs |= {"data-position": "", "autocomplete": "off"}
