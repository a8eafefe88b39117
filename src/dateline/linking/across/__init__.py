"""One event from its tellings in many articles: `link` finds them, `merge` makes the record.

`link(tellings)` says for each telling which event it tells of, `explain` why two do or do not,
`merge(tellings, links)` gives one row an event. docs/linking.md explains the model.
"""

from dateline.linking.across.link import explain, link, link_from
from dateline.linking.across.merge import merge
from dateline.linking.across.signature import signature

__all__ = ["explain", "link", "link_from", "merge", "signature"]
