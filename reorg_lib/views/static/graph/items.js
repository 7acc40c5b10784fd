// @ts-check
/**
 * The elements of a panel: one for each module and package, with its label, and the arrow heads.
 */

/** The arrow heads of a panel's lines. @param {Panel} panel */
function drawMarkers(panel) {
  const defs = draw("defs");
  for (const name of ["kept", "healed", "new", "out", "in"]) {
    const arrow = draw("path", { d: "M0 0L8 4L0 8z", class: `lg-arrow lg-${name}` });
    const box = { viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7 };
    const units = { orient: "auto", markerUnits: "userSpaceOnUse" };
    defs.append(draw("marker", { id: `${panel.view.uid}-${panel.moment}-${name}`, ...box, ...units }, arrow));
  }
  return defs;
}

/**
 * Make the element of a module or a package.
 * @param {Panel} panel @param {string} name `m:` and a module, or `p:` and a package
 */
function makeItem(panel, name) {
  const isModule = name.startsWith("m:");
  const shape = draw("rect", { rx: isModule ? 3 : 6 });
  const text = draw("text", isModule ? { x: 5, y: 12 } : { x: 6, y: 14 });
  const group = draw("g", { class: isModule ? "lg-node" : "lg-package", role: "button", tabindex: -1 });
  group.dataset.name = name;
  if (isModule) {
    group.dataset.id = name.slice(2);
    const node = panel.view.node(name.slice(2));
    const look = panel.view.data.technologies.find((one) => one.name === node?.technology);
    group.classList.toggle("lg-plain", !node?.technology);
    shape.setAttribute("fill", look?.fill ?? "#eeeeee");
    group.append(shape);
    if ((look?.outlines ?? 1) > 1)
      group.append(draw("rect", { x: 2, y: 2, rx: 2, class: "lg-outline" }));
    panel.nodes.append(group);
  } else {
    group.dataset.package = name.slice(2);
    group.classList.toggle("lg-outer", packagesOf(name.slice(2)).length === 2);
    group.append(shape, draw("rect", { class: "lg-head", height: HEAD, rx: 6 }));
  }
  group.append(text, draw("title"));
  return { group, shape, text };
}

/** Say on each element what it is at the panel's moment. @param {Panel} panel */
function labelItems(panel) {
  const { view, moment, items } = panel;
  for (const node of view.data.nodes) {
    const item = items.get(`m:${node.id}`);
    const place = node[moment] ?? node.before ?? node.after;
    if (!item || !place) continue;
    const more = node.parts && moment === "after" ? ` + ${node.parts} parts` : "";
    fitInto(item.text, place.label + more, place.box[2] - 9, "normal");
    item.group.dataset.at = node[moment] ? place.package : "(gone)";
    item.group.setAttribute("aria-label", view.describe(node));
    const title = item.group.lastElementChild;
    if (title) title.textContent = view.describe(node);
  }
  for (const [name, item] of items) {
    if (!name.startsWith("p:")) continue;
    const id = name.slice(2);
    const all = [moment, ...MOMENTS].flatMap((one) => view.data.moments[one].packages);
    const one = all.find((found) => found.id === id);
    const closed = view.collapsed.has(id);
    const count = view.data.nodes.filter((node) => node[moment]?.package.startsWith(id)).length;
    const label = `${closed ? "▸ " : ""}${one?.label ?? ""}${closed ? ` ${count}` : ""}`;
    fitInto(item.text, label, (one?.box[2] ?? 99) - 10, "bold");
    item.group.setAttribute("aria-label", `package ${id || view.data.package}, ${count} modules`);
    item.group.setAttribute("aria-expanded", String(!closed));
    item.group.classList.toggle("lg-closed", closed);
    const title = item.group.lastElementChild;
    if (title) title.textContent = `${id || view.data.package}: click to ${closed ? "open" : "close"}`;
  }
}
