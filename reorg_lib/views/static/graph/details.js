// @ts-check
/**
 * What stands beside or below the panels about the module that is selected.
 */

/** What is known of the selected module, and what one can ask and wish about it. */
class Details {
  /** @param {View} view */
  constructor(view) {
    this.view = view;
    /** @type {HTMLInputElement | undefined} */
    this.field = undefined;
    this.root = make("div", { class: "lg-details", role: "region", "aria-label": "the selected module" });
  }

  /** Say all that is known of the selected module. */
  draw() {
    const { view } = this;
    const node = view.node(view.selected);
    this.root.hidden = !node;
    if (!node) return this.root.replaceChildren();
    const title = make("div", { class: "lg-title" }, make("strong", {}, node.before?.path ?? node.id));
    if (node.after && node.after.path !== node.before?.path) title.append(` → ${node.after.path}`);
    if (node.reason) title.append(make("div", { class: "lg-reason" }, node.reason));
    const acts = make("div", { class: "lg-acts" });
    for (const { name, text } of SETS) {
      const set = view.walks.set(name, node.id);
      acts.append(makeButton(`${text} ${set.size}`, "", () => view.showSet(name, set),
        { "aria-pressed": String(view.shown?.name === name), "data-set": name }));
    }
    acts.append(makeButton("paths to …", "", () => view.pick(), { "aria-pressed": String(view.picking) }));
    const list = make("div", { class: "lg-lists" });
    if (view.shown) list.append(...this.listShown());
    const old = this.field;
    const typed = old === document.activeElement && old?.dataset.of === node.id ? old.value : "";
    if (view.wishes.areTaken()) acts.append(this.mover(node));
    this.root.replaceChildren(title, acts, list);
    // A plan that somebody else changed takes nothing from whoever types.
    if (typed && this.field) {
      this.field.value = typed;
      this.field.focus();
    }
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
      makeButton(view.name(id), id, () => view.choose(id, false), { class: "lg-name" }));
  }

  /** Moving without a mouse. @param {Module} node */
  mover(node) {
    const { view } = this;
    const id = uniqueId("packages");
    const options = make("datalist", { id }, ...view.data.moments.after.packages.map((one) => make("option", { value: one.id })));
    const field = make("input", { list: id, "aria-label": "package to move it to",
      placeholder: "move to package", "data-of": node.id });
    this.field = field;
    const go = () => view.wishes.ask(node.id, field.value.trim());
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") go();
    });
    return make("div", { class: "lg-mover" }, field, options, makeButton("Move", "", go));
  }
}
