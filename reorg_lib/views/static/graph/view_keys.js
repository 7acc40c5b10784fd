// @ts-check
/**
 * What the keys do wherever the focus is in the graph.
 */

/** Do what a key says. @param {View} view @param {KeyboardEvent} event */
function onViewKey(view, event) {
  const typing = isTyping(/** @type {Element} */ (event.target));
  if (event.key === "Escape") takeBack(view);
  else if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  else if (event.key === "/") view.controls.search.focus();
  else if (event.key === "+" || event.key === "=") view.camera.zoomBy(1.25);
  else if (event.key === "-") view.camera.zoomBy(0.8);
  else if (event.key === "0") view.camera.zoomOn([]);
  else {
    const mode = MODES.find((one) => one.key === event.key);
    if (!mode) return;
    view.chooseMode(mode.name);
  }
  event.preventDefault();
  event.stopPropagation();
}

/** Take back one thing: what was said, asked for, found, selected, pinned. @param {View} view */
function takeBack(view) {
  const [, after] = view.panels;
  if (!after.bubble.hidden) after.bubble.hidden = true;
  else if (view.picking) view.pick();
  else if (view.shown) {
    view.shown = null;
    view.details.draw();
  } else if (view.query) {
    view.controls.search.value = "";
    view.find("");
  } else if (view.selected) view.select("");
  else view.pinned.clear();
  view.paint();
}
