// @ts-check
/**
 * The live import graph: before, after, side by side, and one turning into the other.
 *
 * Places come from Python and stay; here they are drawn, lit, filtered, collapsed and zoomed. A wish
 * to move a module is sent as an intent, and Python judges it. Every text is set as text, never as
 * markup. No build step, nothing from a network. The same file serves pages without a kernel.
 *
 * @typedef {"before" | "after"} Moment
 * @typedef {[number, number, number, number]} Box x, y, width, height
 * @typedef {{ label: string, path: string, package: string, box: Box }} Place
 * @typedef {{ id: string, technology: string, context: string, role: string, lines: number,
 *   step: string, decision: string, reason: string, parts: number,
 *   before: Place | null, after: Place | null }} Node
 * @typedef {{ from: string, to: string, kind: string, when: string, lines: number[] }} Edge
 * @typedef {{ module: string, how: string, count: number }} Use
 * @typedef {{ id: string, group: string, label: string, uses: Use[] }} Neighbour
 * @typedef {{ id: string, label: string, box: Box }} Package
 * @typedef {{ package: string, technologies: { name: string, fill: string, outlines: number }[],
 *   nodes: Node[], edges: Edge[], rail: Neighbour[],
 *   moments: Record<Moment, { width: number, height: number, packages: Package[] }> }} Data
 * @typedef {{ get(key: string): any, set(key: string, value: any): void, save_changes(): void,
 *   send(content: object): void, on(event: string, callback: () => void): void,
 *   off(event: string, callback: () => void): void }} Model
 * @typedef {{ x: number, y: number, width: number, height: number, opacity: number }} Spot
 * @typedef {{ x: number, y: number, zoom: number }} Camera
 * @typedef {{ nodes: Map<string, string>, edges: Map<number, string>,
 *   rail: Map<string, string> }} Light what stands out, and how: focus, out, in or on
 */

const SVG = "http://www.w3.org/2000/svg";
const FONT = "Helvetica, Arial, sans-serif";
const TEXT = 12;
const HEAD = 19;
const MARGIN = 6;
const MOMENTS = /** @type {Moment[]} */ (["before", "after"]);
const MODES = [
  { name: "before", text: "Before", key: "1" },
  { name: "after", text: "After", key: "2" },
  { name: "both", text: "Side by side", key: "3" },
];
const KINDS = [
  { name: "kept", text: "kept", hint: "crosses concerns as before, or as little as before" },
  { name: "healed", text: "healed", hint: "crossed concerns, and will not any more" },
  { name: "new", text: "new across", hint: "will cross concerns, and does not today" },
];
const WHENS = [
  { name: "now", text: "at import", hint: "runs when the module is imported" },
  { name: "later", text: "in a function", hint: "runs when a function is called" },
  { name: "types", text: "for types", hint: "only under TYPE_CHECKING, never runs" },
];
const SETS = [
  { name: "out", text: "imports" },
  { name: "in", text: "imported by" },
  { name: "reaches", text: "reaches" },
  { name: "reached", text: "reached by" },
  { name: "only", text: "only it needs" },
];
const MOST_PATHS = 200;
const FAR = 0.6;
const LEGIBLE = 9.5;
const CONDENSED = 0.84;
const NARROW = 1000;
const RAIL = 96;
const PATIENCE = 10_000;
// JupyterLab's shortcuts match the element that has the focus before they look at what it is in, so
// each element that can have it says this, not only the root.
const QUIET = { "data-lm-suppress-shortcuts": "true" };

/**
 * Make an element with attributes and children.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(globalThis.Node | string)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/**
 * @template {keyof SVGElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string | number>} [attributes]
 * @param {...globalThis.Node} children
 * @returns {SVGElementTagNameMap[T]}
 */
function draw(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** @param {string} text @param {() => void} act @param {Record<string, string>} [attributes] */
function button(text, act, attributes = {}) {
  const element = make("button", { type: "button", ...QUIET, ...attributes }, text);
  element.addEventListener("click", act);
  return element;
}

const ruler = document.createElement("canvas").getContext("2d");

/**
 * Put a text into a width: a little condensed if that is enough, else shortened.
 * @param {SVGTextElement} element @param {string} text @param {number} width @param {string} weight
 */
function fitInto(element, text, width, weight) {
  element.removeAttribute("textLength");
  element.textContent = text;
  if (!ruler) return;
  ruler.font = `${weight} ${TEXT}px ${FONT}`;
  const long = text.length > 400 ? Infinity : ruler.measureText(text).width;
  if (long <= width) return;
  if (long * CONDENSED <= width) {
    element.setAttribute("textLength", String(width));
    element.setAttribute("lengthAdjust", "spacingAndGlyphs");
    return;
  }
  let length = Math.min(text.length, 200);
  while (length > 1 && ruler.measureText(`${text.slice(0, length)}…`).width > width) length -= 1;
  element.textContent = `${text.slice(0, length)}…`;
}

/** @param {number} a @param {number} b @param {number} t */
const between = (a, b, t) => a + (b - a) * t;

/** @param {Spot} a @param {Spot} b @param {number} t @returns {Spot} */
const spotBetween = (a, b, t) => ({
  x: between(a.x, b.x, t),
  y: between(a.y, b.y, t),
  width: between(a.width, b.width, t),
  height: between(a.height, b.height, t),
  opacity: between(a.opacity, b.opacity, t),
});

/** @param {Camera} a @param {Camera} b @param {number} t @returns {Camera} */
const cameraBetween = (a, b, t) => ({
  x: between(a.x, b.x, t),
  y: between(a.y, b.y, t),
  zoom: between(a.zoom, b.zoom, t),
});

/** @param {number} t */
const eased = (t) => (t < 0.5 ? 2 * t * t : 1 - (2 - 2 * t) ** 2 / 2);

/** @param {string} path of a package @returns {string[]} it and what holds it, outermost first */
function packagesOf(path) {
  const parts = path.split("/").slice(0, -1);
  return ["", ...parts.map((_, n) => `${parts.slice(0, n + 1).join("/")}/`)];
}

/** The line of an import from one box to another. @param {Spot} a @param {Spot} b */
function route(a, b) {
  const [ya, yb] = [a.y + a.height / 2, b.y + b.height / 2];
  const leftwards = b.x + b.width <= a.x + 1;
  if (leftwards || a.x + a.width <= b.x + 1) {
    const [xa, xb] = leftwards ? [a.x, b.x + b.width] : [a.x + a.width, b.x];
    const bend = Math.sign(xb - xa) * Math.max(14, Math.abs(xb - xa) / 2);
    return `M${xa} ${ya}C${xa + bend} ${ya} ${xb - bend} ${yb} ${xb} ${yb}`;
  }
  const [xa, xb] = [a.x + a.width, b.x + b.width];
  const out = Math.max(xa, xb) + Math.min(34, 8 + Math.abs(yb - ya) / 8);
  return `M${xa} ${ya}C${out} ${ya} ${out} ${yb} ${xb} ${yb}`;
}

/** The imports as a graph to walk: neighbours, what is reached, dominated, on a path. */
class Walks {
  /** @param {Data} data */
  constructor(data) {
    /** @type {Map<string, Set<string>>} */
    this.out = new Map(data.nodes.map((node) => [node.id, new Set()]));
    /** @type {Map<string, Set<string>>} */
    this.in = new Map(data.nodes.map((node) => [node.id, new Set()]));
    for (const { from, to } of data.edges) {
      this.out.get(from)?.add(to);
      this.in.get(to)?.add(from);
    }
    const used = data.rail.flatMap((one) => one.uses).filter((use) => use.how === "imported by");
    /** Modules that somebody outside, or nobody at all, imports. */
    this.entries = new Set(used.map((use) => use.module));
    for (const [id, importers] of this.in) if (!importers.size) this.entries.add(id);
  }

  /**
   * What is reached from some modules, they included, without passing through `but`.
   * @param {Iterable<string>} from @param {Map<string, Set<string>>} steps @param {string} [but]
   */
  reach(from, steps, but = "") {
    const seen = new Set([...from].filter((id) => id !== but));
    for (const id of seen) for (const next of steps.get(id) ?? []) if (next !== but) seen.add(next);
    return seen;
  }

  /** @param {string} name of one of SETS @param {string} id @returns {Set<string>} */
  set(name, id) {
    if (name === "out") return this.out.get(id) ?? new Set();
    if (name === "in") return this.in.get(id) ?? new Set();
    const found = this.reach([id], name === "reached" ? this.in : this.out);
    found.delete(id);
    if (name !== "only") return found;
    const otherwise = this.reach(this.entries, this.out, id);
    return new Set([...found].filter((one) => !otherwise.has(one)));
  }

  /**
   * The modules on any way from one to another, and the ways themselves, the short ones first.
   * @param {string} from @param {string} to
   */
  paths(from, to) {
    const back = this.reach([to], this.in);
    const on = new Set([...this.reach([from], this.out)].filter((id) => back.has(id)));
    /** @type {string[][]} */
    const paths = [];
    /** @type {string[][]} */
    let open = on.has(to) && on.has(from) ? [[from]] : [];
    while (open.length && paths.length < MOST_PATHS) {
      /** @type {string[][]} */
      const longer = [];
      for (const path of open) {
        const end = path[path.length - 1];
        if (end === to) paths.push(path);
        else
          for (const next of this.out.get(end) ?? [])
            if (on.has(next) && !path.includes(next)) longer.push([...path, next]);
      }
      open = longer.slice(0, 5000);
    }
    return { on: new Set(paths.flat()), paths: paths.slice(0, MOST_PATHS) };
  }
}

/** One drawing. It knows where things are now and moves them to where they shall be. */
class Panel {
  /** @param {View} view @param {Moment} moment */
  constructor(view, moment) {
    this.view = view;
    this.moment = moment;
    /** @type {Map<string, { group: SVGGElement, shape: SVGRectElement, text: SVGTextElement }>} */
    this.items = new Map();
    /** @type {Map<string, Spot>} */
    this.spots = new Map();
    /** @type {SVGPathElement[]} */
    this.lines = [];
    this.frame = 0;
    this.packages = draw("g");
    this.edges = draw("g", { class: "lg-edges" });
    this.nodes = draw("g");
    this.litEdges = draw("g", { class: "lg-edges lg-front" });
    this.camera = draw("g", {}, this.edges, this.packages, this.nodes, this.litEdges);
    this.overlay = draw("g", { class: "lg-overlay" });
    this.svg = draw("svg", { class: "lg-svg", role: "group" }, this.markers(), this.camera, this.overlay);
    this.svg.style.fontFamily = FONT;
    this.caption = make("div", { class: "lg-caption", "aria-hidden": "true" });
    this.bubble = make("div", { class: "lg-bubble", role: "alert", hidden: "" });
    this.root = make("div", { class: "lg-panel" }, this.caption, this.svg, this.bubble);
    this.bubble.addEventListener("click", () => (this.bubble.hidden = true));
    this.listen();
    this.setMoment(moment);
  }

  /** @param {Moment} moment */
  setMoment(moment) {
    this.moment = moment;
    this.root.dataset.moment = moment;
    this.caption.textContent = moment;
    this.svg.setAttribute("aria-label", `imports within ${this.view.data.package}, ${moment}`);
  }

  markers() {
    const defs = draw("defs");
    for (const name of ["kept", "healed", "new", "out", "in"]) {
      const arrow = draw("path", { d: "M0 0L8 4L0 8z", class: `lg-arrow lg-${name}` });
      const box = { viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7 };
      const units = { orient: "auto", markerUnits: "userSpaceOnUse" };
      defs.append(draw("marker", { id: `${this.view.uid}-${this.moment}-${name}`, ...box, ...units }, arrow));
    }
    return defs;
  }

  /** @param {string} name */
  arrow(name) {
    return `url(#${this.svg.querySelector(`marker[id$="-${name}"]`)?.id})`;
  }

  /** Make an element for each module, package and import, and drop those that are gone. */
  build() {
    const { data } = this.view;
    const names = new Set([
      ...data.nodes.map((node) => `m:${node.id}`),
      ...MOMENTS.flatMap((moment) => data.moments[moment].packages.map((one) => `p:${one.id}`)),
    ]);
    for (const [name, item] of this.items)
      if (!names.has(name)) {
        item.group.remove();
        this.items.delete(name);
        this.spots.delete(name);
      }
    for (const name of names) if (!this.items.has(name)) this.items.set(name, this.makeItem(name));
    const nested = [...this.items].filter(([name]) => name.startsWith("p:"));
    nested.sort(([a], [b]) => (a < b ? -1 : 1));
    // What stands where it belongs is left alone: each change costs a layout of the page.
    nested.forEach(([, { group }], n) => {
      const there = this.packages.children[n];
      if (there !== group) this.packages.insertBefore(group, there ?? null);
    });
    const old = new Map(this.lines.map((line) => [`${line.dataset.from} ${line.dataset.to}`, line]));
    this.lines = data.edges.map((edge) => {
      const key = `${edge.from} ${edge.to}`;
      const line = old.get(key) ?? this.edges.appendChild(draw("path"));
      old.delete(key);
      const look = `lg-edge lg-${edge.kind} lg-${edge.when}`;
      if (line.dataset.look !== look) {
        line.setAttribute("class", look);
        line.setAttribute("marker-end", this.arrow(edge.kind));
        Object.assign(line.dataset, { look, from: edge.from, to: edge.to, lit: "" });
        this.edges.append(line);
      }
      return line;
    });
    for (const line of old.values()) line.remove();
  }

  /** @param {string} name `m:` and a module, or `p:` and a package */
  makeItem(name) {
    const isModule = name.startsWith("m:");
    const shape = draw("rect", { rx: isModule ? 3 : 6 });
    const text = draw("text", isModule ? { x: 5, y: 12 } : { x: 6, y: 14 });
    const group = draw("g", { class: isModule ? "lg-node" : "lg-package", role: "button", tabindex: -1, ...QUIET });
    group.dataset.name = name;
    if (isModule) {
      group.dataset.id = name.slice(2);
      const node = this.view.node(name.slice(2));
      const look = this.view.data.technologies.find((one) => one.name === node?.technology);
      group.classList.toggle("lg-plain", !node?.technology);
      shape.setAttribute("fill", look?.fill ?? "#eeeeee");
      group.append(shape);
      if ((look?.outlines ?? 1) > 1)
        group.append(draw("rect", { x: 2, y: 2, rx: 2, class: "lg-outline" }));
      this.nodes.append(group);
    } else {
      group.dataset.package = name.slice(2);
      group.classList.toggle("lg-outer", packagesOf(name.slice(2)).length === 2);
      group.append(shape, draw("rect", { class: "lg-head", height: HEAD, rx: 6 }));
    }
    group.append(text, draw("title"));
    return { group, shape, text };
  }

  /** Say on each element what it is at this moment. */
  label() {
    const { view } = this;
    for (const node of view.data.nodes) {
      const item = this.items.get(`m:${node.id}`);
      const place = node[this.moment] ?? node.before ?? node.after;
      if (!item || !place) continue;
      const more = node.parts && this.moment === "after" ? ` + ${node.parts} parts` : "";
      fitInto(item.text, place.label + more, place.box[2] - 9, "normal");
      item.group.dataset.at = node[this.moment] ? place.package : "(gone)";
      item.group.setAttribute("aria-label", view.describe(node));
      const title = item.group.lastElementChild;
      if (title) title.textContent = view.describe(node);
    }
    for (const [name, item] of this.items) {
      if (!name.startsWith("p:")) continue;
      const id = name.slice(2);
      const all = [this.moment, ...MOMENTS].flatMap((moment) => view.data.moments[moment].packages);
      const one = all.find((found) => found.id === id);
      const closed = view.collapsed.has(id);
      const count = view.data.nodes.filter((node) => node[this.moment]?.package.startsWith(id)).length;
      const label = `${closed ? "▸ " : ""}${one?.label ?? ""}${closed ? ` ${count}` : ""}`;
      fitInto(item.text, label, (one?.box[2] ?? 99) - 10, "bold");
      item.group.setAttribute("aria-label", `package ${id || view.data.package}, ${count} modules`);
      item.group.setAttribute("aria-expanded", String(!closed));
      item.group.classList.toggle("lg-closed", closed);
      const title = item.group.lastElementChild;
      if (title) title.textContent = `${id || view.data.package}: click to ${closed ? "open" : "close"}`;
    }
  }

  /** Go to where things are at this moment. @param {number} ms */
  go(ms) {
    this.label();
    const from = new Map(this.spots);
    const to = this.view.spotsAt(this.moment);
    cancelAnimationFrame(this.frame);
    if (!from.size || ms <= 0 || this.view.calm.matches) {
      this.put(to);
      return;
    }
    const start = performance.now();
    const step = (/** @type {number} */ now) => {
      const t = Math.max(0, Math.min(1, (now - start) / ms));
      this.put(mixed(from, to, eased(t)));
      if (t < 1) this.frame = requestAnimationFrame(step);
    };
    this.frame = requestAnimationFrame(step);
  }

  /** @param {Map<string, Spot>} spots */
  put(spots) {
    this.spots = spots;
    for (const [name, item] of this.items) {
      const spot = spots.get(name);
      const shown = !!spot && spot.opacity > 0.01;
      item.group.style.display = shown ? "" : "none";
      if (!spot || !shown) continue;
      item.group.setAttribute("transform", `translate(${spot.x} ${spot.y})`);
      item.group.style.opacity = spot.opacity < 1 ? String(spot.opacity) : "";
      item.shape.setAttribute("width", String(spot.width));
      item.shape.setAttribute("height", String(spot.height));
      const second = item.shape.nextElementSibling;
      if (second?.classList.contains("lg-head")) second.setAttribute("width", String(spot.width));
      else if (second?.classList.contains("lg-outline")) {
        second.setAttribute("width", String(Math.max(0, spot.width - 4)));
        second.setAttribute("height", String(Math.max(0, spot.height - 4)));
      }
    }
    this.view.data.edges.forEach((edge, n) => {
      const [a, b] = [this.end(edge.from), this.end(edge.to)];
      const line = this.lines[n];
      line.style.display = a && b && a !== b ? "" : "none";
      if (!a || !b || a === b) return;
      line.setAttribute("d", route(a, b));
      line.style.opacity = Math.min(a.opacity, b.opacity) < 1 ? String(Math.min(a.opacity, b.opacity)) : "";
    });
    this.drawRailLines();
  }

  /** Where a line to a module ends: at the module, or at the closed package that it is in. @param {string} id */
  end(id) {
    const spot = this.spots.get(`m:${id}`);
    if (spot && spot.opacity > 0.01) return spot;
    const place = this.view.node(id)?.[this.moment];
    const closed = place && packagesOf(place.package).find((one) => this.view.collapsed.has(one));
    return closed === undefined || closed === null ? null : (this.spots.get(`p:${closed}`) ?? null);
  }

  /** Width and height, in pixels. */
  size() {
    return { width: this.svg.clientWidth || 600, height: this.svg.clientHeight || 600 };
  }

  /** Pixels to one unit, and where the drawing's origin lies. */
  scale() {
    const { width, height } = this.size();
    const { x, y, zoom } = this.view.cameras[this.moment];
    const k = this.view.fit() * zoom;
    return { k, x: width / 2 - x * k, y: height / 2 - (y + this.view.slack()) * k };
  }

  look() {
    const { k, x, y } = this.scale();
    this.camera.setAttribute("transform", `translate(${x} ${y}) scale(${k})`);
    // From far away modules are colours, and the names of the outer packages stand over them.
    const far = k < FAR;
    if (far !== this.svg.classList.contains("lg-far")) {
      this.svg.classList.toggle("lg-far", far);
      (far ? this.litEdges : this.nodes).before(this.packages);
    }
    this.svg.style.setProperty("--lg-head", `${Math.min(48, TEXT / k)}px`);
    this.drawRailLines();
  }

  /** From pixels of the window to the drawing. @param {number} clientX @param {number} clientY */
  inside(clientX, clientY) {
    const corner = this.svg.getBoundingClientRect();
    const { k, x, y } = this.scale();
    return { x: (clientX - corner.left - x) / k, y: (clientY - corner.top - y) / k };
  }

  /** The innermost package of the after graph at a point. @param {{ x: number, y: number }} point */
  packageAt(point) {
    let found = null;
    for (const one of this.view.data.moments.after.packages) {
      const spot = this.spots.get(`p:${one.id}`);
      if (!spot || spot.opacity < 1) continue;
      const within = point.x >= spot.x && point.x <= spot.x + spot.width &&
        point.y >= spot.y && point.y <= spot.y + spot.height;
      if (within && (found === null || one.id.startsWith(found))) found = one.id;
    }
    return found;
  }

  /** Show as much of the light as has changed. @param {Light | null} light */
  shine(light) {
    this.svg.classList.toggle("lg-dim", !!light);
    for (const [name, item] of this.items) {
      const state = (name.startsWith("m:") && light?.nodes.get(name.slice(2))) || "";
      if ((item.group.dataset.lit ?? "") !== state) item.group.dataset.lit = state;
    }
    this.lines.forEach((line, n) => {
      const state = light?.edges.get(n) ?? "";
      if ((line.dataset.lit ?? "") === state) return;
      line.dataset.lit = state;
      (state ? this.litEdges : this.edges).append(line);
      const kind = state === "out" || state === "in" ? state : this.view.data.edges[n].kind;
      line.setAttribute("marker-end", this.arrow(kind));
    });
    this.drawRailLines();
  }

  /** Lines from lit modules to lit entries of the rail, which stands at a side of this panel. */
  drawRailLines() {
    const { rail, light } = this.view;
    if (!light?.rail.size || !this.root.isConnected) {
      if (this.overlay.firstChild) this.overlay.replaceChildren();
      return;
    }
    const { k, x, y } = this.scale();
    const corner = this.svg.getBoundingClientRect();
    const ends = rail.ends();
    const lines = [];
    for (const one of this.view.data.rail) {
      const end = ends.get(one.id);
      if (!light.rail.has(one.id) || !end) continue;
      const toRight = end.left > corner.left;
      for (const use of one.uses) {
        const lit = light.nodes.get(use.module);
        const spot = (lit === "focus" || lit === "on") && this.end(use.module);
        if (!spot) continue;
        const from = x + k * (toRight ? spot.x + spot.width : spot.x);
        const to = toRight ? corner.width : 0;
        const [ya, yb] = [y + k * (spot.y + spot.height / 2), end.middle - corner.top];
        const bend = (to - from) / 2;
        const d = `M${from} ${ya}C${from + bend} ${ya} ${to - bend} ${yb} ${to} ${yb}`;
        lines.push(draw("path", { d, class: `lg-rail-line lg-${use.how === "imports" ? "out" : "in"}` }));
      }
    }
    this.overlay.replaceChildren(...lines);
  }

  /** Say something at a module. @param {string} id @param {string} text */
  say(id, text) {
    const spot = this.end(id);
    const { k, x, y } = this.scale();
    const { width } = this.size();
    this.bubble.textContent = text;
    this.bubble.hidden = false;
    this.bubble.style.left = `${Math.max(4, Math.min(width - 328, x + k * (spot?.x ?? 0)))}px`;
    this.bubble.style.top = `${y + k * ((spot?.y ?? 0) + (spot?.height ?? 0)) + 4}px`;
  }

  listen() {
    const { root, svg, view } = this;
    svg.addEventListener("pointerover", (event) => view.hover(moduleOf(event.target)));
    svg.addEventListener("pointerleave", () => view.hover(""));
    // Not on the drawing itself: Chromium lets Tab stop at one that listens for focus.
    root.addEventListener("focusin", (event) => view.hover(moduleOf(event.target)));
    root.addEventListener("focusout", () => view.hover(""));
    svg.addEventListener("keydown", (event) => this.key(event));
    svg.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const corner = svg.getBoundingClientRect();
      const { width, height } = this.size();
      const aside = { x: event.clientX - corner.left - width / 2, y: event.clientY - corner.top - height / 2 };
      view.zoomBy(Math.exp(-event.deltaY * 0.002), aside);
    }, { passive: false });
    svg.addEventListener("pointerdown", (event) => {
      if (event.button === 0) new Drag(this, event);
    });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const here = groupOf(event.target);
    if (!here) return;
    const towards = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (towards) this.focusNext(here, towards);
    else if (event.key === "Enter" || event.key === " ") this.activate(here, event.shiftKey);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {SVGGElement} group @param {boolean} second */
  activate(group, second) {
    if (group.dataset.id !== undefined) this.view.choose(group.dataset.id, second);
    else if (group.dataset.package !== undefined) this.view.toggle(group.dataset.package);
  }

  /** Focus what is nearest in a direction. @param {SVGGElement} here @param {number[]} towards */
  focusNext(here, [dx, dy]) {
    const middle = (/** @type {Spot} */ s, /** @type {string} */ name) =>
      ({ x: s.x + s.width / 2, y: s.y + (name.startsWith("p:") ? HEAD : s.height) / 2 });
    const name = here.dataset.name ?? "";
    const spot = this.spots.get(name);
    if (!spot) return;
    const at = middle(spot, name);
    let best = Infinity;
    let next = "";
    for (const [other, there] of this.spots) {
      if (other === name || there.opacity < 1) continue;
      const to = middle(there, other);
      const along = (to.x - at.x) * dx + (to.y - at.y) * dy;
      const aside = Math.abs((to.x - at.x) * dy) + Math.abs((to.y - at.y) * dx);
      if (along > 2 && along + 3 * aside < best) [best, next] = [along + 3 * aside, other];
    }
    if (next) this.focus(next);
  }

  /** Make one element the one that Tab comes to, and focus it. @param {string} name @param {boolean} [really] */
  focus(name, really = true) {
    for (const { group } of this.items.values())
      if (group.getAttribute("tabindex") === "0") group.setAttribute("tabindex", "-1");
    const group = this.items.get(name)?.group;
    group?.setAttribute("tabindex", "0");
    if (really) group?.focus({ preventScroll: true });
  }
}

/** @param {Map<string, Spot>} from @param {Map<string, Spot>} to @param {number} t */
function mixed(from, to, t) {
  /** @type {Map<string, Spot>} */
  const spots = new Map();
  for (const name of new Set([...from.keys(), ...to.keys()])) {
    const [a, b] = [from.get(name), to.get(name)];
    const gone = a ?? b;
    if (!gone) continue;
    const faded = { ...gone, opacity: 0 };
    // What fades goes soon and what appears comes late, so that the two do not mix.
    const u = a && b && a.opacity === b.opacity ? t : b?.opacity ? Math.max(0, 2 * t - 1) : Math.min(1, 2 * t);
    const spot = spotBetween(a ?? faded, b ?? faded, t);
    spot.opacity = between(a?.opacity ?? 0, b?.opacity ?? 0, u);
    if (spot.opacity > 0 || b) spots.set(name, spot);
  }
  return spots;
}

/** @param {EventTarget | null} target @returns {SVGGElement | null} */
function groupOf(target) {
  return target instanceof Element ? target.closest("g[data-name]") : null;
}

/** @param {EventTarget | null} target */
const moduleOf = (target) => groupOf(target)?.dataset.id ?? "";

/** A press that becomes a click, a pan, or (on a module of the after graph) a move. */
class Drag {
  /** @param {Panel} panel @param {PointerEvent} event */
  constructor(panel, event) {
    this.panel = panel;
    this.group = groupOf(event.target);
    this.start = this.last = { x: event.clientX, y: event.clientY };
    this.far = false;
    /** @type {SVGGElement | null} */
    this.ghost = null;
    /** @type {string | null} */
    this.over = null;
    this.shift = event.shiftKey;
    this.module = panel.view.canMove(panel) ? (this.group?.dataset.id ?? "") : "";
    this.stop = new AbortController();
    const { signal } = this.stop;
    window.addEventListener("pointermove", (next) => this.move(next), { signal });
    window.addEventListener("pointerup", () => this.end(true), { signal });
    window.addEventListener("pointercancel", () => this.end(false), { signal });
    window.addEventListener("keydown", (key) => {
      if (key.key === "Escape") this.end(false);
    }, { signal, capture: true });
  }

  /** @param {PointerEvent} event */
  move(event) {
    const { panel } = this;
    this.far ||= Math.hypot(event.clientX - this.start.x, event.clientY - this.start.y) > 4;
    if (!this.far) return;
    if (this.module) this.carry(panel.inside(event.clientX, event.clientY));
    else panel.view.panBy(this.last.x - event.clientX, this.last.y - event.clientY);
    this.last = { x: event.clientX, y: event.clientY };
  }

  /** @param {{ x: number, y: number }} point */
  carry(point) {
    const { panel } = this;
    if (!this.ghost && this.group) {
      this.ghost = /** @type {SVGGElement} */ (this.group.cloneNode(true));
      this.ghost.removeAttribute("tabindex");
      this.ghost.removeAttribute("data-name");
      this.ghost.setAttribute("class", "lg-node lg-ghost");
      this.ghost.setAttribute("aria-hidden", "true");
      panel.camera.append(this.ghost);
    }
    this.ghost?.setAttribute("transform", `translate(${point.x + 4} ${point.y + 4})`);
    const over = panel.packageAt(point);
    if (over === this.over) return;
    this.mark(false);
    this.over = over;
    this.mark(true);
  }

  /** @param {boolean} on */
  mark(on) {
    if (this.over !== null) this.panel.items.get(`p:${this.over}`)?.group.classList.toggle("lg-drop", on);
  }

  /** @param {boolean} done */
  end(done) {
    this.stop.abort();
    this.ghost?.remove();
    this.mark(false);
    const { panel, group } = this;
    if (!done) return;
    if (!this.far) {
      if (group) panel.activate(group, this.shift);
      else panel.view.choose("", false);
      if (group?.dataset.name) panel.focus(group.dataset.name);
    } else if (this.module && this.over !== null) panel.view.wish(this.module, this.over);
  }
}

/** What stands around the package, as a column that never zooms. */
class Rail {
  /** @param {View} view */
  constructor(view) {
    this.view = view;
    /** @type {Map<string, HTMLButtonElement>} */
    this.buttons = new Map();
    /** @type {Map<string, HTMLButtonElement>} */
    this.contexts = new Map();
    this.said = "";
    this.list = make("div", { class: "lg-rail-list" });
    this.root = make("div", { class: "lg-rail", role: "group", "aria-label": "what stands around the package" }, this.list);
    this.list.addEventListener("scroll", () => view.panels.forEach((panel) => panel.drawRailLines()));
  }

  build() {
    const { data } = this.view;
    const served = data.nodes.map((node) => node.context).sort();
    const said = JSON.stringify([data.rail, served]);
    if (said === this.said) return;
    this.said = said;
    this.buttons.clear();
    this.contexts.clear();
    this.list.replaceChildren();
    if (served.some(Boolean)) this.list.append(...this.buildContexts(served));
    let group = "";
    for (const one of this.view.data.rail) {
      if (one.group !== group) this.list.append(make("div", { class: "lg-rail-group" }, one.group));
      group = one.group;
      const users = one.uses.filter((use) => use.how === "imported by").length;
      const used = one.uses.length - users;
      const counts = `${used ? `imported by ${used} modules` : ""}${used && users ? ", " : ""}${users ? `imports ${users}` : ""}`;
      const entry = button(one.label, () => this.view.pin(one.id), { "aria-pressed": "false", "data-around": one.id, title: `${one.id}: ${counts}` });
      entry.addEventListener("pointerenter", () => this.view.hoverRail(one.id));
      entry.addEventListener("pointerleave", () => this.view.hoverRail(""));
      entry.addEventListener("focus", () => this.view.hoverRail(one.id));
      entry.addEventListener("blur", () => this.view.hoverRail(""));
      this.buttons.set(one.id, entry);
      this.list.append(entry);
    }
  }

  /** The contexts that modules serve, to show and to hide. @param {string[]} served one for each module, sorted */
  buildContexts(served) {
    const entries = [...new Set(served)].map((name) => {
      const n = served.filter((one) => one === name).length;
      const title = `${n} modules ${name ? `serve ${name}` : "serve no context"}: show or hide`;
      const entry = button(`${name || "none"} ${n}`, () => this.view.filter("context", name), { title, "data-context": name });
      this.contexts.set(name, entry);
      return entry;
    });
    // What belongs to no context comes last.
    if (entries.length && !served[0]) entries.push(...entries.splice(0, 1));
    return [make("div", { class: "lg-rail-group" }, "serves"), ...entries];
  }

  /** @param {Light | null} light */
  shine(light) {
    for (const [name, entry] of this.contexts)
      entry.setAttribute("aria-pressed", String(!this.view.off.has(`context:${name}`)));
    for (const [id, entry] of this.buttons) {
      entry.dataset.lit = light?.rail.get(id) ?? "";
      entry.setAttribute("aria-pressed", String(this.view.pinned.has(id)));
    }
    this.root.classList.toggle("lg-dim", !!light);
  }

  /** Where each entry is on the screen. */
  ends() {
    const frame = this.list.getBoundingClientRect();
    /** @type {Map<string, { left: number, middle: number }>} */
    const ends = new Map();
    for (const [id, entry] of this.buttons) {
      const box = entry.getBoundingClientRect();
      const middle = Math.max(frame.top, Math.min(frame.bottom, box.top + box.height / 2));
      ends.set(id, { left: box.left, middle });
    }
    return ends;
  }
}

/** The toolbar, the legend that filters, and what is known of the selected module. */
class Controls {
  /** @param {View} view */
  constructor(view) {
    this.view = view;
    this.modes = MODES.map((mode) =>
      button(mode.text, () => view.chooseMode(mode.name), { title: `key ${mode.key}`, "data-mode": mode.name }));
    this.slider = make("input", { ...QUIET, type: "range", min: "0", max: "100", "aria-label": "from before to after", class: "lg-slider" });
    this.slider.addEventListener("input", () => view.scrub(Number(this.slider.value) / 100));
    this.search = make("input", { ...QUIET, type: "search", placeholder: "find ( / )", "aria-label": "find a module" });
    this.search.addEventListener("input", () => view.find(this.search.value));
    this.search.addEventListener("keydown", (event) => {
      if (event.key === "Enter") view.nextHit();
    });
    this.hits = make("span", { class: "lg-hits", role: "status" });
    const zoom = [
      button("+", () => view.zoomBy(1.25), { "aria-label": "larger", title: "larger (+)" }),
      button("−", () => view.zoomBy(0.8), { "aria-label": "smaller", title: "smaller (-)" }),
      button("Fit", () => view.zoomOn([]), { title: "see everything (0)" }),
    ];
    const group = (/** @type {string} */ label, /** @type {HTMLElement[]} */ parts) =>
      make("div", { class: "lg-group", role: "group", "aria-label": label }, ...parts);
    this.bar = make("div", { class: "lg-bar" }, group("which moment", this.modes), this.slider,
      this.search, this.hits, group("zoom", zoom));
    this.technologies = make("div", { class: "lg-group", role: "group", "aria-label": "technologies" });
    this.kinds = make("div", { class: "lg-group", role: "group", "aria-label": "imports" });
    this.legend = make("div", { class: "lg-bar lg-legend" }, this.technologies, this.kinds);
    this.info = make("div", { class: "lg-info", role: "status" });
    this.details = make("div", { class: "lg-details", role: "region", "aria-label": "the selected module" });
  }

  build() {
    const { view } = this;
    this.technologies.replaceChildren(...view.data.technologies.map(({ name, fill, outlines }) => {
      const n = view.data.nodes.filter((node) => node.technology === name).length;
      const swatch = make("span", { class: `lg-swatch${outlines > 1 ? " lg-double" : ""}` });
      if (name) swatch.style.backgroundColor = fill;
      const entry = button(` ${name || "no technology"} ${n}`, () => view.filter("technology", name),
        { "aria-pressed": "true", title: "show or hide", "data-technology": name });
      entry.prepend(swatch);
      return entry;
    }));
    const lines = [...KINDS.map((one) => ({ ...one, what: "kind" })), ...WHENS.map((one) => ({ ...one, what: "when" }))];
    this.kinds.replaceChildren(...lines.map(({ name, text, hint, what }) => {
      const n = view.data.edges.filter((edge) => (what === "kind" ? edge.kind : edge.when) === name).length;
      const sample = draw("svg", { width: 26, height: 10, "aria-hidden": "true" },
        draw("path", { d: "M1 5H25", class: `lg-edge lg-${what === "kind" ? name : `kept lg-${name}`}` }));
      const entry = button(` ${text} ${n}`, () => view.filter(what, name),
        { "aria-pressed": "true", title: `${hint}; show or hide`, [`data-${what}`]: name });
      entry.prepend(sample);
      return entry;
    }));
  }

  paint() {
    const { view } = this;
    for (const one of this.modes) one.setAttribute("aria-pressed", String(one.dataset.mode === view.mode));
    this.slider.hidden = view.mode === "both";
    for (const one of this.legend.querySelectorAll("button")) {
      const { technology, kind, when } = one.dataset;
      const off = view.off.has(`technology:${technology}`) || view.off.has(`kind:${kind}`) || view.off.has(`when:${when}`);
      one.setAttribute("aria-pressed", String(!off));
    }
    const found = view.query ? view.hits().length : 0;
    this.hits.textContent = view.query ? `${found} found` : "";
    this.tell();
  }

  /** Say what is under the pointer, else what is selected, else what one can do. */
  tell() {
    const { view } = this;
    const node = view.node(view.hovered) ?? view.node(view.selected);
    this.info.textContent = view.picking
      ? "click the module at the other end of the paths, or Escape"
      : node ? view.describe(node)
        : `click selects · shift-click: paths between two · ${view.canMoveAtAll() ? "drag in after: move · " : ""}ctrl+wheel zooms · arrows, Enter, Escape`;
  }

  /** Say all that is known of the selected module. */
  detail() {
    const { view } = this;
    const node = view.node(view.selected);
    this.details.hidden = !node;
    if (!node) return this.details.replaceChildren();
    const title = make("div", { class: "lg-title" }, make("strong", {}, node.before?.path ?? node.id));
    if (node.after && node.after.path !== node.before?.path) title.append(` → ${node.after.path}`);
    if (node.reason) title.append(make("div", { class: "lg-reason" }, node.reason));
    const acts = make("div", { class: "lg-acts" });
    for (const { name, text } of SETS) {
      const set = view.walks.set(name, node.id);
      acts.append(button(`${text} ${set.size}`, () => view.showSet(name, set),
        { "aria-pressed": String(view.shown?.name === name), "data-set": name }));
    }
    acts.append(button("paths to …", () => view.pick(), { "aria-pressed": String(view.picking) }));
    const list = make("div", { class: "lg-lists" });
    if (view.shown) list.append(...this.listShown());
    if (view.canMoveAtAll()) acts.append(this.mover(node));
    this.details.replaceChildren(title, acts, list);
  }

  listShown() {
    const { view } = this;
    const { shown } = view;
    if (!shown) return [];
    if (shown.paths) {
      const [from, to] = shown.ends.map((id) => view.name(id));
      const many = shown.paths.length >= MOST_PATHS ? `the ${MOST_PATHS} shortest` : `${shown.paths.length}`;
      const told = shown.paths.length ? `${many} paths from ${from} to ${to}` : `no path between ${from} and ${to}`;
      return [make("div", {}, told), ...shown.paths.slice(0, 12).map((path) =>
        make("div", { class: "lg-path" }, path.map((id) => view.name(id)).join(" → ")))];
    }
    return [...shown.on].filter((id) => id !== view.selected).sort().map((id) =>
      button(view.name(id), () => view.choose(id, false), { class: "lg-name", title: id }));
  }

  /** Moving without a mouse. @param {Node} node */
  mover(node) {
    const { view } = this;
    const id = `${view.uid}-packages`;
    const options = make("datalist", { id }, ...view.data.moments.after.packages.map((one) => make("option", { value: one.id })));
    const field = make("input", { ...QUIET, list: id, "aria-label": "package to move it to", placeholder: "move to package" });
    const go = () => view.wish(node.id, field.value.trim());
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") go();
    });
    return make("div", { class: "lg-mover" }, field, options, button("Move", go));
  }
}

/** The whole: what is selected, lit, hidden and zoomed, over two panels and a rail. */
class View {
  /** @param {Model} model */
  constructor(model) {
    this.model = model;
    this.uid = `lg-${Math.random().toString(36).slice(2, 9)}`;
    this.calm = matchMedia("(prefers-reduced-motion: reduce)");
    /** @type {Data} */
    this.data = model.get("_data");
    this.walks = new Walks(this.data);
    /** @type {Map<string, Node>} */
    this.nodesById = new Map();
    this.mode = "both";
    this.settled = false;
    this.selected = "";
    this.hovered = "";
    this.hoveredRail = "";
    this.query = "";
    this.picking = false;
    /** @type {{ name: string, on: Set<string>, paths?: string[][], ends: string[] } | null} */
    this.shown = null;
    /** @type {Light | null} */
    this.light = null;
    /** @type {Set<string>} */
    this.off = new Set();
    /** @type {Set<string>} */
    this.pinned = new Set();
    /** @type {Set<string>} */
    this.collapsed = new Set();
    this.extent = { width: 1, height: 1 };
    /** @type {Record<Moment, Camera>} the middle of what is seen, and 1 for all of it */
    this.cameras = { before: { x: 0, y: 0, zoom: 1 }, after: { x: 0, y: 0, zoom: 1 } };
    this.cameraFrame = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.waiting = undefined;
    this.rail = new Rail(this);
    this.controls = new Controls(this);
    this.panels = [new Panel(this, "before"), new Panel(this, "after")];
    this.body = make("div", { class: "lg-body" });
    const { bar, legend, info, details } = this.controls;
    this.root = make("div", { class: "lg-root", ...QUIET, role: "region",
      "aria-label": `the import graph of ${this.data.package}` }, bar, legend, info, this.body);
    const [left, right] = this.panels;
    this.body.append(left.root, this.rail.root, right.root, details);
    this.root.addEventListener("keydown", (event) => this.key(event));
    this.takeTheme();
    this.load();
    this.cameras = { before: this.everything(), after: this.everything() };
    this.select(model.get("_selected") ?? "");
    this.setMode("both");
  }

  /** Take what Python sends, and show it at once. */
  load() {
    const before = this.nodesById;
    this.data = this.model.get("_data");
    this.walks = new Walks(this.data);
    this.nodesById = new Map(this.data.nodes.map((node) => [node.id, node]));
    // A row more at the bottom does not make everything smaller; that is left to Fit.
    const whole = this.whole();
    const outgrown = whole.height > 1.08 * this.extent.height;
    if (outgrown || whole.width !== this.extent.width) this.extent = whole;
    this.rail.build();
    this.controls.build();
    for (const panel of this.panels) {
      panel.bubble.hidden = true;
      panel.build();
      panel.go(0);
      panel.look();
      for (const [id, node] of this.nodesById) {
        const old = before.get(id);
        const moved = !!old && old.after?.path !== node.after?.path;
        panel.items.get(`m:${id}`)?.group.classList.toggle("lg-moved", moved && panel.moment === "after");
      }
    }
    this.shown = null;
    for (const panel of this.panels)
      if (!panel.svg.querySelector('[tabindex="0"]')) panel.focus(`m:${this.data.nodes[0]?.id}`, false);
    this.controls.detail();
    this.paint();
  }

  /** @param {string} id */
  node(id) {
    return this.nodesById.get(id);
  }

  /** A module's name below the package. @param {string} id */
  name(id) {
    return id.startsWith(`${this.data.package}.`) ? id.slice(this.data.package.length + 1) : id;
  }

  /** @param {Node} node */
  describe(node) {
    const there = node.step === "deletion" ? " → deleted" : node.after && node.after.path !== node.before?.path ? ` → ${node.after.path}` : "";
    const parts = [
      `${node.before?.path ?? node.id}${there}`,
      node.technology || "no technology",
      node.context && `serves ${node.context}`,
      node.role,
      `imports ${this.walks.out.get(node.id)?.size ?? 0}`,
      `imported by ${this.walks.in.get(node.id)?.size ?? 0}`,
      `${node.lines} lines`,
      node.decision && `${node.step} ${node.decision}`,
    ];
    return parts.filter(Boolean).join(" · ");
  }

  /** Where everything is at a moment, closed packages taken into account. @param {Moment} moment */
  spotsAt(moment) {
    /** @type {Map<string, Spot>} */
    const spots = new Map();
    const hidden = (/** @type {string[]} */ around) => around.some((id) => this.collapsed.has(id));
    for (const one of this.data.moments[moment].packages) {
      const [x, y, width, height] = one.box;
      const around = packagesOf(one.id).slice(0, -1);
      const closed = this.collapsed.has(one.id);
      const opacity = one.id !== "" && hidden(around) ? 0 : 1;
      spots.set(`p:${one.id}`, { x, y, width, height: closed ? HEAD + 2 : height, opacity });
    }
    for (const node of this.data.nodes) {
      const place = node[moment];
      if (!place) continue;
      const [x, y, width, height] = place.box;
      spots.set(`m:${node.id}`, { x, y, width, height, opacity: hidden(packagesOf(place.package)) ? 0 : 1 });
    }
    return spots;
  }

  // ------------------------------------------------------------------------------ what is shown

  /** Follow the room that there is: until somebody says more, side by side where that can be read. */
  resize() {
    const { clientWidth } = this.root;
    this.root.classList.toggle("lg-narrow", clientWidth < NARROW);
    if (clientWidth && !this.settled) {
      const width = (clientWidth - RAIL) / 2 - 2 * MARGIN;
      const height = this.panels[1].size().height - 2 * MARGIN;
      const fit = Math.min(width / this.extent.width, height / this.extent.height);
      const mode = TEXT * fit < LEGIBLE ? "after" : "both";
      if (mode !== this.mode) this.setMode(mode);
    }
    this.panels.forEach((panel) => panel.look());
  }

  /** Show what somebody asks for, and go on doing so. @param {string} mode */
  chooseMode(mode) {
    this.settled = true;
    this.setMode(mode);
  }

  /** @param {string} mode */
  setMode(mode) {
    const [left, right] = this.panels;
    const turns = this.mode !== "both" && mode !== "both" && this.mode !== mode;
    const focused = left.root.contains(document.activeElement) && groupOf(document.activeElement);
    this.mode = mode;
    this.root.dataset.mode = mode;
    left.root.hidden = mode !== "both";
    right.setMoment(mode === "before" ? "before" : "after");
    this.controls.slider.value = mode === "before" ? "0" : "100";
    right.go(turns ? 800 : 0);
    this.panels.forEach((panel) => panel.look());
    this.paint();
    // What is hidden cannot keep the focus, and the keys with it.
    if (focused && mode !== "both") right.focus(focused.dataset.name ?? "");
  }

  /** Stop somewhere on the way from before to after. @param {number} t from 0 to 1 */
  scrub(t) {
    const [, panel] = this.panels;
    this.settled = true;
    cancelAnimationFrame(panel.frame);
    const moment = t < 0.5 ? "before" : "after";
    this.mode = moment;
    if (panel.moment !== moment) {
      panel.setMoment(moment);
      panel.label();
    }
    panel.put(mixed(this.spotsAt("before"), this.spotsAt("after"), t));
    this.controls.paint();
  }

  /** Open or close a package. @param {string} id */
  toggle(id) {
    if (!this.collapsed.delete(id)) this.collapsed.add(id);
    for (const panel of this.panels) panel.go(200);
  }

  /** @param {string} what @param {string} name */
  filter(what, name) {
    const key = `${what}:${name}`;
    if (!this.off.delete(key)) this.off.add(key);
    this.paint();
  }

  /** @param {string} query */
  find(query) {
    this.query = query.trim().toLowerCase();
    this.paint();
  }

  hits() {
    return this.data.nodes.filter((node) =>
      [node.id, node.before?.path, node.after?.path, node.technology, node.context]
        .some((text) => text?.toLowerCase().includes(this.query)));
  }

  nextHit() {
    const hits = this.hits();
    if (hits.length)
      this.select(hits[(hits.findIndex((node) => node.id === this.selected) + 1) % hits.length].id);
  }

  // ---------------------------------------------------------------------------------- the light

  /** @param {string} id */
  hover(id) {
    if (id === this.hovered) return;
    this.hovered = id;
    this.lightUp();
  }

  /** @param {string} id */
  hoverRail(id) {
    this.hoveredRail = id;
    this.lightUp();
  }

  /** @param {string} id */
  pin(id) {
    if (!this.pinned.delete(id)) this.pinned.add(id);
    this.paint();
  }

  /** Choose a module: alone, or (`second`) as the other end of the paths. @param {string} id @param {boolean} second */
  choose(id, second) {
    const first = this.selected;
    if ((second || this.picking) && first && id && id !== first) return this.showPaths(first, id);
    this.select(id === first ? "" : id);
  }

  /** @param {string} id */
  select(id) {
    this.selected = this.nodesById.has(id) ? id : "";
    this.shown = null;
    this.picking = false;
    if (this.model.get("_selected") !== this.selected) {
      this.model.set("_selected", this.selected);
      this.model.save_changes();
    }
    this.controls.detail();
    this.paint();
  }

  pick() {
    this.picking = !this.picking;
    this.controls.detail();
    this.paint();
  }

  /** @param {string} name @param {Set<string>} set */
  showSet(name, set) {
    this.shown = this.shown?.name === name ? null : { name, on: new Set([...set, this.selected]), ends: [this.selected] };
    this.controls.detail();
    this.paint();
  }

  /** @param {string} from @param {string} to */
  showPaths(from, to) {
    let ends = [from, to];
    let { on, paths } = this.walks.paths(from, to);
    if (!paths.length) {
      const back = this.walks.paths(to, from);
      if (back.paths.length) [{ on, paths }, ends] = [back, [to, from]];
    }
    this.picking = false;
    this.shown = { name: "paths", on: new Set([...on, from, to]), paths, ends };
    this.controls.detail();
    this.paint();
  }

  /** What stands out now: under the pointer first, then what was asked for. @returns {Light | null} */
  lit() {
    /** @type {Light} */
    const light = { nodes: new Map(), edges: new Map(), rail: new Map() };
    const around = (/** @type {string} */ id) => {
      light.nodes.set(id, "focus");
      this.data.edges.forEach((edge, n) => {
        if (edge.from === id) {
          light.edges.set(n, "out");
          light.nodes.set(edge.to, "out");
        } else if (edge.to === id) {
          light.edges.set(n, "in");
          light.nodes.set(edge.from, "in");
        }
      });
      for (const one of this.data.rail) if (one.uses.some((use) => use.module === id)) light.rail.set(one.id, "on");
      return light;
    };
    const all = (/** @type {Iterable<string>} */ ids) => {
      const set = new Set(ids);
      for (const id of set) light.nodes.set(id, id === this.selected ? "focus" : "on");
      this.data.edges.forEach((edge, n) => {
        if (set.has(edge.from) && set.has(edge.to)) light.edges.set(n, "on");
      });
      return light;
    };
    const rail = (/** @type {Iterable<string>} */ ids) => {
      const set = new Set(ids);
      for (const one of this.data.rail)
        if (set.has(one.id)) {
          light.rail.set(one.id, "on");
          for (const use of one.uses) light.nodes.set(use.module, "on");
        }
      return light;
    };
    if (this.hovered) return around(this.hovered);
    if (this.hoveredRail) return rail([this.hoveredRail]);
    if (this.shown) return all(this.shown.on);
    if (this.query) {
      for (const node of this.hits()) light.nodes.set(node.id, "on");
      return light;
    }
    if (this.selected) return around(this.selected);
    if (this.pinned.size) return rail(this.pinned);
    const zoomed = /** @type {string[]} */ (this.model.get("_zoom") ?? []);
    return zoomed.length ? all(zoomed) : null;
  }

  lightUp() {
    this.light = this.lit();
    for (const panel of this.panels) panel.shine(this.light);
    this.rail.shine(this.light);
    this.controls.tell();
  }

  paint() {
    this.lightUp();
    for (const panel of this.panels) {
      for (const [id, node] of this.nodesById) {
        const group = panel.items.get(`m:${id}`)?.group;
        group?.classList.toggle("lg-off", this.hides(node));
        group?.setAttribute("aria-pressed", String(id === this.selected));
      }
      this.data.edges.forEach((edge, n) => panel.lines[n].classList.toggle("lg-off", this.isOff(edge)));
    }
    this.controls.paint();
  }

  /** @param {Edge} edge */
  isOff(edge) {
    return [`kind:${edge.kind}`, `when:${edge.when}`].some((key) => this.off.has(key))
      || [edge.from, edge.to].some((id) => this.hides(this.node(id)));
  }

  /** @param {Node | undefined} node */
  hides(node) {
    return this.off.has(`technology:${node?.technology}`) || this.off.has(`context:${node?.context}`);
  }

  // --------------------------------------------------------------------------------- the camera

  /** The size of the larger picture. */
  whole() {
    const { before, after } = this.data.moments;
    return { width: Math.max(before.width, after.width), height: Math.max(before.height, after.height) };
  }

  /** @returns {Camera} */
  everything() {
    return { x: this.extent.width / 2, y: this.extent.height / 2, zoom: 1 };
  }

  /**
   * Move both cameras by pixels and by a factor, in step.
   * @param {number} factor @param {{ x: number, y: number }} [aside] pixels from the middle to what stays
   */
  zoomBy(factor, aside = { x: 0, y: 0 }) {
    for (const moment of MOMENTS) {
      const old = this.cameras[moment];
      const zoom = Math.max(0.3, Math.min(12, old.zoom * factor));
      const shift = (1 - old.zoom / zoom) / (this.fit() * old.zoom);
      this.cameras[moment] = { x: old.x + aside.x * shift, y: old.y + aside.y * shift, zoom };
    }
    this.panels.forEach((panel) => panel.look());
  }

  /** @param {number} x pixels @param {number} y pixels */
  panBy(x, y) {
    for (const moment of MOMENTS) {
      const old = this.cameras[moment];
      const k = this.fit() * old.zoom;
      this.cameras[moment] = { ...old, x: old.x + x / k, y: old.y + y / k };
    }
    this.panels.forEach((panel) => panel.look());
  }

  /** Pixels to one unit where everything is seen; the panels that are shown are of one size. */
  fit() {
    const { width, height } = this.panels[1].size();
    const { extent } = this;
    return Math.min((width - 2 * MARGIN) / extent.width, (height - 2 * MARGIN) / extent.height);
  }

  /** How far the picture is moved up, so that what is left free is at the bottom. */
  slack() {
    const free = (this.panels[1].size().height - 2 * MARGIN) / this.fit() - this.extent.height;
    return Math.max(0, free) / 2;
  }

  /** Where to look to see these modules as large as may be. @param {string[]} ids @param {Moment} moment */
  cameraOn(ids, moment) {
    const boxes = ids.map((id) => this.node(id)?.[moment]?.box).filter((box) => !!box);
    if (!boxes.length) return this.everything();
    const x0 = Math.min(...boxes.map((box) => box[0])) - 20;
    const y0 = Math.min(...boxes.map((box) => box[1])) - 40;
    const x1 = Math.max(...boxes.map((box) => box[0] + box[2])) + 20;
    const y1 = Math.max(...boxes.map((box) => box[1] + box[3])) + 40;
    const zoom = Math.min(this.extent.width / (x1 - x0), this.extent.height / (y1 - y0), 2.5);
    return { x: (x0 + x1) / 2, y: (y0 + y1) / 2 - this.slack(), zoom: Math.max(1, zoom) };
  }

  /** See these modules as large as may be at each moment; none: everything. @param {string[]} ids */
  zoomOn(ids) {
    if (!ids.length) this.extent = this.whole();
    const from = this.cameras;
    const goals = { before: this.cameraOn(ids, "before"), after: this.cameraOn(ids, "after") };
    const start = performance.now();
    cancelAnimationFrame(this.cameraFrame);
    const step = (/** @type {number} */ now) => {
      const t = this.calm.matches ? 1 : Math.max(0, Math.min(1, (now - start) / 300));
      const on = (/** @type {Moment} */ moment) => cameraBetween(from[moment], goals[moment], eased(t));
      this.cameras = { before: on("before"), after: on("after") };
      this.panels.forEach((panel) => panel.look());
      if (t < 1) this.cameraFrame = requestAnimationFrame(step);
    };
    step(start);
  }

  // --------------------------------------------------------------------------------- the wishes

  canMoveAtAll() {
    return !!this.model.get("_can_retarget");
  }

  /** @param {Panel} panel */
  canMove(panel) {
    return this.canMoveAtAll() && panel === this.panels[1] && this.mode !== "before";
  }

  /** Ask for a module in another package. @param {string} id @param {string} folder */
  wish(id, folder) {
    const there = `${folder.replace(/\/+$/, "")}/`.replace(/^\/$/, "");
    this.panels[1].bubble.hidden = true;
    if (this.node(id)?.after?.package === there) return;
    this.panels[1].items.get(`m:${id}`)?.group.classList.add("lg-asked");
    this.model.send({ kind: "retarget", module: id, folder: there });
    this.waiting = setTimeout(() => {
      this.answered();
      this.panels[1].say(id, "Python does not answer: is the kernel busy, or was it restarted? Run the cell again.");
    }, PATIENCE);
  }

  answered() {
    clearTimeout(this.waiting);
    for (const { group } of this.panels[1].items.values()) group.classList.remove("lg-asked");
  }

  refused() {
    this.answered();
    const { module, why } = this.model.get("_refused");
    if (why) this.panels[1].say(module, why);
  }

  // ------------------------------------------------------------------------------ keys and theme

  /** @param {KeyboardEvent} event */
  key(event) {
    const typing = event.target instanceof HTMLInputElement && event.target.type !== "range";
    if (event.key === "Escape") this.escape();
    else if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    else if (event.key === "/") this.controls.search.focus();
    else if (event.key === "+" || event.key === "=") this.zoomBy(1.25);
    else if (event.key === "-") this.zoomBy(0.8);
    else if (event.key === "0") this.zoomOn([]);
    else {
      const mode = MODES.find((one) => one.key === event.key);
      if (!mode) return;
      this.chooseMode(mode.name);
    }
    event.preventDefault();
    event.stopPropagation();
  }

  /** Take back one thing: what was said, asked for, found, selected, pinned. */
  escape() {
    const [, after] = this.panels;
    if (!after.bubble.hidden) after.bubble.hidden = true;
    else if (this.picking) this.pick();
    else if (this.shown) {
      this.shown = null;
      this.controls.detail();
    } else if (this.query) {
      this.controls.search.value = "";
      this.find("");
    } else if (this.selected) this.select("");
    else this.pinned.clear();
    this.paint();
  }

  takeTheme() {
    const said = document.body?.dataset.jpThemeLight;
    const dark = said === undefined ? matchMedia("(prefers-color-scheme: dark)").matches : said === "false";
    this.root.dataset.theme = dark ? "dark" : "light";
  }
}

export default {
  /** @param {{ model: Model, el: HTMLElement }} context */
  render({ model, el }) {
    const view = new View(model);
    el.append(view.root);
    const heard = /** @type {[string, () => void][]} */ ([
      ["change:_data", () => { view.answered(); view.load(); }],
      ["change:_selected", () => { if (model.get("_selected") !== view.selected) view.select(model.get("_selected")); }],
      ["change:_zoom", () => { view.zoomOn(model.get("_zoom")); view.paint(); }],
      ["change:_refused", () => view.refused()],
      ["change:_can_retarget", () => { view.controls.detail(); view.paint(); }],
    ]);
    for (const [event, act] of heard) model.on(event, act);
    const sized = new ResizeObserver(() => view.resize());
    sized.observe(view.body);
    const themed = new MutationObserver(() => view.takeTheme());
    themed.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    const follow = () => view.takeTheme();
    scheme.addEventListener("change", follow);
    return () => {
      for (const [event, act] of heard) model.off(event, act);
      sized.disconnect();
      themed.disconnect();
      scheme.removeEventListener("change", follow);
      view.root.remove();
    };
  },
};

/**
 * What stands in for a kernel on a page without one: it remembers, and can move nothing.
 * @param {Data} data @returns {Model}
 */
export function withoutKernel(data) {
  /** @type {Record<string, any>} */
  const state = { _data: data, _selected: "", _zoom: [], _refused: {}, _can_retarget: false };
  /** @type {Map<string, Set<() => void>>} */
  const heard = new Map();
  return {
    get: (key) => state[key],
    set(key, value) {
      state[key] = value;
      for (const act of heard.get(`change:${key}`) ?? []) act();
    },
    save_changes() {},
    send() {},
    on: (event, act) => void heard.set(event, (heard.get(event) ?? new Set()).add(act)),
    off: (event, act) => void heard.get(event)?.delete(act),
  };
}
