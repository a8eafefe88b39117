"""What coding returns: a list of events that turns into a data frame or an Arrow table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dateline.errors import DatelineError, Problem
from dateline.exports.files import to_arrow
from dateline.record import Event, to_json

if TYPE_CHECKING:
    import pandas
    import pyarrow


class Events(list[Event]):
    """The events of an article, in the order in which they are told."""

    def to_dict(self) -> list[dict[str, Any]]:
        """The records as plain dicts."""
        return [event.to_dict() for event in self]

    def to_jsonl(self) -> str:
        """The records as JSON, one a line."""
        return "".join(to_json(event) + "\n" for event in self)

    def to_arrow(self) -> pyarrow.Table:
        """An Arrow table, one row a record."""
        return to_arrow(self)

    def to_pandas(self) -> pandas.DataFrame:
        """A data frame, one row a record. Raises `DatelineError` where pandas is not installed."""
        try:
            import pandas as pd
        except ImportError as error:
            raise DatelineError(Problem.MISSING_EXTRA, detail="pandas") from error
        return pd.DataFrame(self.to_dict())
