// @ts-check
/** The live graph: a first list of the modules, to be drawn. */
export default {
  /** @param {{ model: any, el: HTMLElement }} context */
  render({ model, el }) {
    el.textContent = model.get("_data").nodes.map((/** @type {any} */ n) => n.id).join(" ");
  },
};
