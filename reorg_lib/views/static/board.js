// @ts-check
/**
 * The review table. It draws rows and sends what somebody wants; Python decides and answers with
 * new rows. Every text is set as text, never as markup. No build step, nothing from a network.
 *
 * @typedef {{ source: string, seen: string, kind: string, from: string, to: string,
 *   concern: string, serves: string, candidates: string[], decision: string, reason: string,
 *   note: string, refused: string }} Row
 * @typedef {{ get(key: string): any, send(content: object): void,
 *   on(event: string, callback: () => void): void,
 *   off(event: string, callback: () => void): void }} Model
 */

const DECISIONS = [
  { name: "approved", sign: "✓", verb: "approve", key: "a" },
  { name: "rejected", sign: "✗", verb: "reject", key: "r" },
  { name: "pending", sign: "?", verb: "leave open", key: "p" },
];
const HELP = [
  ["j / k", "next, previous"],
  ["a", "approve"],
  ["r", "reject"],
  ["p", "leave open"],
  ["e", "retarget"],
  ["u", "undo"],
  ["/", "filter"],
];

/**
 * Make an element with attributes and children.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** The table of one view: what is drawn, which row is current, what the filter hides. */
class Table {
  /** @param {Model} model */
  constructor(model) {
    this.model = model;
    /** @type {Map<string, { row: Row, element: HTMLTableRowElement, drawn: string }>} */
    this.lines = new Map();
    this.current = "";
    this.editing = "";
    this.filter = make("input", { type: "search", placeholder: "filter", "aria-label": "filter" });
    this.counts = make("span", { class: "rb-counts", role: "status" });
    this.problem = make("p", { class: "rb-problem", role: "status" });
    this.body = make("tbody");
    this.root = this.frame();
    this.listen();
  }

  frame() {
    const undo = make("button", { type: "button", title: "undo the last decision (u)" }, "undo");
    undo.addEventListener("click", () => this.model.send({ kind: "undo" }));
    const reload = make("button", { type: "button", title: "read the plan file again" }, "reload");
    reload.addEventListener("click", () => this.model.send({ kind: "reload" }));
    const keys = HELP.flatMap(([key, what]) => [make("kbd", {}, key), ` ${what}  `]);
    const titles = ["decision", "from", "to", "adapts · serves", "why"];
    const head = make("tr", {}, ...titles.map((title) => make("th", { scope: "col" }, title)));
    return make(
      "div",
      { class: "rb-root", tabindex: "0", "data-lm-suppress-shortcuts": "true", role: "group",
        "aria-label": "steps of the plan" },
      make("div", { class: "rb-bar" }, this.filter, undo, reload, this.counts),
      make("div", { class: "rb-keys" }, ...keys),
      this.problem,
      make("div", { class: "rb-scroll" },
        make("table", {}, make("thead", {}, head), this.body)),
    );
  }

  listen() {
    this.filter.addEventListener("input", () => this.applyFilter());
    this.root.addEventListener("keydown", (event) => this.onKey(event));
    this.body.addEventListener("click", (event) => {
      if (!(event.target instanceof Element)) return;
      const line = event.target.closest("tr");
      if (line) this.select(line.dataset.source ?? "");
    });
  }

  /** Draw what Python says now; rows that did not change keep their elements. */
  update() {
    const rows = /** @type {Row[]} */ (this.model.get("_rows"));
    const hadFocus = this.root.contains(document.activeElement);
    const there = new Set(rows.map((row) => row.source));
    for (const [source, line] of this.lines) {
      if (!there.has(source)) {
        line.element.remove();
        this.lines.delete(source);
      }
    }
    for (const row of rows) {
      const drawn = JSON.stringify(row);
      const line = this.lines.get(row.source);
      if (line && line.drawn === drawn) {
        this.body.append(line.element);
        continue;
      }
      const element = this.draw(row);
      if (line) line.element.remove();
      this.lines.set(row.source, { row, element, drawn });
      this.body.append(element);
    }
    const counts = this.model.get("counts");
    this.counts.textContent = DECISIONS.map((d) => `${counts[d.name] ?? 0} ${d.name}`).join(" · ");
    const problem = this.model.get("_open_problem");
    this.problem.textContent = problem ? `The approved steps cannot be exported yet: ${problem}` : "";
    this.problem.hidden = !problem;
    if (!this.lines.has(this.current)) this.current = rows[0]?.source ?? "";
    this.applyFilter();
    if (hadFocus) this.select(this.current);
    if (hadFocus && !this.root.contains(document.activeElement)) this.root.focus();
  }

  /**
   * @param {Row} row
   * @returns {HTMLTableRowElement}
   */
  draw(row) {
    const buttons = DECISIONS.map(({ name, sign, verb, key }) => {
      const button = make("button", {
        type: "button", class: `rb-${name}`, title: `${verb} (${key})`,
        "aria-label": `${verb} ${row.from}`, "aria-pressed": String(row.decision === name),
      }, sign);
      button.addEventListener("click", () => this.decide(row, name));
      return button;
    });
    const why = make("td", { class: "rb-why" }, row.reason);
    if (row.note) why.append(make("div", { class: "rb-note" }, `note: ${row.note}`));
    if (row.refused) why.append(make("div", { class: "rb-refused", role: "alert" }, row.refused));
    return make(
      "tr",
      { "data-source": row.source, class: `rb-row rb-is-${row.decision}` },
      make("td", { class: "rb-decide" }, ...buttons),
      make("td", { class: "rb-path" }, row.from),
      this.target(row),
      make("td", { class: "rb-serves" }, row.serves),
      why,
    );
  }

  /**
   * The target cell: a button that turns into a field, and the candidates as buttons.
   * @param {Row} row
   */
  target(row) {
    if (row.kind === "deletion") return make("td", { class: "rb-path" }, "(deleted)");
    if (row.kind === "guardrail") return make("td", { class: "rb-path" }, "(guardrail)");
    const cell = make("td", { class: "rb-path" });
    const edit = make("button", { type: "button", class: "rb-to", title: "retarget (e)" }, row.to);
    edit.addEventListener("click", () => this.edit(row.source));
    cell.append(edit);
    for (const candidate of row.candidates) {
      const other = make("button", { type: "button", class: "rb-candidate",
        title: "take this target instead" }, `or ${candidate}`);
      other.addEventListener("click", () => this.retarget(row, candidate));
      cell.append(other);
    }
    return cell;
  }

  /** @param {string} source */
  edit(source) {
    const line = this.lines.get(source);
    const button = line?.element.querySelector(".rb-to");
    if (!line || !button || this.editing) return;
    this.editing = source;
    const field = make("input", { type: "text", class: "rb-field",
      "aria-label": `new target of ${line.row.from}` });
    field.value = line.row.to;
    const leave = (/** @type {boolean} */ take) => {
      if (!this.editing) return;
      this.editing = "";
      const value = field.value;
      field.replaceWith(button);
      this.root.focus();
      if (take && value !== line.row.to) this.retarget(line.row, value);
    };
    field.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter" || event.key === "Escape") {
        event.preventDefault();
        leave(event.key === "Enter");
      }
    });
    field.addEventListener("blur", () => leave(false));
    button.replaceWith(field);
    field.focus();
    field.select();
  }

  /** @param {Row} row @param {string} decision */
  decide(row, decision) {
    this.model.send({ kind: "decide", source: row.source, seen: row.seen, decision });
  }

  /** @param {Row} row @param {string} target */
  retarget(row, target) {
    this.model.send({ kind: "retarget", source: row.source, seen: row.seen, target });
  }

  applyFilter() {
    const wanted = this.filter.value.toLowerCase();
    for (const { row, element } of this.lines.values()) {
      const text = [row.from, row.to, row.serves, row.reason, row.decision].join(" ").toLowerCase();
      element.hidden = !text.includes(wanted);
    }
    this.select(this.current, false);
  }

  /** @param {string} source @param {boolean} [scroll] */
  select(source, scroll = true) {
    this.lines.get(this.current)?.element.removeAttribute("aria-current");
    this.current = source;
    const element = this.lines.get(source)?.element;
    element?.setAttribute("aria-current", "true");
    if (scroll) element?.scrollIntoView({ block: "nearest" });
  }

  /** @param {number} by */
  step(by) {
    const shown = [...this.body.rows].filter((row) => !row.hidden);
    const at = shown.findIndex((row) => row.dataset.source === this.current);
    const next = shown[Math.max(0, Math.min(shown.length - 1, at + by))];
    if (next) this.select(next.dataset.source ?? "");
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target === this.filter) {
      if (event.key === "Enter" || event.key === "Escape") this.root.focus();
      return;
    }
    const line = this.lines.get(this.current);
    const shown = line && !line.element.hidden ? line : undefined;
    const chosen = DECISIONS.find((decision) => decision.key === event.key);
    if (chosen) {
      if (shown) this.decide(shown.row, chosen.name);
      this.step(1);
    } else if (event.key === "j" || event.key === "ArrowDown") this.step(1);
    else if (event.key === "k" || event.key === "ArrowUp") this.step(-1);
    else if (event.key === "e") shown && this.edit(this.current);
    else if (event.key === "u") this.model.send({ kind: "undo" });
    else if (event.key === "/") this.filter.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

export default {
  /** @param {{ model: Model, el: HTMLElement }} context */
  render({ model, el }) {
    const table = new Table(model);
    const update = () => table.update();
    const events = ["change:_rows", "change:counts", "change:_open_problem"];
    for (const event of events) model.on(event, update);
    update();
    el.append(table.root);
    return () => {
      for (const event of events) model.off(event, update);
      table.root.remove();
    };
  },
};
