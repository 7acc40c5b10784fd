// @ts-check
/**
 * Which modules, imports and entries of the rail stand out, and how.
 */

/**
 * What stands out now: what is under the pointer first, then what was asked for.
 * @param {View} view @returns {Light | null}
 */
function lightOf(view) {
  /** @type {Light} */
  const light = { nodes: new Map(), edges: new Map(), rail: new Map() };
  const around = (/** @type {string} */ id) => {
    light.nodes.set(id, "focus");
    view.data.edges.forEach((edge, n) => {
      if (edge.from === id) {
        light.edges.set(n, "out");
        light.nodes.set(edge.to, "out");
      } else if (edge.to === id) {
        light.edges.set(n, "in");
        light.nodes.set(edge.from, "in");
      }
    });
    for (const one of view.data.rail) if (one.uses.some((use) => use.module === id)) light.rail.set(one.id, "on");
    return light;
  };
  const all = (/** @type {Iterable<string>} */ ids) => {
    const set = new Set(ids);
    for (const id of set) light.nodes.set(id, id === view.selected ? "focus" : "on");
    view.data.edges.forEach((edge, n) => {
      if (set.has(edge.from) && set.has(edge.to)) light.edges.set(n, "on");
    });
    return light;
  };
  const rail = (/** @type {Iterable<string>} */ ids) => {
    const set = new Set(ids);
    for (const one of view.data.rail)
      if (set.has(one.id)) {
        light.rail.set(one.id, "on");
        for (const use of one.uses) light.nodes.set(use.module, "on");
      }
    return light;
  };
  if (view.hovered) return around(view.hovered);
  if (view.hoveredRail) return rail([view.hoveredRail]);
  if (view.shown) return all(view.shown.on);
  if (view.query) {
    for (const node of view.hits()) light.nodes.set(node.id, "on");
    return light;
  }
  const zoomed = /** @type {string[]} */ (view.model.get("_zoom") ?? []);
  // What is presented stays lit as a whole while one goes through its modules.
  if (zoomed.includes(view.selected)) return all(zoomed);
  if (view.selected) return around(view.selected);
  if (view.pinned.size) return rail(view.pinned);
  return zoomed.length ? all(zoomed) : null;
}
