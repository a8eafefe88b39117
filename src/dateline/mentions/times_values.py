"""The functions that read values, by the name rules.tsv gives them in `make`."""

from __future__ import annotations

from dateline.mentions import times_absolute, times_relative
from dateline.mentions.times_context import Make

MAKERS: dict[str, Make] = {
    make.__name__: make
    for make in (
        times_absolute.fixed,
        times_absolute.calendar,
        times_absolute.figures,
        times_absolute.overnight,
        times_absolute.timeofday,
        times_absolute.year,
        times_absolute.decade,
        times_absolute.century,
        times_absolute.length,
        times_absolute.every,
        times_absolute.holiday,
        times_relative.dayshift,
        times_relative.shift,
        times_relative.season,
        times_relative.quarter,
        times_relative.weekend,
        times_relative.ago,
        times_relative.beside,
        times_relative.period,
    )
}
