"""The ledger of pledges: who promised, offered, planned, threatened or demanded what, and what became of it.

`pledges` makes one row a pledge from a store's events and tellings, with the evidence that it was kept,
broken or withdrawn; `states` says how each stands on a day. docs/ledger.md says how states are proposed.
"""

from dateline.ledger.columns import KINDS, SCHEMA, STATES
from dateline.ledger.ledger import pledges
from dateline.ledger.states import ledger_sql, states

__all__ = ["KINDS", "SCHEMA", "STATES", "ledger_sql", "pledges", "states"]
