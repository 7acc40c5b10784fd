// @ts-check
/**
 * The review board: what is drawn, which row is current, which are picked, what the filter hides.
 * It sends what somebody wants; Python decides, writes the plan file and answers with new rows.
 */

const KEYS = [
  ["j k ↓ ↑", "next, previous"],
  ["a", "approve"],
  ["r", "reject"],
  ["p", "leave open"],
  ["e", "change the target: Tab completes, Enter takes it, Esc leaves it"],
  ["n", "write a note"],
  ["u U", "undo, redo"],
  ["x", "pick a row; X picks the range from the last pick"],
  ["Ctrl+A", "pick all that are shown"],
  ["Esc", "pick none"],
  ["/", "search"],
  ["f", "next filter"],
  ["1 2 3 4", "why, diff, hazards, tree"],
  ["?", "these keys"],
];
const FILTERS = [
  { name: "all", title: "all", keeps: () => true },
  { name: "pending", title: "pending", keeps: (/** @type {Row} */ row) => row.decision === "pending" },
  { name: "ambiguous", title: "ambiguous", keeps: (/** @type {Row} */ row) => row.ambiguous },
  { name: "hazards", title: "with hazards", keeps: (/** @type {Row} */ row) => row.hazards > 0 },
];
const COLUMNS = ["", "", "from", "to", "technology", "context", "role", "sure", "⚠"];
const COLUMN_NAMES = ["picked", "decision", "from", "to", "technology", "bounded context", "role",
  "confidence", "hazards"];
const LOOK_EVERY = 2000;

class Board {
  /** @param {Model} model */
  constructor(model) {
    this.model = model;
    /** @type {Map<string, { row: Row, element: HTMLElement, drawn: string }>} */
    this.lines = new Map();
    /** @type {Row[]} */
    this.rows = [];
    /** @type {Row[]} */
    this.shown = [];
    /** @type {Map<string, { text: string, element: HTMLElement }>} */
    this.headings = new Map();
    /** @type {Set<string>} */
    this.picked = new Set();
    this.current = "";
    this.anchor = "";
    this.filter = FILTERS[0];
    this.silence = make("p", { class: "rb-problem", role: "status" });
    this.line = new Line(model, (silent) => {
      this.silence.textContent = silent ? SILENCE : "";
      this.silence.hidden = !silent;
    });
    this.silence.hidden = true;
    this.pane = new Pane(model, this.line, {
      retarget: (source, to) => this.retarget(source, to, this.seen(source), () => this.takeFocus()),
      leave: () => this.takeFocus(),
    });
    this.build();
    this.line.root = this.root;
    this.listen();
    this.looking = setInterval(() => this.look(), LOOK_EVERY);
  }

  build() {
    this.search = make("input", { type: "search", placeholder: "search (/)", "aria-label": "search" });
    this.concern = make("select", { "aria-label": "concern" });
    this.chips = make("div", { class: "rb-chips", role: "group", "aria-label": "filter" });
    for (const filter of FILTERS) {
      this.chips.append(makeButton(filter.title, `show ${filter.title} (f)`,
        () => this.setFilter(filter), { "aria-pressed": "false", "data-filter": filter.name }));
    }
    this.progress = make("span", { class: "rb-progress", role: "status" });
    this.meter = make("progress", { "aria-label": "steps decided", max: "1", value: "0" });
    this.undo = makeButton("↶", "undo (u)", () => this.line.send({ kind: "undo" }),
      { "aria-label": "undo" });
    this.redo = makeButton("↷", "redo (U)", () => this.line.send({ kind: "redo" }),
      { "aria-label": "redo" });
    const acts = DECISIONS.map(({ name, sign, verb, key }) => makeButton(`${sign} ${verb}`,
      `${verb} the current step, or those picked (${key})`, () => this.decide(name),
      { class: `rb-do rb-do-${name}` }));
    const note = makeButton("note", "write a note (n)", () => this.edit("note"));
    const help = makeButton("?", "the keys (?)", () => this.showHelp(true), { "aria-label": "keys" });
    this.problem = make("details", { class: "rb-problem" });
    this.remark = make("p", { class: "rb-remark", role: "status" });
    this.body = make("div", { role: "rowgroup", class: "rb-body" });
    const head = make("div", { role: "row", class: "rb-row rb-head" }, ...COLUMNS.map((title, at) =>
      make("div", { role: "columnheader", title: COLUMN_NAMES[at] }, title ||
        make("span", { class: "rb-unseen" }, COLUMN_NAMES[at]))),
      make("div", { role: "columnheader", class: "rb-unseen" }, "why"));
    this.grid = make("div", { role: "grid", class: "rb-grid", tabindex: "0",
      "aria-label": "steps of the plan", "aria-multiselectable": "true" },
      make("div", { role: "rowgroup", class: "rb-headgroup" }, head), this.body);
    this.help = this.drawHelp();
    this.root = make("div",
      { class: "rb-root", "data-lm-suppress-shortcuts": "true", role: "group",
        "aria-label": "review board" },
      make("div", { class: "rb-bar" }, this.progress, this.meter, ...acts, note, this.undo,
        this.redo, help),
      make("div", { class: "rb-bar" }, this.search, this.chips, this.concern),
      this.silence, this.problem, this.remark,
      make("div", { class: "rb-main" }, this.grid, this.pane.root), this.help);
  }

  drawHelp() {
    const close = makeButton("close", "close (Esc)", () => this.showHelp(false));
    const keys = KEYS.flatMap(([key, what]) => [make("dt", {}, make("kbd", {}, key)),
      make("dd", {}, what)]);
    const help = make("div", { class: "rb-help", role: "dialog", "aria-label": "keys" },
      make("dl", {}, ...keys), close);
    help.hidden = true;
    return help;
  }

  /** @param {boolean} isOpen */
  showHelp(isOpen) {
    this.help.hidden = !isOpen;
    if (isOpen) /** @type {HTMLElement} */ (this.help.querySelector("button")).focus();
    else this.grid.focus();
  }

  listen() {
    this.search.addEventListener("input", () => this.applyFilter());
    this.concern.addEventListener("change", () => this.applyFilter());
    this.root.addEventListener("keydown", (event) => this.onKey(event));
    this.body.addEventListener("click", (event) => this.onClick(event));
  }

  /** Ask whether the plan file was changed, as long as somebody looks and Python answers. */
  look() {
    if (!this.root.isConnected || document.hidden || this.line.open.size) return;
    this.line.send({ kind: "look" });
  }

  /** Draw what Python says now; rows that did not change keep their elements. */
  update() {
    const rows = /** @type {Row[]} */ ([...this.model.get("_rows")]);
    const hadFocus = this.root.contains(document.activeElement);
    const there = new Set(rows.map((row) => row.source));
    for (const [source, line] of this.lines) {
      if (!there.has(source)) {
        if (fieldIn(line.element)) {
          rows.push(line.row); // until whoever types in it is done
          continue;
        }
        line.element.remove();
        this.lines.delete(source);
        this.picked.delete(source);
      }
    }
    for (const row of rows) {
      const drawn = JSON.stringify(row);
      const line = this.lines.get(row.source);
      if (line?.drawn === drawn) continue;
      if (line && fieldIn(line.element)) {
        redrawAround(line.element, row);
        this.lines.set(row.source, { row, element: line.element, drawn: "" });
        continue;
      }
      const element = drawRow(row);
      line?.element.replaceWith(element);
      this.lines.set(row.source, { row, element, drawn });
    }
    this.rows = rows;
    this.drawState();
    this.applyFilter();
    if (hadFocus && !this.root.contains(document.activeElement)) this.grid.focus();
  }

  drawState() {
    const counts = this.model.get("counts");
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
    this.progress.textContent = this.model.get("progress");
    this.meter.max = Math.max(1, total);
    this.meter.value = total - (counts.pending ?? 0);
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
    const concerns = [...new Set(this.rows.map((row) => row.concern))];
    const hadChoice = this.concern.options.length > 0;
    const held = this.concern.value;
    this.concern.replaceChildren(make("option", { value: "*" }, "every concern"),
      ...concerns.map((concern) => make("option", { value: concern }, concern || "(no concern)")));
    this.concern.value = hadChoice && concerns.includes(held) ? held : "*";
  }

  /** Put the rows that the filter keeps below the head of their concern. */
  applyFilter() {
    const wanted = (this.search?.value ?? "").toLowerCase();
    const concern = this.concern?.value ?? "*";
    this.shown = this.rows.filter((row) => this.fieldOf(row.source) || this.filter.keeps(row)
      && (concern === "*" || row.concern === concern)
      && (!wanted || [row.from, row.to, row.technology, row.context, row.role, row.reason, row.note,
        row.decision].join(" ").toLowerCase().includes(wanted)));
    /** @type {Node[]} */
    const children = [];
    let last = null;
    for (const row of this.shown) {
      if (row.concern !== last) children.push(this.heading(row.concern));
      last = row.concern;
      const line = this.lines.get(row.source);
      if (line) children.push(line.element);
    }
    const now = [...this.body.childNodes];
    if (now.length !== children.length || children.some((child, at) => child !== now[at])) {
      const at = this.grid.scrollTop;
      const active = /** @type {HTMLElement | null} */ (document.activeElement);
      this.body.replaceChildren(...children);
      this.grid.scrollTop = at;
      if (active && this.body.contains(active)) active.focus();
    }
    for (const chip of this.chips.children) {
      chip.setAttribute("aria-pressed",
        String(/** @type {HTMLElement} */ (chip).dataset.filter === this.filter.name));
    }
    this.grid.setAttribute("aria-rowcount", String(this.shown.length));
    if (!this.shown.some((row) => row.source === this.current)) {
      this.select(this.shown[0]?.source ?? "", false);
    } else this.mark();
  }

  /** @param {string} concern @returns {HTMLElement} */
  heading(concern) {
    const rows = this.rows.filter((row) => row.concern === concern);
    const open = rows.filter((row) => row.decision === "pending");
    const text = `${concern ? `${concern}/` : "no concern"} · ${rows.length} steps`;
    const known = this.headings.get(concern);
    if (known?.text === `${text} ${open.length}`) return known.element;
    const cell = make("div", { role: "gridcell", class: "rb-concern" }, make("strong", {}, text));
    if (open.length) {
      cell.append(makeButton(`approve ${open.length} pending`, `approve what is pending in ${concern}`,
        () => this.sendPending(concern, "approved"), { tabindex: "-1", "data-concern": concern }));
      cell.append(makeButton("reject", `reject what is pending in ${concern}`,
        () => this.sendPending(concern, "rejected"), { tabindex: "-1",
          "aria-label": `reject what is pending in ${concern}` }));
    }
    const element = make("div", { role: "row", class: "rb-heading" }, cell);
    this.headings.set(concern, { text: `${text} ${open.length}`, element });
    return element;
  }

  /** @param {typeof FILTERS[0]} filter */
  setFilter(filter) {
    this.filter = filter;
    this.applyFilter();
  }

  /** @param {string} source @param {boolean} [tell] */
  select(source, tell = true) {
    this.current = source;
    this.mark();
    const element = this.lines.get(source)?.element;
    if (element && tell) this.scrollTo(element);
    this.pane.show(source);
    clearTimeout(this.telling);
    this.telling = setTimeout(() => {
      if (this.model.get("selected") === this.current) return;
      this.model.set("selected", this.current);
      this.model.save_changes();
    }, 40);
  }

  /** Scroll the grid, and never the notebook. @param {HTMLElement} element */
  scrollTo(element) {
    const head = /** @type {HTMLElement} */ (this.grid.firstElementChild).offsetHeight;
    const top = element.offsetTop - head;
    const bottom = element.offsetTop + element.offsetHeight - this.grid.clientHeight;
    if (this.grid.scrollTop > top) this.grid.scrollTop = top;
    else if (this.grid.scrollTop < bottom) this.grid.scrollTop = bottom;
  }

  /** Show which row is current and which are picked. */
  mark() {
    for (const [source, { element }] of this.lines) {
      const isCurrent = source === this.current;
      if (element.classList.contains("rb-current") !== isCurrent) {
        element.classList.toggle("rb-current", isCurrent);
      }
      const isPicked = String(this.picked.has(source));
      if (element.getAttribute("aria-selected") !== isPicked) {
        element.setAttribute("aria-selected", isPicked);
      }
    }
    const element = this.lines.get(this.current)?.element;
    if (element?.isConnected) this.grid.setAttribute("aria-activedescendant", element.id);
    else this.grid.removeAttribute("aria-activedescendant");
  }

  /** The field that is open in a row. @param {string} source */
  fieldOf(source) {
    const element = this.lines.get(source)?.element;
    return element && fieldIn(element);
  }

  /** Have the keys again, unless somebody types. */
  takeFocus() {
    if (!isTyping(document.activeElement)) this.grid.focus();
  }

  /** The rows that a decision is about: those picked and shown, or the current one. */
  chosen() {
    const picked = this.shown.filter((row) => this.picked.has(row.source));
    return picked.length ? picked : this.shown.filter((row) => row.source === this.current);
  }

  /** @param {string} decision */
  decide(decision) {
    const rows = this.chosen();
    const field = rows.map((row) => this.fieldOf(row.source)).find(Boolean);
    if (field) return field.focus(); // what is typed there comes first
    const single = !this.picked.size;
    this.picked.clear();
    this.send(rows, decision);
    if (single) this.step(1);
    else this.mark();
  }

  /** @param {string} concern @param {string} decision */
  sendPending(concern, decision) {
    this.send(this.rows.filter(
      (row) => row.concern === concern && row.decision === "pending"
        && !this.fieldOf(row.source)), decision);
    this.takeFocus();
  }

  /** @param {Row[]} rows @param {string} decision */
  send(rows, decision) {
    if (!rows.length) return;
    const steps = rows.map(({ source, seen }) => ({ source, seen }));
    this.line.send({ kind: "decide", decision, steps });
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
    const line = this.lines.get(this.current);
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
      if (hadFocus) this.grid.focus();
      this.update();
    });
  }

  /** @param {number} by @param {boolean} [picking] */
  step(by, picking = false) {
    const at = this.shown.findIndex((row) => row.source === this.current);
    if (picking) this.picked.add(this.current);
    const next = this.shown[Math.max(0, Math.min(this.shown.length - 1, at + by))];
    if (picking && next) this.picked.add(next.source);
    if (next) this.select(next.source);
  }

  /** @param {string} source @param {boolean} isRange */
  pick(source, isRange) {
    const order = this.shown.map((row) => row.source);
    const [from, to] = [order.indexOf(this.anchor), order.indexOf(source)];
    if (isRange && from >= 0) {
      for (const one of order.slice(Math.min(from, to), Math.max(from, to) + 1)) this.picked.add(one);
    } else {
      if (!this.picked.delete(source)) this.picked.add(source);
      this.anchor = source;
    }
    this.mark();
  }

  /** @param {MouseEvent} event */
  onClick(event) {
    if (!(event.target instanceof Element) || event.target.closest("input, button")) return;
    const element = /** @type {HTMLElement | null} */ (event.target.closest("[data-source]"));
    const source = element?.dataset.source;
    if (!source) return;
    const again = source === this.current;
    this.select(source);
    this.grid.focus();
    if (event.shiftKey || event.ctrlKey || event.metaKey || event.target.closest(".rb-pick")) {
      this.pick(source, event.shiftKey);
    } else if (event.target.closest(".rb-to") && again) this.edit("to");
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const target = /** @type {Element} */ (event.target);
    if (target === this.search || target === this.concern) {
      if (event.key === "Escape" || (event.key === "Enter" && target === this.search)) {
        this.grid.focus();
        event.preventDefault();
      }
      event.stopPropagation();
      return;
    }
    const field = this.fieldOf(this.current) ?? fieldIn(this.pane.panel);
    if (isTyping(target) || typeInto(field, event)) return;
    if ((event.ctrlKey || event.metaKey) && event.key === "a") {
      for (const row of this.shown) this.picked.add(row.source);
      this.mark();
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
      if (!this.help.hidden) this.showHelp(false);
      else this.picked.clear();
      this.mark();
    } else if (!this.help.hidden) return false;
    else if (decision) this.decide(decision.name);
    else if (event.key === "j" || event.key === "ArrowDown") this.step(1, event.shiftKey);
    else if (event.key === "k" || event.key === "ArrowUp") this.step(-1, event.shiftKey);
    else if (event.key === "J") this.step(1, true);
    else if (event.key === "K") this.step(-1, true);
    else if (event.key === "e") this.edit("to");
    else if (event.key === "n") this.edit("note");
    else if (event.key === "u") this.line.send({ kind: "undo" });
    else if (event.key === "U") this.line.send({ kind: "redo" });
    else if (event.key === "x") this.pick(this.current, false);
    else if (event.key === "X") this.pick(this.current, true);
    else if (event.key === "/") this.search?.focus();
    else if (event.key === "f") {
      this.setFilter(FILTERS[(FILTERS.indexOf(this.filter) + 1) % FILTERS.length]);
    } else if (event.key === "?") this.showHelp(true);
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

export default {
  /** @param {{ model: Model, el: HTMLElement }} context */
  render({ model, el }) {
    const board = new Board(model);
    let waiting = false;
    const update = () => {
      if (waiting) return;
      waiting = true;
      queueMicrotask(() => { waiting = false; board.update(); });
    };
    const redraw = () => board.pane.draw();
    const follow = () => {
      const wanted = model.get("selected");
      if (!wanted || wanted === board.current) return;
      if (!board.shown.some((row) => row.source === wanted)) board.setFilter(FILTERS[0]);
      board.select(wanted);
    };
    /** @type {[string, () => void][]} */
    const heard = [
      ...["_rows", "counts", "progress", "_history", "_open_problem"].map(
        (name) => /** @type {[string, () => void]} */ ([`change:${name}`, update])),
      ["change:_detail", redraw], ["change:_diff", redraw], ["change:_hazards", redraw],
      ["change:selected", follow],
    ];
    for (const [event, callback] of heard) model.on(event, callback);
    el.append(board.root);
    board.current = model.get("selected");
    board.update();
    board.select(board.current || board.shown[0]?.source || "", false);
    return () => {
      for (const [event, callback] of heard) model.off(event, callback);
      board.close();
    };
  },
};
