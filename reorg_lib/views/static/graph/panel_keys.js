// @ts-check
/**
 * What a panel does with the pointer, the wheel and the keys.
 */

/** Let a panel follow the pointer, the wheel, the focus and the keys. @param {Panel} panel */
function listenOn(panel) {
  const { root, svg, view } = panel;
  svg.addEventListener("pointerover", (event) => view.hover(moduleOf(event.target)));
  svg.addEventListener("pointerleave", () => view.hover(""));
  // Not on the drawing itself: Chromium lets Tab stop at one that listens for focus.
  root.addEventListener("focusin", (event) => view.hover(moduleOf(event.target)));
  root.addEventListener("focusout", () => view.hover(""));
  svg.addEventListener("keydown", (event) => onPanelKey(panel, event));
  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const corner = svg.getBoundingClientRect();
    const { width, height } = panel.size();
    const aside = { x: event.clientX - corner.left - width / 2, y: event.clientY - corner.top - height / 2 };
    view.camera.zoomBy(Math.exp(-event.deltaY * 0.002), aside);
  }, { passive: false });
  svg.addEventListener("pointerdown", (event) => {
    if (event.button === 0) new Drag(panel, event);
  });
}

/** @param {Panel} panel @param {KeyboardEvent} event */
function onPanelKey(panel, event) {
  const here = groupOf(event.target);
  if (!here) return;
  const towards = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  if (towards) focusNext(panel, here, towards);
  else if (event.key === "Enter" || event.key === " ") activate(panel, here, event.shiftKey);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** Choose a module, or open and close a package. @param {Panel} panel @param {SVGGElement} group @param {boolean} second */
function activate(panel, group, second) {
  if (group.dataset.id !== undefined) panel.view.choose(group.dataset.id, second);
  else if (group.dataset.package !== undefined) panel.view.toggle(group.dataset.package);
}

/** Focus what is nearest in a direction. @param {Panel} panel @param {SVGGElement} here @param {number[]} towards */
function focusNext(panel, here, [dx, dy]) {
  const middle = (/** @type {Spot} */ s, /** @type {string} */ name) =>
    ({ x: s.x + s.width / 2, y: s.y + (name.startsWith("p:") ? HEAD : s.height) / 2 });
  const name = here.dataset.name ?? "";
  const spot = panel.spots.get(name);
  if (!spot) return;
  const at = middle(spot, name);
  let best = Infinity;
  let next = "";
  for (const [other, there] of panel.spots) {
    if (other === name || there.opacity < 1) continue;
    const to = middle(there, other);
    const along = (to.x - at.x) * dx + (to.y - at.y) * dy;
    const aside = Math.abs((to.x - at.x) * dy) + Math.abs((to.y - at.y) * dx);
    if (along > 2 && along + 3 * aside < best) [best, next] = [along + 3 * aside, other];
  }
  if (next) panel.focus(next);
}
