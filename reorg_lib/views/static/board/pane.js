// @ts-check
/**
 * What stands beside the row that is looked at: evidence and candidates, its diff, its hazards and
 * how to settle them, the tree as it will be. Drawn only while it is in sight.
 */

const TABS = [
  { name: "evidence", title: "Why" },
  { name: "diff", title: "Diff" },
  { name: "hazards", title: "Hazards" },
  { name: "tree", title: "Tree" },
];

class Pane {
  /**
   * @param {Model} model
   * @param {Line} line
   * @param {{ retarget: (source: string, to: string) => void, leave: () => void }} board
   */
  constructor(model, line, board) {
    this.model = model;
    this.line = line;
    this.board = board;
    this.tab = "evidence";
    this.source = "";
    this.asked = "";
    this.uid = uniqueId("rb");
    this.tabs = make("div", { role: "tablist", class: "rb-tabs", "aria-label": "about this step" });
    this.panel = make("div", { role: "tabpanel", class: "rb-panel", tabindex: "0",
      id: `${this.uid}-panel` });
    for (const [at, { name, title }] of TABS.entries()) {
      this.tabs.append(makeButton(title, `${title} (${at + 1})`, () => this.open(name), {
        role: "tab", "data-tab": name, id: `${this.uid}-${name}`,
        "aria-controls": this.panel.id,
      }));
    }
    this.tabs.addEventListener("keydown", (event) => this.onKey(event));
    this.root = make("div", { class: "rb-pane" }, this.tabs, this.panel);
    this.open(this.tab);
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    const at = TABS.findIndex((tab) => tab.name === this.tab);
    this.open(TABS[(at + by + TABS.length) % TABS.length].name);
    /** @type {HTMLElement} */ (this.tabs.querySelector("[aria-selected=true]")).focus();
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {string} name */
  open(name) {
    this.tab = name;
    for (const tab of this.tabs.querySelectorAll("[role=tab]")) {
      const isOpen = /** @type {HTMLElement} */ (tab).dataset.tab === name;
      tab.setAttribute("aria-selected", String(isOpen));
      /** @type {HTMLElement} */ (tab).tabIndex = isOpen ? 0 : -1;
      if (isOpen) this.panel.setAttribute("aria-labelledby", tab.id);
    }
    this.draw();
  }

  /** @param {string} source */
  show(source) {
    this.source = source;
    this.draw();
  }

  draw() {
    const tab = this.tabs.querySelector("[data-tab=hazards]");
    const all = /** @type {any[]} */ (this.model.get("_hazards"));
    const open = all.filter((hazard) => hazard.blocks && !hazard.settled);
    const own = open.filter((hazard) => hazard.source === this.source).length;
    if (tab instanceof HTMLElement) {
      tab.textContent = open.length ? `Hazards ⚠${own}/${open.length}` : "Hazards";
      tab.title = open.length ? `${own} that block are of this step, ${open.length} of the plan` : "";
    }
    const draw = { evidence: () => this.evidence(), diff: () => this.diff(),
      hazards: () => this.hazards(all), tree: () => this.tree() }[this.tab];
    const at = this.panel.scrollTop;
    const held = this.panel.dataset.of === `${this.tab} ${this.source}`;
    const field = fieldIn(this.panel);
    if (field && held) return; // drawn anew when whoever types is done
    this.panel.replaceChildren(...(draw?.() ?? []));
    this.panel.dataset.of = `${this.tab} ${this.source}`;
    const here = /** @type {HTMLElement | null} */ (this.panel.querySelector(".rb-tree-here"));
    this.panel.scrollTop = held ? at : here ? here.offsetTop - this.panel.clientHeight / 2 : 0;
  }

  /** The detail that belongs to the row, or null while Python still works it out. */
  detail() {
    const detail = this.model.get("_detail");
    return detail?.source === this.source ? detail : null;
  }

  /** @returns {Node[]} */
  evidence() {
    const detail = this.detail();
    if (!detail) return [this.quiet("…")];
    /** @type {Node[]} */
    const parts = [];
    if (detail.offers.length) {
      parts.push(make("p", { class: "rb-title" }, detail.offers.length > 1 ? "Where it could go" : "Where it goes"));
      const list = make("ul", { class: "rb-offers" });
      const row = this.model.get("_rows").find((/** @type {Row} */ one) => one.source === this.source);
      const sign = row?.decision === "approved" ? signOf("approved") : "→";
      for (const [at, offer] of detail.offers.entries()) {
        const label = make("span", { class: "rb-mono" }, ...breakable(offer.to));
        const choice = at
          ? makeButton("", "send it there", () => this.board.retarget(this.source, offer.to))
          : make("div", { class: "rb-chosen" });
        choice.append(at ? "" : `${sign} `, label);
        list.append(make("li", {}, choice, make("div", { class: "rb-muted" }, offer.argument)));
      }
      parts.push(list);
    }
    if (detail.evidence.length) {
      parts.push(make("p", { class: "rb-title" }, "What the code says"));
      parts.push(make("dl", {}, ...detail.evidence.flatMap((/** @type {any} */ item) => [
        make("dt", {}, item.shows),
        make("dd", {}, make("code", {}, item.text),
          make("span", { class: "rb-muted rb-place" }, ...breakable(item.place))),
      ])));
    }
    if (detail.facts.length) {
      parts.push(make("table", { class: "rb-facts" }, ...detail.facts.map(
        (/** @type {string[]} */ [name, value]) => make("tr", {},
          make("th", { scope: "row" }, name), make("td", {}, ...breakable(value))))));
    }
    return parts.length ? parts : [this.quiet("Nothing in its code names a technology.")];
  }

  /** @returns {Node[]} */
  diff() {
    const diff = this.model.get("_diff");
    const seen = this.detail() ? JSON.stringify(this.detail().offers[0] ?? "") : "";
    const wanted = `${this.source} ${seen} ${this.model.get("_rows").find(
      (/** @type {Row} */ row) => row.source === this.source)?.decision === "rejected"}`;
    if (this.source && this.detail() && this.asked !== wanted) {
      this.asked = wanted;
      clearTimeout(this.later);
      this.later = setTimeout(() => this.line.send({ kind: "diff", source: this.source }), 200);
    }
    if (diff?.source !== this.source || diff.state !== "done") {
      return [this.quiet("Computing the exact new bytes …")];
    }
    const files = diff.files.map((/** @type {any} */ file, /** @type {number} */ at) => {
      const name = file.before === file.after || !file.before ? file.after
        : !file.after ? file.before : `${file.before} → ${file.after}`;
      const box = make("details", at < 12 ? { open: "" } : {},
        make("summary", { class: "rb-mono" }, ...breakable(name)));
      const fill = () => {
        if (box.open && !box.querySelector("pre")) box.append(diffText(file.lines, name));
      };
      box.addEventListener("toggle", fill);
      fill();
      return box;
    });
    const count = files.length === 1 ? "1 file" : `${files.length} files`;
    return [this.quiet(files.length ? `${count}; ${diff.remark}` : diff.remark),
      ...this.texts(diff.texts), ...files];
  }

  /** The names in texts, those that are left first. @param {string[][]} texts @returns {Node[]} */
  texts(texts) {
    if (!texts.length) return [];
    const could = texts.filter((text) => text[2] !== "module");
    const sure = texts.filter((text) => text[2] === "module");
    const title = `Names in texts: ${sure.length} module, ${could.length} could be`;
    const rows = [...could, ...sure].map(([place, text, kind, why]) => make("tr", {},
      make("td", {}, ...breakable(place)), make("td", { class: "rb-mono" }, ...breakable(text)),
      make("td", {}, kind), make("td", {}, why)));
    const names = ["where", "name", "class", "because it"].map((name) => make("th", { scope: "col" }, name));
    return [make("details", could.length ? { open: "", class: "rb-texts" } : { class: "rb-texts" },
      make("summary", {}, title),
      make("table", { class: "rb-facts" }, make("tr", {}, ...names), ...rows))];
  }

  /** @param {any[]} all @returns {Node[]} */
  hazards(all) {
    const own = all.filter((hazard) => hazard.source === this.source);
    const others = all.filter((hazard) => hazard.source !== this.source);
    /** @type {HTMLElement[]} */
    const parts = [make("p", { class: "rb-title" }, own.length ? "Of this step" : "This step has none")];
    parts.push(...own.map((hazard) => this.hazard(hazard)));
    if (others.length) {
      parts.push(make("p", { class: "rb-title" }, "Elsewhere in the plan"));
      parts.push(...others.map((hazard) => this.hazard(hazard)));
    }
    return parts;
  }

  /** @param {any} hazard @returns {HTMLElement} */
  hazard(hazard) {
    const send = (/** @type {string} */ resolution, /** @type {string} */ note,
      /** @type {(refused: string) => void} */ done) =>
      this.line.send({ kind: "settle", id: hazard.id, resolution, note }, done);
    const said = make("div", { class: "rb-refused", role: "alert" });
    said.hidden = true;
    const tell = (/** @type {string} */ refused) => {
      said.textContent = refused;
      said.hidden = !refused;
      if (!refused) this.board.leave();
    };
    const state = hazard.settled ? `settled: ${hazard.settled}` : hazard.blocks ? "blocks" : "note";
    const box = make("article", { class: `rb-hazard${hazard.blocks && !hazard.settled ? " rb-open" : ""}`,
      "data-hazard": hazard.id },
      make("div", {}, make("strong", {}, state), ` ${hazard.kind} `,
        make("span", { class: "rb-muted rb-place" }, ...breakable(`${hazard.path}:${hazard.line}`))),
      make("p", {}, hazard.why));
    if (hazard.fix !== null) {
      box.append(make("p", {}, "fix: ", make("code", {}, hazard.fix || "(removed)")));
    }
    if (hazard.note) box.append(make("p", { class: "rb-note" }, `note: ${hazard.note}`));
    const actions = make("div", { class: "rb-actions" });
    if (hazard.fix !== null && hazard.settled !== "fix") {
      actions.append(makeButton("take the fix", "the script makes this change",
        () => send("fix", "", tell)));
    }
    if (hazard.settled !== "accept") {
      actions.append(makeButton("accept …", "leave it as it is, and say why", () => {
        const cell = make("div");
        actions.replaceChildren(cell);
        editInPlace(cell, WHY_NO_HARM, (note, done) => send("accept", note, done), (hadFocus) => {
          this.draw();
          if (hadFocus) this.board.leave();
        });
      }));
    }
    box.append(actions, said);
    return box;
  }

  /** @returns {Node[]} */
  tree() {
    const detail = this.detail();
    if (!detail) return [this.quiet("…")];
    const lines = detail.tree.map((/** @type {[number, string, string]} */ [depth, name, mark]) =>
      make("div", { class: mark ? `rb-tree-${mark}` : "", style: `--rb-depth: ${depth}` }, name,
        ...(mark === "here" ? [make("span", { class: "rb-muted" }, " ← this step")] : [])));
    return [this.quiet("With the approved and the open steps done; bold is new."),
      make("div", { class: "rb-tree rb-mono" }, ...lines)];
  }

  /** @param {string} words */
  quiet(words) {
    return make("p", { class: "rb-muted" }, words);
  }
}

/** @param {string[]} lines @param {string} name */
function diffText(lines, name) {
  const kinds = /** @type {Record<string, string>} */ ({ "+": "rb-plus", "-": "rb-minus", "@": "rb-at" });
  const rows = lines.map((line) => make("span", { class: kinds[line[0]] ?? "" }, `${line}\n`));
  return make("pre", { tabindex: "0", role: "region", "aria-label": `changed lines of ${name}` }, ...rows);
}
