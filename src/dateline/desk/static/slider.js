// The network's slider: each state is an address; the picture is fetched and parties move to their new places.
"use strict";

const slider = document.getElementById("slider");
const shownDay = document.getElementById("day");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
let asked = 0;
let waiting = 0;

const dayAt = (offset) => {
  const day = new Date(`${slider.dataset.first}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + Number(offset));
  return day.toISOString().slice(0, 10);
};

const places = () => new Map([...document.querySelectorAll(".node")].map(
  (node) => [node.dataset.party, [Number(node.dataset.x), Number(node.dataset.y)]]));

// Puts each party that was there before at its old place, and lets it move from there.
const move = (before) => {
  if (calm.matches) return;
  for (const node of document.querySelectorAll(".node")) {
    const old = before.get(node.dataset.party);
    if (!old) continue;
    node.style.transform = `translate(${old[0] - node.dataset.x}px, ${old[1] - node.dataset.y}px)`;
    node.getBoundingClientRect();
    node.classList.add("moving");
    node.style.transform = "none";
  }
};

// Shows an address in place; `remember` puts it into the history.
const show = async (address, remember) => {
  const number = ++asked;
  const answer = await fetch(address, { headers: { accept: "text/html" } });
  const text = await answer.text();
  if (number !== asked) return;
  const fresh = new DOMParser().parseFromString(text, "text/html");
  const part = fresh.getElementById("network");
  if (!part) {
    location.assign(address);
    return;
  }
  const before = places();
  document.getElementById("network").replaceChildren(...part.childNodes);
  move(before);
  for (const [n, link] of [...document.querySelectorAll("[data-step]")].entries()) {
    link.href = fresh.querySelectorAll("[data-step]")[n].getAttribute("href");
  }
  const day = fresh.querySelector('input[name="day"]').value;
  document.querySelector('input[name="day"]').value = day;
  shownDay.value = day;
  slider.setAttribute("aria-valuetext", day);
  if (document.activeElement !== slider) {
    slider.value = Math.round((Date.parse(day) - Date.parse(slider.dataset.first)) / 86400000);
  }
  if (remember) history.pushState(null, "", address);
};

if (slider) {
  for (const part of document.querySelectorAll(".scripted")) part.hidden = false;
  const address = () => {
    const found = new URL(location.href);
    found.searchParams.set("day", dayAt(slider.value));
    found.searchParams.set("days", slider.dataset.days);
    return found;
  };
  slider.addEventListener("input", () => {
    shownDay.value = dayAt(slider.value);
    slider.setAttribute("aria-valuetext", shownDay.value);
    clearTimeout(waiting);
    waiting = setTimeout(() => show(address(), false), 120);
  });
  slider.addEventListener("change", () => {
    clearTimeout(waiting);
    show(address(), true);
  });
  for (const link of document.querySelectorAll("[data-step]")) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      show(link.href, true);
    });
  }
  addEventListener("popstate", () => show(location.href, false));
}
