// An article: hovering or focusing a mark or an event shows its record; clicking opens it beside the text.
"use strict";
(() => {
  const text = () => document.getElementById("text");
  const peek = document.createElement("aside");
  peek.className = "peek";
  peek.hidden = true;
  peek.setAttribute("aria-hidden", "true"); // the same is in the list of events
  document.body.append(peek);
  let timer = 0;

  const cards = (mark) =>
    (mark.dataset.e || "").split(" ").map((id) => document.getElementById(id)).filter(Boolean);

  const light = (ids) => {
    for (const one of document.querySelectorAll(".lit")) one.classList.remove("lit");
    for (const id of ids) {
      for (const mark of document.querySelectorAll(`.m[data-e~="${CSS.escape(id)}"]`)) mark.classList.add("lit");
      document.getElementById(id)?.classList.add("lit");
    }
  };

  const hide = () => {
    clearTimeout(timer);
    peek.hidden = true;
  };

  const show = (mark) => {
    const found = cards(mark);
    if (!found.length) return hide();
    peek.replaceChildren();
    for (const card of found.slice(0, 3)) {
      const title = document.createElement("h3");
      title.append(...card.querySelector("summary").cloneNode(true).childNodes);
      const fields = card.querySelector("table.fields").cloneNode(true);
      for (const one of fields.querySelectorAll(".correct")) one.remove();
      for (const one of fields.querySelectorAll("a")) one.tabIndex = -1;
      for (const one of fields.querySelectorAll(".none")) one.closest("tr").remove();
      peek.append(title, fields);
    }
    peek.hidden = false;
    const at = mark.getClientRects()[0];
    const size = peek.getBoundingClientRect();
    const below = at.bottom + 8 + size.height < innerHeight || at.top < size.height + 8;
    peek.style.left = `${Math.max(8, Math.min(at.left, innerWidth - size.width - 8))}px`;
    peek.style.top = `${below ? Math.min(at.bottom + 8, Math.max(8, innerHeight - size.height - 8)) : at.top - size.height - 8}px`;
  };

  const markOf = (target) => (target instanceof Element ? target.closest(".m[data-e]") : null);

  const point = (target, wait) => {
    const mark = markOf(target);
    const card = target instanceof Element ? target.closest(".card") : null;
    if (mark && text()?.contains(mark)) {
      // The innermost mark's record first; the title would lie over it.
      for (let one = mark; one; one = one.parentElement?.closest(".m")) one.removeAttribute("title");
      light(mark.dataset.e.split(" "));
      clearTimeout(timer);
      timer = setTimeout(() => show(mark), wait);
    } else if (card) {
      hide();
      light([card.id]);
    } else if (!peek.contains(target)) {
      hide();
      light([]);
    }
  };
  document.addEventListener("mouseover", (event) => point(event.target, 250));
  document.addEventListener("focusin", (event) => point(event.target, 0));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  addEventListener("scroll", hide, { passive: true });

  const open = (card) => {
    card.open = true;
    card.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("click", (event) => {
    const mark = markOf(event.target);
    if (!mark || !text()?.contains(mark) || String(getSelection())) return;
    const [card] = cards(mark);
    if (!card) return; // told in another part: the link leads there
    event.preventDefault();
    hide();
    open(card);
    if (mark.matches("a")) history.replaceState(null, "", `#${card.id}-record`);
    card.querySelector("summary").focus({ preventScroll: true });
  });

  // A link to a record opens it.
  const follow = () => {
    const card = document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest(".card");
    if (card) open(card);
  };
  addEventListener("hashchange", follow);
  follow();

  // Words that are chosen in the text become the act of an event to add. Offsets count characters, not
  // the halves that JavaScript counts.
  const form = document.querySelector("#add form");
  if (form && text()) {
    const here = document.createElement("button");
    here.type = "button";
    here.className = "add-here";
    here.textContent = "Add an event here";
    here.hidden = true;
    document.body.append(here);
    const offset = (node, at) => {
      if (node.nodeType !== Node.TEXT_NODE) {
        const next = node.childNodes[at] || node;
        const walk = document.createTreeWalker(next, NodeFilter.SHOW_TEXT);
        const first = next.nodeType === Node.TEXT_NODE ? next : walk.nextNode();
        return first ? offset(first, node.childNodes[at] ? 0 : first.data.length) : null;
      }
      const owner = node.parentElement?.closest('[id^="c"]');
      return owner && text().contains(owner) ? Number(owner.id.slice(1)) + [...node.data.slice(0, at)].length : null;
    };
    const chosen = () => {
      const selection = getSelection();
      if (!selection.rangeCount || selection.isCollapsed) return null;
      const range = selection.getRangeAt(0);
      if (!text().contains(range.commonAncestorContainer)) return null;
      let [start, end] = [offset(range.startContainer, range.startOffset), offset(range.endContainer, range.endOffset)];
      const words = selection.toString();
      start += words.length - words.trimStart().length;
      end -= words.length - words.trimEnd().length;
      return start !== null && end > start ? { start, end, words: words.trim(), box: range.getBoundingClientRect() } : null;
    };
    document.addEventListener("selectionchange", () => {
      const found = chosen();
      here.hidden = !found;
      if (!found) return;
      hide();
      here.style.left = `${Math.max(8, Math.min(found.box.left + scrollX, innerWidth - 170))}px`;
      here.style.top = `${found.box.bottom + scrollY + 6}px`;
    });
    here.addEventListener("mousedown", (event) => event.preventDefault()); // the words stay chosen
    here.addEventListener("click", () => {
      const found = chosen();
      if (!found) return;
      form.elements.start.value = found.start;
      form.elements.end.value = found.end;
      form.querySelector(".chosen").textContent = `The act: “${found.words}”`;
      here.hidden = true;
      form.parentElement.open = true;
      form.scrollIntoView({ block: "nearest" });
      form.elements.event_type.focus();
    });
  }

  // The records' marks are there at once; days, numbers, speech and the rest are found meanwhile.
  const more = document.getElementById("more");
  if (more) {
    const said = document.createElement("span");
    said.setAttribute("role", "status");
    said.textContent = "finding days, numbers and speech …";
    more.replaceWith(said);
    const [path, asked] = more.href.split("?");
    fetch(`${path}/text?${asked}`)
      .then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(answer.status))))
      .then((page) => {
        const found = new DOMParser().parseFromString(page, "text/html");
        // Who is choosing words or stands on a mark is not to be disturbed.
        if (String(getSelection()) || text().contains(document.activeElement)) return more;
        for (const id of ["text", "legend"]) document.getElementById(id).replaceWith(found.getElementById(id));
        return null;
      })
      .catch(() => more)
      .then((left) => left && said.replaceWith(left));
  }
})();
