// @ts-check
/**
 * What stands above the panels: moments, search, zoom, the legend that filters.
 */

/** The toolbar, the legend that filters, and the line that says what is under the pointer. */
class Controls {
  /** @param {View} view */
  constructor(view) {
    this.view = view;
    this.modes = MODES.map((mode) =>
      makeButton(mode.text, `key ${mode.key}`, () => view.chooseMode(mode.name), { "data-mode": mode.name }));
    this.slider = make("input", { type: "range", min: "0", max: "100", "aria-label": "from before to after", class: "lg-slider" });
    this.slider.addEventListener("input", () => view.scrub(Number(this.slider.value) / 100));
    this.search = make("input", { type: "search", placeholder: "find ( / )", "aria-label": "find a module" });
    this.search.addEventListener("input", () => view.find(this.search.value));
    this.search.addEventListener("keydown", (event) => {
      if (event.key === "Enter") view.nextHit();
    });
    this.hits = make("span", { class: "lg-hits", role: "status" });
    const zoom = [
      makeButton("+", "larger (+)", () => view.camera.zoomBy(1.25), { "aria-label": "larger" }),
      makeButton("−", "smaller (-)", () => view.camera.zoomBy(0.8), { "aria-label": "smaller" }),
      makeButton("Fit", "see everything (0)", () => view.camera.zoomOn([])),
    ];
    const group = (/** @type {string} */ label, /** @type {HTMLElement[]} */ parts) =>
      make("div", { class: "lg-group", role: "group", "aria-label": label }, ...parts);
    this.bar = make("div", { class: "lg-bar" }, group("which moment", this.modes), this.slider,
      this.search, this.hits, group("zoom", zoom));
    this.technologies = make("div", { class: "lg-group", role: "group", "aria-label": "technologies" });
    this.kinds = make("div", { class: "lg-group", role: "group", "aria-label": "imports" });
    this.legend = make("div", { class: "lg-bar lg-legend" }, this.technologies, this.kinds);
    this.info = make("div", { class: "lg-info", role: "status" });
  }

  build() {
    const { view } = this;
    this.technologies.replaceChildren(...view.data.technologies.map(({ name, fill, outlines }) => {
      const n = view.data.nodes.filter((node) => node.technology === name).length;
      const swatch = make("span", { class: `lg-swatch${outlines > 1 ? " lg-double" : ""}` });
      if (name) swatch.style.backgroundColor = fill;
      const entry = makeButton(` ${name || "no technology"} ${n}`, "show or hide",
        () => view.filter("technology", name), { "aria-pressed": "true", "data-technology": name });
      entry.prepend(swatch);
      return entry;
    }));
    const lines = [...KINDS.map((one) => ({ ...one, what: "kind" })), ...WHENS.map((one) => ({ ...one, what: "when" }))];
    this.kinds.replaceChildren(...lines.map(({ name, text, hint, what }) => {
      const n = view.data.edges.filter((edge) => (what === "kind" ? edge.kind : edge.when) === name).length;
      if (view.model.get("_is_today") && what === "kind") return "";
      const sample = draw("svg", { width: 26, height: 10, "aria-hidden": "true" },
        draw("path", { d: "M1 5H25", class: `lg-edge lg-${what === "kind" ? name : `kept lg-${name}`}` }));
      const entry = makeButton(` ${text} ${n}`, `${hint}; show or hide`, () => view.filter(what, name),
        { "aria-pressed": "true", [`data-${what}`]: name });
      entry.prepend(sample);
      return entry;
    }));
  }

  paint() {
    const { view } = this;
    for (const one of this.modes) one.setAttribute("aria-pressed", String(one.dataset.mode === view.mode));
    this.slider.hidden = view.isToday || view.mode === "both";
    for (const one of this.modes) one.hidden = view.isToday;
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
        : `click selects · shift-click: paths between two · ${view.wishes.areTaken() ? "drag in after: move · " : ""}ctrl+wheel zooms · arrows, Enter, Escape`;
  }
}
