"use strict";
// A card and its words light each other: for a moment under the pointer or the focus, and
// for good after a click or Enter, until Escape or a click elsewhere.
const labels = JSON.parse(document.querySelector("main").dataset.labels);
for (const reading of document.querySelectorAll(".reading")) {
  const cards = new Map([...reading.querySelectorAll(".card")].map((card) => [card.dataset.id, card]));
  const stretches = [...reading.querySelectorAll(".text [data-m]")].map((element) => ({
    element,
    marks: element.dataset.m.split(" ").map((mark) => {
      const [owner, role] = mark.replace("^", "").split(":");
      return { owner, role, first: mark.endsWith("^") };
    }),
  }));
  const marksOf = new Map(stretches.map(({ element, marks }) => [element, marks]));
  const smooth = { behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" };
  const narrow = matchMedia("(max-width: 58rem)");
  let pinned = null;

  function light(owner) {
    reading.classList.toggle("lit", owner !== null);
    for (const [id, card] of cards) card.classList.toggle("on", id === owner);
    for (const { element, marks } of stretches) {
      delete element.dataset.on;
      delete element.dataset.label;
      const mark = marks.find((each) => each.owner === owner);
      if (!mark) continue;
      element.dataset.on = mark.role;
      if (mark.first && labels[mark.role]) element.dataset.label = labels[mark.role];
    }
  }

  function pin(owner) {
    pinned = owner;
    reading.classList.toggle("pinned", owner !== null);
    for (const card of cards.values()) card.classList.remove("sheet");
    light(owner);
  }

  // Scrolls the column of cards alone, so that the text stays where it is.
  function reveal(card, how = smooth) {
    const aside = card.closest("aside");
    const top = card.getBoundingClientRect().top - aside.getBoundingClientRect().top;
    if (top < 0 || top + card.offsetHeight > aside.clientHeight)
      aside.scrollBy({ top: top - aside.clientHeight / 3, ...how });
  }

  function wordsOf(owner) {
    const role = owner.startsWith("e") ? "trigger" : "cue";
    const found = stretches.filter(({ marks }) => marks.some((mark) => mark.owner === owner));
    const best = found.find(({ marks }) => marks.some((mark) => mark.owner === owner && mark.role === role));
    return (best ?? found[0])?.element;
  }

  // The report whose trigger this is, else each report and attribution in turn, click by click.
  function ownerAt(element, turn) {
    const marks = marksOf.get(element);
    const owners = [...new Set([...marks].sort((a, b) => (b.role === "trigger") - (a.role === "trigger"))
      .map((mark) => mark.owner))];
    return owners[(turn ? owners.indexOf(pinned) + 1 : 0) % owners.length];
  }

  function fromCard(owner, how = smooth) {
    pin(owner);
    if (!narrow.matches) reveal(cards.get(owner), how);
    const element = wordsOf(owner);
    element?.scrollIntoView({ block: "center", ...how });
    if (element?.matches("a")) element.focus({ preventScroll: true });
  }

  function fromText(element) {
    const owner = ownerAt(element, true);
    const card = cards.get(owner);
    pin(owner);
    if (narrow.matches) card.classList.add("sheet");
    else reveal(card);
    if (element.matches("a")) card.querySelector("a").focus({ preventScroll: true });
  }

  reading.addEventListener("click", (event) => {
    const card = event.target.closest(".card");
    const link = event.target.closest("a");
    const element = event.target.closest("[data-m]");
    const other = card && link && cards.get(link.hash.replace(/^#r\d+-/, ""));
    if (!card && !element) return;
    event.preventDefault();
    event.stopPropagation();
    if (element) fromText(element);
    else fromCard((other || card).dataset.id);
  });
  for (const type of ["mouseover", "focusin"]) {
    reading.addEventListener(type, (event) => {
      const card = event.target.closest(".card");
      const element = event.target.closest("[data-m]");
      const near = element ? marksOf.get(element).map((mark) => mark.owner) : [];
      for (const [id, each] of cards) each.classList.toggle("near", near.includes(id));
      if (pinned === null) light(card ? card.dataset.id : element ? ownerAt(element, false) : null);
    });
  }
  reading.addEventListener("mouseleave", () => light(pinned));
  document.addEventListener("click", () => pin(null));
  document.addEventListener("keydown", (event) => event.key === "Escape" && pin(null));
  const asked = cards.get(location.hash.slice(1).replace(`${reading.id}-`, ""));
  if (asked && location.hash === `#${asked.id}`) fromCard(asked.dataset.id, {});
}
