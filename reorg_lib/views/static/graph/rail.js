// @ts-check
/**
 * The rail: what stands around the package and which contexts it serves, and the lines to it.
 */

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
    this.list.addEventListener("scroll", () => view.panels.forEach((panel) => drawRailLines(panel)));
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
      const entry = makeButton(one.label, `${one.id}: ${counts}`, () => this.view.pin(one.id),
        { "aria-pressed": "false", "data-around": one.id });
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
      const entry = makeButton(`${name || "none"} ${n}`, title, () => this.view.filter("context", name), { "data-context": name });
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

/** Draw lines from lit modules to lit entries of the rail, which stands at a side of the panel. @param {Panel} panel */
function drawRailLines(panel) {
  const { view, root, svg, overlay } = panel;
  const { rail, light } = view;
  if (!light?.rail.size || !root.isConnected) {
    if (overlay.firstChild) overlay.replaceChildren();
    return;
  }
  const { k, x, y } = panel.scale();
  const corner = svg.getBoundingClientRect();
  const ends = rail.ends();
  const lines = [];
  for (const one of view.data.rail) {
    const end = ends.get(one.id);
    if (!light.rail.has(one.id) || !end) continue;
    const toRight = end.left > corner.left;
    for (const use of one.uses) {
      const lit = light.nodes.get(use.module);
      const spot = (lit === "focus" || lit === "on") && panel.end(use.module);
      if (!spot) continue;
      const from = x + k * (toRight ? spot.x + spot.width : spot.x);
      const to = toRight ? corner.width : 0;
      const [ya, yb] = [y + k * (spot.y + spot.height / 2), end.middle - corner.top];
      const bend = (to - from) / 2;
      const d = `M${from} ${ya}C${from + bend} ${ya} ${to - bend} ${yb} ${to} ${yb}`;
      lines.push(draw("path", { d, class: `lg-rail-line lg-${use.how === "imports" ? "out" : "in"}` }));
    }
  }
  overlay.replaceChildren(...lines);
}
