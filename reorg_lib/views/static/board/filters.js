// @ts-check
/**
 * What hides rows of the board: a search, the chips, the choice of a concern.
 */

const FILTERS = [
  { name: "all", title: "all", keeps: () => true },
  { name: "pending", title: "pending", keeps: (/** @type {Row} */ row) => row.decision === "pending" },
  { name: "ambiguous", title: "ambiguous", keeps: (/** @type {Row} */ row) => row.ambiguous },
  { name: "hazards", title: "with hazards", keeps: (/** @type {Row} */ row) => row.hazards > 0 },
];

class Filters {
  /** @param {() => void} changed */
  constructor(changed) {
    this.changed = changed;
    this.chosen = FILTERS[0];
    this.search = make("input", { type: "search", placeholder: "search (/)", "aria-label": "search" });
    this.concern = make("select", { "aria-label": "concern" });
    this.chips = FILTERS.map((filter) => makeButton(filter.title, `show ${filter.title} (f)`,
      () => this.choose(filter), { "data-filter": filter.name }));
    this.mark();
    this.root = make("div", { class: "rb-bar" }, this.search,
      make("div", { class: "rb-chips", role: "group", "aria-label": "filter" }, ...this.chips),
      this.concern);
    this.search.addEventListener("input", changed);
    this.concern.addEventListener("change", changed);
  }

  /** @param {typeof FILTERS[0]} filter */
  choose(filter) {
    this.chosen = filter;
    this.mark();
    this.changed();
  }

  chooseNext() {
    this.choose(FILTERS[(FILTERS.indexOf(this.chosen) + 1) % FILTERS.length]);
  }

  mark() {
    for (const [at, chip] of this.chips.entries()) {
      chip.setAttribute("aria-pressed", String(FILTERS[at] === this.chosen));
    }
  }

  /** Offer the concerns of these rows. @param {Row[]} rows */
  offer(rows) {
    const concerns = [...new Set(rows.map((row) => row.concern))];
    const held = this.concern.options.length ? this.concern.value : "*";
    this.concern.replaceChildren(make("option", { value: "*" }, "every concern"),
      ...concerns.map((concern) => make("option", { value: concern }, concern || "(no concern)")));
    this.concern.value = concerns.includes(held) ? held : "*";
  }

  /** Tell whether a row is shown. @param {Row} row */
  keeps(row) {
    const wanted = this.search.value.toLowerCase();
    const concern = this.concern.value;
    return this.chosen.keeps(row) && (concern === "*" || row.concern === concern)
      && (!wanted || [row.from, row.to, row.technology, row.context, row.role, row.reason, row.note,
        row.decision].join(" ").toLowerCase().includes(wanted));
  }
}
