// What every page gains where scripts run; all of it works without them too.
"use strict";

// Empty boxes are left out of the address, so that a view's link says only what it asks for.
document.addEventListener("submit", (event) => {
  if (event.target.method !== "get") return;
  for (const box of event.target.querySelectorAll("input[name], select[name]")) {
    if (box.value === "" && box.type !== "checkbox") box.disabled = true;
  }
  // Back in the history the boxes must work again.
  setTimeout(() => {
    for (const box of event.target.querySelectorAll(":disabled")) box.disabled = false;
  }, 0);
});

// On a narrow screen the filters start folded.
const filters = document.querySelector("details.filters");
if (filters && matchMedia("(max-width: 56rem)").matches) filters.open = false;
