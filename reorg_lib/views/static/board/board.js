// @ts-check
/**
 * The review board: keys and clicks become what somebody wants, and are sent; Python decides, writes
 * the plan file and answers with new rows.
 */

const LOOK_EVERY = 2000;

class Board {
  /** @param {Model} model */
  constructor(model) {
    this.model = model;
    this.silence = make("p", { class: "rb-problem", role: "status", hidden: "" });
    this.line = new Line(model, (silent) => {
      this.silence.textContent = silent ? SILENCE : "";
      this.silence.hidden = !silent;
    });
    this.table = new Table((concern, decision) => this.decidePending(concern, decision));
    this.pane = new Pane(model, this.line, {
      retarget: (source, to) => this.retarget(source, to, this.seen(source), () => this.takeFocus()),
      leave: () => this.takeFocus(),
    });
    this.help = new Help(() => this.table.grid.focus());
    this.filters = new Filters(() => this.show());
    this.bar = new Bar(model, {
      decide: (name) => this.decide(name),
      note: () => this.edit("note"),
      help: () => this.help.open(),
      send: (kind) => this.line.send({ kind }),
    });
    this.root = make("div",
      { class: "rb-root", "data-lm-suppress-shortcuts": "true", role: "group",
        "aria-label": "review board" },
      this.bar.root, this.filters.root, this.silence, this.bar.problem, this.bar.remark,
      make("div", { class: "rb-main" }, this.table.grid, this.pane.root), this.help.root);
    this.line.root = this.root;
    this.root.addEventListener("keydown", (event) => this.onKey(event));
    this.table.body.addEventListener("click", (event) => this.onClick(event));
    this.looking = setInterval(() => this.look(), LOOK_EVERY);
  }

  /** Ask whether the plan file was changed, as long as somebody looks and Python answers. */
  look() {
    if (!this.root.isConnected || document.hidden || this.line.open.size) return;
    this.line.send({ kind: "look" });
  }

  /** Draw what Python says now. */
  update() {
    const hadFocus = this.root.contains(document.activeElement);
    this.table.take(this.model.get("_rows"));
    this.bar.draw();
    this.filters.offer(this.table.rows);
    this.show();
    if (hadFocus && !this.root.contains(document.activeElement)) this.table.grid.focus();
  }

  /** Show what the filters keep; the current row is one of these. */
  show() {
    this.table.show((row) => this.filters.keeps(row));
    if (this.table.isShown(this.table.current)) this.table.mark();
    else this.select(this.table.shown[0]?.source ?? "", false);
  }

  /** @param {string} source @param {boolean} [scroll] */
  select(source, scroll = true) {
    this.table.current = source;
    this.table.mark();
    const element = this.table.lines.get(source)?.element;
    if (element && scroll) this.table.scrollTo(element);
    this.pane.show(source);
    clearTimeout(this.telling);
    this.telling = setTimeout(() => {
      if (this.model.get("selected") === this.table.current) return;
      this.model.set("selected", this.table.current);
      this.model.save_changes();
    }, 40);
  }

  /** Follow what is selected elsewhere. @param {string} source */
  follow(source) {
    if (!source || source === this.table.current) return;
    if (!this.table.isShown(source)) this.filters.choose(FILTERS[0]);
    this.select(source);
  }

  /** Have the keys again, unless somebody types. */
  takeFocus() {
    if (!isTyping(document.activeElement)) this.table.grid.focus();
  }

  /** @param {string} decision */
  decide(decision) {
    const rows = this.table.chosen();
    const field = rows.map((row) => this.table.fieldOf(row.source)).find(Boolean);
    if (field) return field.focus(); // what is typed there comes first
    const single = !this.table.picked.size;
    this.table.picked.clear();
    sendDecision(this.line, rows, decision);
    if (single) this.step(1);
    else this.table.mark();
  }

  /** @param {string} concern @param {string} decision */
  decidePending(concern, decision) {
    const rows = this.table.rows.filter((row) => row.concern === concern
      && row.decision === "pending" && !this.table.fieldOf(row.source)
      && (decision !== "approved" || raisesNoQuestion(row)));
    sendDecision(this.line, rows, decision);
    this.takeFocus();
  }

  /** What Python must find unchanged in a step, for a decision about it. @param {string} source */
  seen(source) {
    const rows = /** @type {Row[]} */ (this.model.get("_rows"));
    return rows.find((row) => row.source === source)?.seen ?? "";
  }

  /**
   * @param {string} source @param {string} target @param {string} seen
   * @param {(refused: string) => void} done
   */
  retarget(source, target, seen, done) {
    this.line.send({ kind: "retarget", source, seen, target }, done);
  }

  /** @param {"to" | "note"} what */
  edit(what) {
    const line = this.table.lines.get(this.table.current);
    if (!line || !line.element.isConnected) return;
    const { row, element } = line;
    if (what === "to" && !row.to) return;
    const cell = /** @type {HTMLElement} */ (element.querySelector(what === "to" ? ".rb-to" : ".rb-why"));
    const open = fieldIn(element);
    if (open) return open.focus();
    const about = what === "to"
      ? { label: `new target of ${row.from}`, value: row.to, choices: () => this.model.get("_folders") }
      : { label: `note on ${row.from}`, value: row.note };
    // What was before their eyes: who was refused because it changed has seen what it is now.
    let seen = row.seen;
    editInPlace(cell, about, (value, done) => {
      const heard = (/** @type {string} */ refused) => {
        seen = this.seen(row.source);
        done(refused);
      };
      if (what === "to") this.retarget(row.source, value, seen, heard);
      else this.line.send({ kind: "note", source: row.source, seen, note: value }, heard);
    }, (hadFocus) => {
      if (hadFocus) this.table.grid.focus();
      this.update();
    });
  }

  /** @param {number} by @param {boolean} [picking] */
  step(by, picking = false) {
    const next = this.table.further(by);
    if (!next) return;
    if (picking) this.table.picked.add(this.table.current).add(next);
    this.select(next);
  }

  /** @param {MouseEvent} event */
  onClick(event) {
    if (!(event.target instanceof Element) || event.target.closest("input, button")) return;
    const element = /** @type {HTMLElement | null} */ (event.target.closest("[data-source]"));
    const source = element?.dataset.source;
    if (!source) return;
    const again = source === this.table.current;
    this.select(source);
    this.table.grid.focus();
    if (event.shiftKey || event.ctrlKey || event.metaKey || event.target.closest(".rb-pick")) {
      this.table.pick(source, event.shiftKey);
    } else if (event.target.closest(".rb-to") && again) this.edit("to");
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const target = /** @type {Element} */ (event.target);
    if (target === this.filters.search || target === this.filters.concern) {
      if (event.key === "Escape" || (event.key === "Enter" && target === this.filters.search)) {
        this.table.grid.focus();
        event.preventDefault();
      }
      event.stopPropagation();
      return;
    }
    const field = this.table.fieldOf(this.table.current) ?? fieldIn(this.pane.panel);
    if (isTyping(target) || typeInto(field, event)) return;
    if ((event.ctrlKey || event.metaKey) && event.key === "a") {
      for (const row of this.table.shown) this.table.picked.add(row.source);
      this.table.mark();
    } else if (event.ctrlKey || event.metaKey || event.altKey) return;
    else if (!this.command(event)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Do what a key says; tell whether it says something. @param {KeyboardEvent} event */
  command(event) {
    const decision = DECISIONS.find(({ key }) => key === event.key);
    const tab = TABS[Number(event.key) - 1];
    if (event.key === "Escape") {
      if (this.help.isOpen) this.help.close();
      else this.table.picked.clear();
      this.table.mark();
    } else if (this.help.isOpen) return false;
    else if (decision) this.decide(decision.name);
    else if (event.key === "j" || event.key === "ArrowDown") this.step(1, event.shiftKey);
    else if (event.key === "k" || event.key === "ArrowUp") this.step(-1, event.shiftKey);
    else if (event.key === "J") this.step(1, true);
    else if (event.key === "K") this.step(-1, true);
    else if (event.key === "e") this.edit("to");
    else if (event.key === "n") this.edit("note");
    else if (event.key === "u") this.line.send({ kind: "undo" });
    else if (event.key === "U") this.line.send({ kind: "redo" });
    else if (event.key === "x") this.table.pick(this.table.current, false);
    else if (event.key === "X") this.table.pick(this.table.current, true);
    else if (event.key === "/") this.filters.search.focus();
    else if (event.key === "f") this.filters.chooseNext();
    else if (event.key === "?") this.help.open();
    else if (tab) this.pane.open(tab.name);
    else return false;
    return true;
  }

  close() {
    clearInterval(this.looking);
    this.line.close();
    this.root.remove();
  }
}
