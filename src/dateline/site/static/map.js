// Maps: the world in equal areas, circles for what is told of it. Nothing comes from elsewhere.
import { feature, geoCircle, geoEqualEarth, geoGraticule10, geoPath, mesh } from "./vendor/geo.js";

const NS = "http://www.w3.org/2000/svg";
const WIDTH = 640;
const LABELS = { in: "Closer", out: "Farther" };
const CLOSER = 1.6;
const STEPS = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const SCALES = { "+": CLOSER, "=": CLOSER, "-": 1 / CLOSER };

function element(name, attributes, parent) {
  const made = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  parent?.append(made);
  return made;
}

async function shapesOf(address) {
  const world = await (await fetch(address)).json();
  return {
    land: feature(world, world.objects.land),
    borders: mesh(world, world.objects.countries, (one, other) => one !== other),
  };
}

function whole(height) {
  return geoEqualEarth().fitExtent([[2, 2], [WIDTH - 2, height - 2]], { type: "Sphere" });
}

// A projection that shows the points with some room around them.
function fitted(points, height) {
  if (!points.length) return whole(height);
  const projection = geoEqualEarth();
  const box = [[18, 18], [WIDTH - 18, height - 18]];
  const centre = Math.atan2(
    points.reduce((sum, [lon]) => sum + Math.sin((lon * Math.PI) / 180), 0),
    points.reduce((sum, [lon]) => sum + Math.cos((lon * Math.PI) / 180), 0),
  );
  projection.rotate([(-centre * 180) / Math.PI, 0]);
  projection.fitExtent(box, { type: "MultiPoint", coordinates: points });
  const widest = whole(height).scale();
  // A single place has no extent that could be fitted.
  const extended = Number.isFinite(projection.scale());
  const middle = extended ? projection.invert([WIDTH / 2, height / 2]) : points[0];
  const scale = Math.max(widest, Math.min(extended ? projection.scale() : Infinity, widest * 9));
  projection.scale(scale).translate([0, 0]);
  const [x, y] = projection(middle);
  return projection.translate([WIDTH / 2 - x, height / 2 - y]);
}

export class WorldMap {
  constructor(figure) {
    this.figure = figure;
    this.frame = figure.querySelector(".map-frame");
    this.height = Number(figure.dataset.height || 420);
    figure.hidden = false;
    this.svg = element("svg", { viewBox: `0 0 ${WIDTH} ${this.height}`, role: "group", tabindex: 0,
      "aria-label": "Map: arrow keys move it, plus and minus bring it closer and farther" });
    this.frame.append(this.svg);
    this.ground = element("g", {}, this.svg);
    this.marks = element("g", {}, this.svg);
    this.draw = () => {};
  }

  async open(points) {
    this.shapes = await shapesOf(this.figure.dataset.world);
    this.projection = fitted(points, this.height);
    this.move();
    this.steer();
    this.tools();
    await this.closer();
  }

  // Coasts in more detail, once somebody looks closer.
  async closer() {
    if (this.fine || this.projection.scale() < 2.5 * whole(this.height).scale()) return;
    this.fine = true;
    this.shapes = await shapesOf(this.figure.dataset.world.replace("110m", "50m"));
    this.later();
  }

  redraw() {
    const path = geoPath(this.projection);
    this.ground.replaceChildren();
    element("path", { class: "graticule", d: path(geoGraticule10()) ?? "" }, this.ground);
    element("path", { class: "land", d: path(this.shapes.land) ?? "" }, this.ground);
    element("path", { class: "borders", d: path(this.shapes.borders) ?? "" }, this.ground);
    this.marks.replaceChildren();
    this.draw(this.projection, path, this.marks);
  }

  later() {
    cancelAnimationFrame(this.frameId);
    this.frameId = requestAnimationFrame(() => this.redraw());
  }

  scale(by) {
    const middle = [WIDTH / 2, this.height / 2];
    const [x, y] = this.projection.translate();
    this.projection.scale(this.projection.scale() * by);
    this.projection.translate([middle[0] + (x - middle[0]) * by, middle[1] + (y - middle[1]) * by]);
    this.later();
    this.closer();
  }

  pan(right, down) {
    const [x, y] = this.projection.translate();
    this.projection.translate([x + right, y + down]);
    this.later();
  }

  // What dragging does, by keys, and by a click on what is to be in the middle.
  steer() {
    this.svg.addEventListener("keydown", (event) => {
      if (event.target !== this.svg || event.ctrlKey || event.metaKey || event.altKey) return;
      const [step, scale] = [STEPS[event.key], SCALES[event.key]];
      if (!step && !scale) return;
      event.preventDefault();
      if (step) this.pan((step[0] * WIDTH) / 8, (step[1] * WIDTH) / 8);
      else this.scale(scale);
    });
    this.svg.addEventListener("click", (event) => {
      if (event.target.closest("a")) return;
      const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(this.svg.getScreenCTM().inverse());
      this.pan(WIDTH / 2 - at.x, this.height / 2 - at.y);
    });
  }

  // The part of the map that is seen: west, south, east, north.
  box() {
    const edges = [];
    for (let step = 0; step <= 8; step += 1) {
      const [x, y] = [(WIDTH * step) / 8, (this.height * step) / 8];
      edges.push([x, 0], [x, this.height], [0, y], [WIDTH, y]);
    }
    const seen = edges.map((point) => this.projection.invert(point)).filter((point) => point?.every(Number.isFinite));
    const [middle] = this.projection.invert([WIDTH / 2, this.height / 2]);
    const aside = seen.map(([lon]) => ((lon - middle + 540) % 360) - 180);
    const turned = (by) => ((((middle + by + 180) % 360) + 360) % 360) - 180;
    const south = Math.max(-90, Math.min(...seen.map((point) => point[1])));
    const north = Math.min(90, Math.max(...seen.map((point) => point[1])));
    return [turned(Math.min(...aside)), south, turned(Math.max(...aside)), north].map((edge) => edge.toFixed(2)).join(",");
  }

  move() {
    let last = null;
    this.svg.addEventListener("pointerdown", (event) => { last = [event.clientX, event.clientY]; });
    this.svg.addEventListener("pointermove", (event) => {
      if (!last || !(event.buttons & 1)) return;
      const ratio = WIDTH / this.svg.getBoundingClientRect().width;
      const by = [(event.clientX - last[0]) * ratio, (event.clientY - last[1]) * ratio];
      if (!this.dragged && Math.hypot(...by) < 4) return;
      this.dragged = true;
      this.svg.classList.add("dragging");
      this.pan(...by);
      last = [event.clientX, event.clientY];
    });
    const end = () => {
      last = null;
      this.svg.classList.remove("dragging");
      setTimeout(() => { this.dragged = false; });
    };
    for (const type of ["pointerup", "pointerleave", "pointercancel"]) this.svg.addEventListener(type, end);
    this.svg.addEventListener("click", (event) => {
      if (!this.dragged) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    }, true);
    this.svg.addEventListener("dragstart", (event) => event.preventDefault());
    this.redraw();
  }

  tools() {
    const tools = document.createElement("div");
    tools.className = "map-tools";
    for (const [name, sign, by] of [["in", "+", CLOSER], ["out", "−", 1 / CLOSER]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = sign;
      button.setAttribute("aria-label", LABELS[name]);
      button.addEventListener("click", () => this.scale(by));
      tools.append(button);
    }
    this.frame.append(tools);
  }

  // A circle on the ground, in kilometres.
  static circle(lon, lat, radius) {
    return geoCircle().center([lon, lat]).radius(radius / 111.2)();
  }

  static element(name, attributes, parent) {
    return element(name, attributes, parent);
  }
}

async function cells(figure) {
  const side = Number(figure.dataset.side);
  const counts = Object.entries(JSON.parse(figure.dataset.cells)).map(([name, count]) => {
    const [south, west] = name.split(" ").map(Number);
    return { point: [west + side / 2, south + side / 2], count };
  });
  const map = new WorldMap(figure);
  const most = Math.max(1, ...counts.map((each) => each.count));
  map.draw = (projection, path, marks) => {
    for (const { point, count } of counts) {
      const [x, y] = projection(point);
      if (x < -20 || y < -20 || x > WIDTH + 20 || y > map.height + 20) continue;
      const circle = element("circle", { class: "cell", cx: x, cy: y, r: 3 + 13 * Math.sqrt(count / most) }, marks);
      element("title", {}, circle).textContent = `${count} incident${count === 1 ? "" : "s"}`;
    }
  };
  await map.open(counts.map((each) => each.point));
  figure.querySelector("[data-ask-box]")?.addEventListener("click", () => {
    const query = new URLSearchParams(location.search);
    query.delete("cursor");
    query.set("box", map.box());
    location.search = query.toString();
  });
}

for (const figure of document.querySelectorAll("[data-map=cells]")) cells(figure);
