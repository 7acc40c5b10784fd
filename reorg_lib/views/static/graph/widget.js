// @ts-check
/**
 * The widget: how the view follows what Python sets, and the model of a page without a kernel.
 */

export default {
  /** @param {{ model: Model, el: HTMLElement }} context */
  render({ model, el }) {
    const view = new View(model);
    el.append(view.root);
    const deafen = listenTo(model, [
      ["_data", () => { view.wishes.answered(); view.load(); }],
      ["_selected", () => { if (model.get("_selected") !== view.selected) view.select(model.get("_selected")); }],
      ["_zoom", () => { view.camera.zoomOn(model.get("_zoom")); view.paint(); }],
      ["_refused", () => view.wishes.refused()],
      ["_can_retarget", () => { view.details.draw(); view.paint(); }],
    ]);
    const sized = new ResizeObserver(() => view.resize());
    sized.observe(view.body);
    const themed = new MutationObserver(() => view.takeTheme());
    themed.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    const follow = () => view.takeTheme();
    scheme.addEventListener("change", follow);
    return () => {
      deafen();
      sized.disconnect();
      themed.disconnect();
      scheme.removeEventListener("change", follow);
      view.root.remove();
    };
  },
};

/**
 * What stands in for a kernel on a page without one: it remembers, and can move nothing.
 * @param {Data} data @returns {Model}
 */
export function withoutKernel(data) {
  /** @type {Record<string, any>} */
  const state = { _data: data, _selected: "", _zoom: [], _refused: {}, _can_retarget: false };
  /** @type {Map<string, Set<() => void>>} */
  const heard = new Map();
  return {
    get: (key) => state[key],
    set(key, value) {
      state[key] = value;
      for (const act of heard.get(`change:${key}`) ?? []) act();
    },
    save_changes() {},
    send() {},
    on: (event, act) => void heard.set(event, (heard.get(event) ?? new Set()).add(act)),
    off: (event, act) => void heard.get(event)?.delete(act),
  };
}
