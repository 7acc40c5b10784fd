// @ts-check
/**
 * The widget: how the pages follow what Python sets.
 */

export default {
  /** @param {{ model: Model, el: HTMLElement }} context */
  render({ model, el }) {
    const slides = new Slides(model);
    const update = () => slides.update();
    const deafen = listenTo(model, [["_pages", update], ["_progress", update], ["at", update]]);
    el.append(slides.root);
    update();
    // the graph beside it is drawn a moment later
    let tries = 0;
    const later = setInterval(() => {
      if (slides.showMoment("after") || (tries += 1) > 40) clearInterval(later);
    }, 100);
    return () => {
      clearInterval(later);
      deafen();
      slides.line.close();
      slides.root.remove();
    };
  },
};
