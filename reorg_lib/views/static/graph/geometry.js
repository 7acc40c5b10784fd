// @ts-check
/**
 * Where things are, as numbers: spots and cameras between two moments, the route of an import.
 */

/** @param {number} a @param {number} b @param {number} t */
const between = (a, b, t) => a + (b - a) * t;

/** @param {Spot} a @param {Spot} b @param {number} t @returns {Spot} */
const spotBetween = (a, b, t) => ({
  x: between(a.x, b.x, t),
  y: between(a.y, b.y, t),
  width: between(a.width, b.width, t),
  height: between(a.height, b.height, t),
  opacity: between(a.opacity, b.opacity, t),
});

/** @param {Camera} a @param {Camera} b @param {number} t @returns {Camera} */
const cameraBetween = (a, b, t) => ({
  x: between(a.x, b.x, t),
  y: between(a.y, b.y, t),
  zoom: between(a.zoom, b.zoom, t),
});

/** @param {number} t */
const eased = (t) => (t < 0.5 ? 2 * t * t : 1 - (2 - 2 * t) ** 2 / 2);

/** @param {string} path of a package @returns {string[]} it and what holds it, outermost first */
function packagesOf(path) {
  const parts = path.split("/").slice(0, -1);
  return ["", ...parts.map((_, n) => `${parts.slice(0, n + 1).join("/")}/`)];
}

/** The line of an import from one box to another. @param {Spot} a @param {Spot} b */
function route(a, b) {
  const [ya, yb] = [a.y + a.height / 2, b.y + b.height / 2];
  const leftwards = b.x + b.width <= a.x + 1;
  if (leftwards || a.x + a.width <= b.x + 1) {
    const [xa, xb] = leftwards ? [a.x, b.x + b.width] : [a.x + a.width, b.x];
    const bend = Math.sign(xb - xa) * Math.max(14, Math.abs(xb - xa) / 2);
    return `M${xa} ${ya}C${xa + bend} ${ya} ${xb - bend} ${yb} ${xb} ${yb}`;
  }
  const [xa, xb] = [a.x + a.width, b.x + b.width];
  const out = Math.max(xa, xb) + Math.min(34, 8 + Math.abs(yb - ya) / 8);
  return `M${xa} ${ya}C${out} ${ya} ${out} ${yb} ${xb} ${yb}`;
}

/** @param {Map<string, Spot>} from @param {Map<string, Spot>} to @param {number} t */
function mixed(from, to, t) {
  /** @type {Map<string, Spot>} */
  const spots = new Map();
  for (const name of new Set([...from.keys(), ...to.keys()])) {
    const [a, b] = [from.get(name), to.get(name)];
    const gone = a ?? b;
    if (!gone) continue;
    const faded = { ...gone, opacity: 0 };
    // What fades goes soon and what appears comes late, so that the two do not mix.
    const u = a && b && a.opacity === b.opacity ? t : b?.opacity ? Math.max(0, 2 * t - 1) : Math.min(1, 2 * t);
    const spot = spotBetween(a ?? faded, b ?? faded, t);
    spot.opacity = between(a?.opacity ?? 0, b?.opacity ?? 0, u);
    if (spot.opacity > 0 || b) spots.set(name, spot);
  }
  return spots;
}

/**
 * Where everything is at a moment, closed packages taken into account.
 * @param {View} view @param {Moment} moment
 */
function spotsAt(view, moment) {
  /** @type {Map<string, Spot>} */
  const spots = new Map();
  const hidden = (/** @type {string[]} */ around) => around.some((id) => view.collapsed.has(id));
  for (const one of view.data.moments[moment].packages) {
    const [x, y, width, height] = one.box;
    const around = packagesOf(one.id).slice(0, -1);
    const closed = view.collapsed.has(one.id);
    const opacity = one.id !== "" && hidden(around) ? 0 : 1;
    spots.set(`p:${one.id}`, { x, y, width, height: closed ? HEAD + 2 : height, opacity });
  }
  for (const node of view.data.nodes) {
    const place = node[moment];
    if (!place) continue;
    const [x, y, width, height] = place.box;
    spots.set(`m:${node.id}`, { x, y, width, height, opacity: hidden(packagesOf(place.package)) ? 0 : 1 });
  }
  return spots;
}
