// @ts-check
/**
 * Steps of the plan and what is decided about them, as every widget shows and sends them.
 *
 * @typedef {{ source: string, seen: string, kind: string, module: string, from: string,
 *   to: string, concern: string, technology: string, context: string, role: string,
 *   confidence: number | null, ambiguous: boolean, decision: string, reason: string,
 *   note: string, hazards: number, blocked: number, refused: string }} Row
 */

const DECISIONS = [
  { name: "approved", sign: "✓", verb: "approve", key: "a" },
  { name: "rejected", sign: "✗", verb: "reject", key: "r" },
  { name: "pending", sign: "○", verb: "leave open", key: "p" },
];

/** @param {string} decision */
function signOf(decision) {
  return DECISIONS.find((known) => known.name === decision)?.sign ?? "○";
}

/** Tell whether a step can be approved with others, unseen. @param {Row} row */
function raisesNoQuestion(row) {
  return !row.ambiguous && !row.blocked;
}

/** Where a step goes, in words or as a path. @param {Row} row @returns {(Node | string)[]} */
function targetOf(row) {
  if (row.kind === "deletion") return ["(deleted)"];
  return row.kind === "guardrail" ? ["(written)"] : breakable(row.to);
}

/**
 * Ask for a decision about steps as they were seen.
 * @param {Line} line @param {Row[]} rows @param {string} decision
 * @param {(refused: string) => void} [done]
 */
function sendDecision(line, rows, decision, done) {
  if (!rows.length) return;
  const steps = rows.map(({ source, seen }) => ({ source, seen }));
  line.send({ kind: "decide", decision, steps }, done);
}
