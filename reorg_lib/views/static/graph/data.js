// @ts-check
/**
 * What Python sends to be drawn, and the words and sizes that every part of the graph shares.
 *
 * Places come from Python and stay; in the browser they are drawn, lit, filtered, collapsed and
 * zoomed.
 *
 * @typedef {"before" | "after"} Moment
 * @typedef {[number, number, number, number]} Box x, y, width, height
 * @typedef {{ label: string, path: string, package: string, box: Box }} Place
 * @typedef {{ id: string, technology: string, context: string, role: string, lines: number,
 *   step: string, decision: string, reason: string, parts: number,
 *   before: Place | null, after: Place | null }} Module
 * @typedef {{ from: string, to: string, kind: string, when: string, lines: number[] }} Edge
 * @typedef {{ module: string, how: string, count: number }} Use
 * @typedef {{ id: string, group: string, label: string, uses: Use[] }} Neighbour
 * @typedef {{ id: string, label: string, box: Box }} Package
 * @typedef {{ package: string, technologies: { name: string, fill: string, outlines: number }[],
 *   nodes: Module[], edges: Edge[], rail: Neighbour[],
 *   moments: Record<Moment, { width: number, height: number, packages: Package[] }> }} Data
 * @typedef {{ x: number, y: number, width: number, height: number, opacity: number }} Spot
 * @typedef {{ x: number, y: number, zoom: number }} Camera
 * @typedef {{ nodes: Map<string, string>, edges: Map<number, string>,
 *   rail: Map<string, string> }} Light what stands out, and how: focus, out, in or on
 */

const SVG = "http://www.w3.org/2000/svg";
const FONT = "Helvetica, Arial, sans-serif";
const TEXT = 12;
const HEAD = 19;
const MARGIN = 6;
const MOMENTS = /** @type {Moment[]} */ (["before", "after"]);
const MODES = [
  { name: "before", text: "Before", key: "1" },
  { name: "after", text: "After", key: "2" },
  { name: "both", text: "Side by side", key: "3" },
];
const KINDS = [
  { name: "kept", text: "kept", hint: "crosses concerns as before, or as little as before" },
  { name: "healed", text: "healed", hint: "crossed concerns, and will not any more" },
  { name: "new", text: "new across", hint: "will cross concerns, and does not today" },
];
const WHENS = [
  { name: "now", text: "at import", hint: "runs when the module is imported" },
  { name: "later", text: "in a function", hint: "runs when a function is called" },
  { name: "types", text: "for types", hint: "only under TYPE_CHECKING, never runs" },
];
const SETS = [
  { name: "out", text: "imports" },
  { name: "in", text: "imported by" },
  { name: "reaches", text: "reaches" },
  { name: "reached", text: "reached by" },
  { name: "only", text: "only it needs" },
];
const MOST_PATHS = 200;
const FAR = 0.6;
const LEGIBLE = 9.5;
const CONDENSED = 0.84;
const NARROW = 1000;
const RAIL = 96;
const PATIENCE = 10_000;
