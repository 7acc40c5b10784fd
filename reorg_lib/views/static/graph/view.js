// @ts-check
/**
 * The import graph to walk through: what is selected, lit, hidden and shown, over two panels and a
 * rail. The same module serves pages without a kernel.
 */

/** The whole: what is selected, lit, hidden and zoomed, over two panels and a rail. */
class View {
  /** @param {Model} model */
  constructor(model) {
    this.model = model;
    this.uid = uniqueId("lg");
    this.calm = matchMedia("(prefers-reduced-motion: reduce)");
    /** @type {Data} */
    this.data = model.get("_data");
    this.walks = new Walks(this.data);
    /** @type {Map<string, Module>} */
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
    this.camera = new Cameras(this);
    this.wishes = new Wishes(this);
    this.rail = new Rail(this);
    this.controls = new Controls(this);
    this.details = new Details(this);
    this.panels = [new Panel(this, "before"), new Panel(this, "after")];
    this.body = make("div", { class: "lg-body" });
    const { bar, legend, info } = this.controls;
    this.root = make("div", { class: "lg-root", "data-lm-suppress-shortcuts": "true", role: "region",
      "aria-label": `the import graph of ${this.data.package}` }, bar, legend, info, this.body);
    const [left, right] = this.panels;
    this.body.append(left.root, this.rail.root, right.root, this.details.root);
    this.root.addEventListener("keydown", (event) => onViewKey(this, event));
    this.takeTheme();
    this.load();
    this.camera.reset();
    this.select(model.get("_selected") ?? "");
    this.isToday = Boolean(model.get("_is_today")); // there is no other moment to turn to
    this.settled = this.isToday;
    this.setMode(this.isToday ? "before" : "both");
  }

  /** Take what Python sends, and show it at once. */
  load() {
    const before = this.nodesById;
    this.data = this.model.get("_data");
    this.walks = new Walks(this.data);
    this.nodesById = new Map(this.data.nodes.map((node) => [node.id, node]));
    this.camera.grow();
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
    this.details.draw();
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

  /** @param {Module} node */
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

  /** Follow the room that there is: until somebody says more, side by side where that can be read. */
  resize() {
    const { clientWidth } = this.root;
    this.root.classList.toggle("lg-narrow", clientWidth < NARROW);
    if (clientWidth && !this.settled) {
      const width = (clientWidth - RAIL) / 2 - 2 * MARGIN;
      const height = this.panels[1].size().height - 2 * MARGIN;
      const fit = Math.min(width / this.camera.extent.width, height / this.camera.extent.height);
      const mode = TEXT * fit < LEGIBLE ? "after" : "both";
      if (mode !== this.mode) this.setMode(mode);
    }
    this.panels.forEach((panel) => panel.look());
  }

  /** Show what somebody asks for, and go on doing so. @param {string} mode */
  chooseMode(mode) {
    if (this.isToday) return;
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
      labelItems(panel);
    }
    panel.put(mixed(spotsAt(this, "before"), spotsAt(this, "after"), t));
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
    this.details.draw();
    this.paint();
  }

  pick() {
    this.picking = !this.picking;
    this.details.draw();
    this.paint();
  }

  /** @param {string} name @param {Set<string>} set */
  showSet(name, set) {
    this.shown = this.shown?.name === name ? null : { name, on: new Set([...set, this.selected]), ends: [this.selected] };
    this.details.draw();
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
    this.details.draw();
    this.paint();
  }

  lightUp() {
    this.light = lightOf(this);
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

  /** @param {Module | undefined} node */
  hides(node) {
    return this.off.has(`technology:${node?.technology}`) || this.off.has(`context:${node?.context}`);
  }

  takeTheme() {
    const said = document.body?.dataset.jpThemeLight;
    const dark = said === undefined ? matchMedia("(prefers-color-scheme: dark)").matches : said === "false";
    this.root.dataset.theme = dark ? "dark" : "light";
  }
}
