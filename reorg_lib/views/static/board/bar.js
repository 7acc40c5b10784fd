// @ts-check
/**
 * What stands above the rows: how far the plan is, the buttons, and what keeps it from an export.
 */

class Bar {
  /**
   * @param {Model} model
   * @param {{ decide: (name: string) => void, note: () => void, help: () => void,
   *   send: (kind: string) => void }} acts
   */
  constructor(model, acts) {
    this.model = model;
    this.progress = make("span", { class: "rb-progress", role: "status" });
    this.meter = make("progress", { "aria-label": "steps decided", max: "1", value: "0" });
    this.undo = makeButton("↶", "undo (u)", () => acts.send("undo"), { "aria-label": "undo" });
    this.redo = makeButton("↷", "redo (U)", () => acts.send("redo"), { "aria-label": "redo" });
    const decisions = DECISIONS.map(({ name, sign, verb, key }) => makeButton(`${sign} ${verb}`,
      `${verb} the current step, or those picked (${key})`, () => acts.decide(name),
      { class: `rb-do rb-do-${name}` }));
    this.shipped = makeButton("take over the shipped decisions",
      "make the plan what was shipped with it; undo (u) takes it back", () => acts.send("take-over"));
    const note = makeButton("note", "write a note (n)", acts.note);
    const help = makeButton("?", "the keys (?)", acts.help, { "aria-label": "keys" });
    this.root = make("div", { class: "rb-bar" }, this.progress, this.meter, this.shipped, ...decisions, note,
      this.undo, this.redo, help);
    this.problem = make("details", { class: "rb-problem" });
    this.remark = make("p", { class: "rb-remark", role: "status" });
  }

  draw() {
    const counts = this.model.get("counts");
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
    this.progress.textContent = this.model.get("progress");
    this.meter.max = Math.max(1, total);
    this.meter.value = total - (counts.pending ?? 0);
    this.shipped.hidden = !this.model.get("_has_shipped") || !counts.pending;
    const { undo, redo, remark } = this.model.get("_history");
    this.remark.textContent = remark ?? "";
    this.remark.hidden = !remark;
    this.undo.disabled = !undo;
    this.undo.title = undo ? `undo: ${undo} (u)` : "nothing to undo";
    this.redo.disabled = !redo;
    this.redo.title = redo ? `redo: ${redo} (U)` : "nothing to redo";
    const problem = this.model.get("_open_problem");
    const [first, ...more] = problem.split("\n");
    this.problem.replaceChildren(make("summary", {},
      `What is approved so far cannot be exported yet: ${first}`), more.join("\n"));
    this.problem.hidden = !problem;
  }
}
