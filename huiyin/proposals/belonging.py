"""What belongs to one item and to nothing else."""

from typing import TYPE_CHECKING, Any


class OfAnItem:
    """Mixed into a model that names its item as `proposal`: it is of the item's jurisdiction, and of its side."""

    if TYPE_CHECKING:

        @property
        def proposal(self) -> Any: ...

    @property
    def jurisdiction_id(self) -> int:
        found: int = self.proposal.jurisdiction_id
        return found

    @property
    def assembly(self) -> str:
        found: str = self.proposal.assembly
        return found
