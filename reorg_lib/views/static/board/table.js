// @ts-check
/**
 * The rows below the heads of their concerns: which are shown, which is current, which are picked.
 */

const COLUMNS = ["", "", "from", "to", "technology", "context", "role", "sure", "⚠"];
const COLUMN_NAMES = ["picked", "decision", "from", "to", "technology", "bounded context", "role",
  "confidence", "hazards"];

class Table {
  /** @param {(concern: string, decision: string) => void} decideConcern */
  constructor(decideConcern) {
    this.decideConcern = decideConcern;
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
    this.body = make("div", { role: "rowgroup", class: "rb-body" });
    const head = make("div", { role: "row", class: "rb-row rb-head" }, ...COLUMNS.map((title, at) =>
      make("div", { role: "columnheader", title: COLUMN_NAMES[at] }, title ||
        make("span", { class: "rb-unseen" }, COLUMN_NAMES[at]))),
      make("div", { role: "columnheader", class: "rb-unseen" }, "why"));
    this.grid = make("div", { role: "grid", class: "rb-grid", tabindex: "0",
      "aria-label": "steps of the plan", "aria-multiselectable": "true" },
      make("div", { role: "rowgroup", class: "rb-headgroup" }, head), this.body);
  }

  /** Take the rows that there are now; those that did not change keep their elements. @param {Row[]} now */
  take(now) {
    this.rows = [...now];
    const there = new Set(now.map((row) => row.source));
    for (const [source, line] of this.lines) {
      if (there.has(source)) continue;
      if (fieldIn(line.element)) this.rows.push(line.row); // until whoever types in it is done
      else {
        line.element.remove();
        this.lines.delete(source);
        this.picked.delete(source);
      }
    }
    for (const row of this.rows) this.draw(row);
  }

  /** @param {Row} row */
  draw(row) {
    const drawn = JSON.stringify(row);
    const line = this.lines.get(row.source);
    if (line?.drawn === drawn) return;
    if (line && fieldIn(line.element)) {
      redrawAround(line.element, row);
      this.lines.set(row.source, { row, element: line.element, drawn: "" });
      return;
    }
    const element = drawRow(row);
    line?.element.replaceWith(element);
    this.lines.set(row.source, { row, element, drawn });
  }

  /** Show the rows that are kept, and those in which somebody types. @param {(row: Row) => boolean} keeps */
  show(keeps) {
    this.shown = this.rows.filter((row) => this.fieldOf(row.source) || keeps(row));
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
    this.grid.setAttribute("aria-rowcount", String(this.shown.length));
  }

  /** The line above the rows of a concern. @param {string} concern @returns {HTMLElement} */
  heading(concern) {
    const rows = this.rows.filter((row) => row.concern === concern);
    const open = rows.filter((row) => row.decision === "pending");
    const text = `${concern ? `${concern}/` : "no concern"} · ${rows.length} ${rows.length === 1 ? "step" : "steps"}`;
    const known = this.headings.get(concern);
    const clear = open.filter(raisesNoQuestion).length;
    const state = `${text} ${open.length} ${clear}`;
    if (known?.text === state) return known.element;
    const cell = make("div", { role: "gridcell", class: "rb-concern" }, make("strong", {}, text));
    if (clear) {
      cell.append(makeButton(`approve ${clear} pending`,
        `approve what is pending in ${concern} and raises no question`,
        () => this.decideConcern(concern, "approved"), { tabindex: "-1", "data-concern": concern }));
    }
    if (open.length > clear) {
      cell.append(make("span", { class: "rb-asks" },
        `${open.length - clear} to look at: ambiguous or blocked`));
    }
    if (open.length) {
      cell.append(makeButton("reject", `reject what is pending in ${concern}`,
        () => this.decideConcern(concern, "rejected"), { tabindex: "-1",
          "aria-label": `reject what is pending in ${concern}` }));
    }
    const element = make("div", { role: "row", class: "rb-heading" }, cell);
    this.headings.set(concern, { text: state, element });
    return element;
  }

  /** @param {string} source */
  isShown(source) {
    return this.shown.some((row) => row.source === source);
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

  /** The rows that a decision is about: those picked and shown, or the current one. */
  chosen() {
    const picked = this.shown.filter((row) => this.picked.has(row.source));
    return picked.length ? picked : this.shown.filter((row) => row.source === this.current);
  }

  /** The source that many rows further down, or up. @param {number} by */
  further(by) {
    const at = this.shown.findIndex((row) => row.source === this.current);
    return this.shown[Math.max(0, Math.min(this.shown.length - 1, at + by))]?.source ?? "";
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
}
