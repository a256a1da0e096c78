// Timeline and map in step: a row and its circle light each other.
import { WorldMap } from "./map.js";

const steps = document.querySelector("[data-in-step]");
const figure = steps?.querySelector("[data-map=places]");

function light(id) {
  for (const each of steps.querySelectorAll("[data-incident]")) each.classList.toggle("lit", id !== null && each.dataset.incident === id);
}

if (figure) {
  const places = JSON.parse(figure.dataset.places);
  const map = new WorldMap(figure);
  map.draw = (projection, path, marks) => {
    for (const each of [...places].sort((one, other) => other.radius - one.radius)) {
      const link = WorldMap.element("a", { href: `/incidents/${each.id}`, class: `t${each.tenor}`, "data-incident": each.id, "aria-label": each.label }, marks);
      WorldMap.element("title", {}, link).textContent = each.label;
      if (each.radius > 1) WorldMap.element("path", { class: "radius", d: path(WorldMap.circle(each.lon, each.lat, each.radius)) ?? "" }, link);
      const [x, y] = projection([each.lon, each.lat]);
      WorldMap.element("circle", { class: "spot", cx: x, cy: y, r: 4.5 }, link);
    }
  };
  map.open(places.map((each) => [each.lon, each.lat]));
}
for (const [type, on] of [["mouseover", true], ["focusin", true], ["mouseout", false], ["focusout", false]]) {
  steps?.addEventListener(type, (event) => {
    const each = event.target.closest("[data-incident]");
    if (each || !on) light(on && each ? each.dataset.incident : null);
  });
}
