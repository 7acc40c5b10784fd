// @ts-check
/**
 * How one row of the board is drawn.
 */

/** @param {Row} row @returns {HTMLElement} */
function drawRow(row) {
  const cell = (/** @type {string} */ name, /** @type {(Node | string)[]} */ ...children) =>
    make("div", { role: "gridcell", class: `rb-${name}` }, ...children);
  const target = cell("to", ...targetOf(row));
  if (row.to) target.title = "change where it goes (e, or click)";
  const element = make(
    "div",
    { role: "row", class: `rb-row rb-is-${row.decision}`, "data-source": row.source,
      id: uniqueId("row"), "aria-selected": "false" },
    cell("pick", make("span", { "aria-hidden": "true" }, "")),
    cell("sign", make("span", { title: row.decision, role: "img", "aria-label": row.decision },
      signOf(row.decision))),
    cell("from", ...breakable(row.from)),
    target,
    cell("technology", row.technology),
    cell("context", row.context),
    cell("role", row.role),
    drawConfidence(row, cell),
    drawHazards(row, cell),
    cell("why", ...drawReason(row)),
  );
  return element;
}

/** Draw what a row says now around its open field. @param {HTMLElement} element @param {Row} row */
function redrawAround(element, row) {
  const fresh = drawRow({ ...row, refused: "" }); // that is said at the field
  const cells = [...fresh.children];
  for (const [at, cell] of [...element.children].entries()) {
    if (!fieldIn(cell)) cell.replaceWith(cells[at]);
  }
  element.className = fresh.className;
}

/** @param {Row} row @param {(name: string, ...children: (Node | string)[]) => HTMLElement} cell */
function drawConfidence(row, cell) {
  if (row.confidence === null) return cell("confidence");
  const share = Math.round(row.confidence * 100);
  if (!row.ambiguous) return cell("confidence", `${share}%`);
  return cell("confidence", make("span", { class: "rb-ambiguous", role: "img",
    title: "there are other candidates", "aria-label": `${share}%, with other candidates` },
    `${share}% ?`));
}

/** @param {Row} row @param {(name: string, ...children: (Node | string)[]) => HTMLElement} cell */
function drawHazards(row, cell) {
  if (!row.hazards) return cell("hazards");
  const words = `hazards: ${row.hazards}, of which ${row.blocked || "none"} blocks`;
  return cell("hazards", make("span", { title: words, role: "img", "aria-label": words,
    class: row.blocked ? "rb-blocks" : "" }, `${row.blocked ? "⚠" : "·"}${row.hazards}`));
}

/** @param {Row} row @returns {(Node | string)[]} */
function drawReason(row) {
  /** @type {(Node | string)[]} */
  const parts = [make("span", { class: "rb-reason" }, row.reason)];
  if (row.note) parts.push(make("span", { class: "rb-note" }, `note: ${row.note}`));
  if (row.refused) parts.push(make("div", { class: "rb-refused", role: "alert" }, row.refused));
  return parts;
}
