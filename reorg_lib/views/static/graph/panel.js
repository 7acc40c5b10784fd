// @ts-check
/**
 * One drawing of the imports, before or after: where everything is, and how it gets elsewhere.
 */

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
    this.svg = draw("svg", { class: "lg-svg", role: "group" }, drawMarkers(this), this.camera, this.overlay);
    this.svg.style.fontFamily = FONT;
    this.caption = make("div", { class: "lg-caption", "aria-hidden": "true" });
    this.bubble = make("div", { class: "lg-bubble", role: "alert", hidden: "" });
    this.root = make("div", { class: "lg-panel" }, this.caption, this.svg, this.bubble);
    this.bubble.addEventListener("click", () => (this.bubble.hidden = true));
    listenOn(this);
    this.setMoment(moment);
  }

  /** @param {Moment} moment */
  setMoment(moment) {
    this.moment = moment;
    this.root.dataset.moment = moment;
    this.caption.textContent = moment;
    this.svg.setAttribute("aria-label", `imports within ${this.view.data.package}, ${moment}`);
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
    for (const name of names) if (!this.items.has(name)) this.items.set(name, makeItem(this, name));
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

  /** Go to where things are at this moment. @param {number} ms */
  go(ms) {
    labelItems(this);
    const from = new Map(this.spots);
    const to = spotsAt(this.view, this.moment);
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
    drawRailLines(this);
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
    const { x, y, zoom } = this.view.camera.at[this.moment];
    const k = this.view.camera.fit() * zoom;
    return { k, x: width / 2 - x * k, y: height / 2 - (y + this.view.camera.slack()) * k };
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
    drawRailLines(this);
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
    drawRailLines(this);
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

  /** Make one element the one that Tab comes to, and focus it. @param {string} name @param {boolean} [really] */
  focus(name, really = true) {
    for (const { group } of this.items.values())
      if (group.getAttribute("tabindex") === "0") group.setAttribute("tabindex", "-1");
    const group = this.items.get(name)?.group;
    group?.setAttribute("tabindex", "0");
    if (really) group?.focus({ preventScroll: true });
  }
}
