// Brushing the timeline's strip sets `since` and `until` in the address: a zoomed view is a link.
"use strict";

const strip = document.getElementById("strip");
if (strip && window.d3 && d3.brushX) {
  const { starts, until, from, to, left, right, height } = strip.dataset;
  const days = starts.split(" ");
  const unit = (right - left) / days.length;
  const bin = (x) => Math.min(days.length, Math.max(0, Math.round((x - left) / unit)));
  const before = (day) => {
    const earlier = new Date(`${day}T00:00:00Z`);
    earlier.setUTCDate(earlier.getUTCDate() - 1);
    return earlier.toISOString().slice(0, 10);
  };

  const brush = d3.brushX()
    .extent([[Number(left), 0], [Number(right), Number(height)]])
    .on("end", ({ sourceEvent, selection }) => {
      if (!sourceEvent || !selection) return;
      const first = Math.min(bin(selection[0]), days.length - 1);
      const next = Math.max(bin(selection[1]), first + 1);
      const address = new URL(location.href);
      address.searchParams.set("since", days[first]);
      address.searchParams.set("until", next < days.length ? before(days[next]) : until);
      if (address.href !== location.href) location.assign(address);
    });

  const layer = d3.select(strip).append("g").call(brush);
  layer.call(brush.move, [Number(from), Math.max(Number(to), Number(from) + unit)]);
  strip.classList.add("brushed");
  for (const hint of document.querySelectorAll(".scripted")) hint.hidden = false;
}

// Where the bars are wider than the screen, the latest are seen first.
for (const bars of document.querySelectorAll(".scroll > .bars")) bars.parentElement.scrollLeft = bars.clientWidth;
