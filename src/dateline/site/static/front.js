// The time brush: days are chosen by drawing over the bars, or by arrow keys, with Shift for several months
// and Enter. Links and the form do the same without it.
import "./map.js";

for (const brush of document.querySelectorAll("[data-brush]")) {
  const svg = brush.querySelector("svg");
  const bars = [...svg.querySelectorAll("a")];
  const width = svg.viewBox.baseVal.width / bars.length;
  const shade = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  shade.setAttribute("class", "chosen");
  shade.setAttribute("y", "0");
  shade.setAttribute("height", String(svg.viewBox.baseVal.height));
  let from = null;
  let to = null;

  const at = (event) => {
    const { left, width: wide } = svg.getBoundingClientRect();
    return Math.max(0, Math.min(bars.length - 1, Math.floor(((event.clientX - left) / wide) * bars.length)));
  };
  const draw = () => {
    const [first, last] = [Math.min(from, to), Math.max(from, to)];
    shade.setAttribute("x", String(first * width));
    shade.setAttribute("width", String((last - first + 1) * width));
    svg.append(shade);
  };
  const choose = () => {
    const query = new URLSearchParams(location.search);
    query.delete("cursor");
    query.set("since", bars[Math.min(from, to)].dataset.first);
    query.set("until", bars[Math.max(from, to)].dataset.last);
    location.search = query.toString();
  };
  const leave = () => { from = null; shade.remove(); };

  bars.at(-1).setAttribute("tabindex", "0");
  svg.addEventListener("keydown", (event) => {
    const here = bars.indexOf(event.target);
    const last = bars.length - 1;
    const next = { ArrowLeft: here - 1, ArrowRight: here + 1, Home: 0, End: last }[event.key];
    if (here < 0) return;
    if (event.key === "Escape") leave();
    if (event.key === "Enter" && from !== null) { event.preventDefault(); choose(); }
    if (next === undefined) return;
    event.preventDefault();
    if (!event.shiftKey) leave();
    else from ??= here;
    to = Math.max(0, Math.min(last, next));
    bars[here].setAttribute("tabindex", "-1");
    bars[to].setAttribute("tabindex", "0");
    bars[to].focus();
    if (from !== null) draw();
  });
  svg.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    from = to = at(event);
  });
  svg.addEventListener("pointermove", (event) => {
    if (from === null || !(event.buttons & 1)) return;
    if (from === to && at(event) !== from) svg.setPointerCapture(event.pointerId);
    to = at(event);
    draw();
  });
  svg.addEventListener("pointerup", () => {
    if (from === null || from === to) return (from = null);
    choose();
  });
  svg.addEventListener("pointercancel", leave);
  svg.addEventListener("dragstart", (event) => event.preventDefault());
}

// On a narrow screen the filters are folded until they are asked for.
const fold = document.querySelector(".filters-fold");
if (fold && matchMedia("(max-width: 50rem)").matches) fold.open = false;
