// A card and its words light each other: for a moment under the pointer or the focus, for good after a click
// or Enter, until Escape or a click elsewhere.
const reading = document.querySelector("[data-reading]");
const labels = JSON.parse(reading.dataset.labels);
const cards = new Map([...reading.querySelectorAll(".card")].map((card) => [card.dataset.id, card]));
const stretches = [...reading.querySelectorAll(".text [data-m]")].map((element) => ({
  element,
  marks: element.dataset.m.split(" ").map((mark) => {
    const [owner, role] = mark.replace("^", "").split(":");
    return { owner, role, first: mark.endsWith("^") };
  }),
}));
const marksOf = new Map(stretches.map(({ element, marks }) => [element, marks]));
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
const narrow = matchMedia("(max-width: 62rem)");
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
  for (const card of cards.values()) card.classList.remove("sheet");
  light(owner);
}

function reveal(card, behavior = calm) {
  const beside = card.closest(".beside");
  const top = card.getBoundingClientRect().top - beside.getBoundingClientRect().top;
  if (top < 0 || top + card.offsetHeight > beside.clientHeight) beside.scrollBy({ top: top - beside.clientHeight / 3, behavior });
}

function fromCard(owner, behavior = calm) {
  pin(owner);
  const card = cards.get(owner);
  if (!narrow.matches) reveal(card, behavior);
  const role = owner.startsWith("e") ? "trigger" : "cue";
  const mine = stretches.filter(({ marks }) => marks.some((mark) => mark.owner === owner));
  const best = mine.find(({ marks }) => marks.some((mark) => mark.owner === owner && mark.role === role)) ?? mine[0];
  best?.element.scrollIntoView({ block: "center", behavior });
}

// The report whose trigger this is, else each report and attribution in turn, click by click.
function ownerAt(element, turn) {
  const owners = [...new Set([...marksOf.get(element)].sort((a, b) => (b.role === "trigger") - (a.role === "trigger")).map((mark) => mark.owner))];
  return owners[(turn ? owners.indexOf(pinned) + 1 : 0) % owners.length];
}

function fromText(element) {
  const owner = ownerAt(element, true);
  pin(owner);
  const card = cards.get(owner);
  if (narrow.matches) card?.classList.add("sheet");
  else if (card) reveal(card);
}

reading.addEventListener("click", (event) => {
  const card = event.target.closest(".card");
  const link = event.target.closest("a");
  const element = event.target.closest("[data-m]");
  if (link && !link.hash) return;
  if (link && link.pathname !== location.pathname) return;
  if (!String(getSelection()).trim() && element) { event.preventDefault(); event.stopPropagation(); fromText(element); return; }
  if (card) { event.preventDefault(); event.stopPropagation(); history.replaceState(null, "", `#${card.id}`); fromCard(card.dataset.id); }
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
const asked = [...cards.values()].find((card) => card.id === location.hash.slice(1));
if (asked) fromCard(asked.dataset.id, "auto");

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });
}
