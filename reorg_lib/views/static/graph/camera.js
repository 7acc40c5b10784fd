// @ts-check
/**
 * Where both panels look, and how large: zoom, pan, and the way to some modules.
 */

/** What both panels look at, in step. */
class Cameras {
  /** @param {View} view */
  constructor(view) {
    this.view = view;
    this.extent = { width: 1, height: 1 };
    /** @type {Record<Moment, Camera>} the middle of what is seen, and 1 for all of it */
    this.at = { before: { x: 0, y: 0, zoom: 1 }, after: { x: 0, y: 0, zoom: 1 } };
    this.frame = 0;
  }

  /** Follow the size of the picture; a row more at the bottom does not make everything smaller. */
  grow() {
    const whole = this.whole();
    const outgrown = whole.height > 1.08 * this.extent.height;
    if (outgrown || whole.width !== this.extent.width) this.extent = whole;
  }

  /** See everything at both moments. */
  reset() {
    this.at = { before: this.everything(), after: this.everything() };
  }

  /** The size of the larger picture. */
  whole() {
    const { before, after } = this.view.data.moments;
    return { width: Math.max(before.width, after.width), height: Math.max(before.height, after.height) };
  }

  /** @returns {Camera} */
  everything() {
    return { x: this.extent.width / 2, y: this.extent.height / 2, zoom: 1 };
  }

  /**
   * Move both cameras by pixels and by a factor, in step.
   * @param {number} factor @param {{ x: number, y: number }} [aside] pixels from the middle to what stays
   */
  zoomBy(factor, aside = { x: 0, y: 0 }) {
    for (const moment of MOMENTS) {
      const old = this.at[moment];
      const zoom = Math.max(0.3, Math.min(12, old.zoom * factor));
      const shift = (1 - old.zoom / zoom) / (this.fit() * old.zoom);
      this.at[moment] = { x: old.x + aside.x * shift, y: old.y + aside.y * shift, zoom };
    }
    this.view.panels.forEach((panel) => panel.look());
  }

  /** @param {number} x pixels @param {number} y pixels */
  panBy(x, y) {
    for (const moment of MOMENTS) {
      const old = this.at[moment];
      const k = this.fit() * old.zoom;
      this.at[moment] = { ...old, x: old.x + x / k, y: old.y + y / k };
    }
    this.view.panels.forEach((panel) => panel.look());
  }

  /** Pixels to one unit where everything is seen; the panels that are shown are of one size. */
  fit() {
    const { width, height } = this.view.panels[1].size();
    const { extent } = this;
    return Math.min((width - 2 * MARGIN) / extent.width, (height - 2 * MARGIN) / extent.height);
  }

  /** How far the picture is moved up, so that what is left free is at the bottom. */
  slack() {
    const free = (this.view.panels[1].size().height - 2 * MARGIN) / this.fit() - this.extent.height;
    return Math.max(0, free) / 2;
  }

  /** Where to look to see these modules as large as may be. @param {string[]} ids @param {Moment} moment */
  closeTo(ids, moment) {
    const boxes = ids.map((id) => this.view.node(id)?.[moment]?.box).filter((box) => !!box);
    if (!boxes.length) return this.everything();
    const x0 = Math.min(...boxes.map((box) => box[0])) - 20;
    const y0 = Math.min(...boxes.map((box) => box[1])) - 40;
    const x1 = Math.max(...boxes.map((box) => box[0] + box[2])) + 20;
    const y1 = Math.max(...boxes.map((box) => box[1] + box[3])) + 40;
    const zoom = Math.min(this.extent.width / (x1 - x0), this.extent.height / (y1 - y0), 2.5);
    return { x: (x0 + x1) / 2, y: (y0 + y1) / 2 - this.slack(), zoom: Math.max(1, zoom) };
  }

  /** See these modules as large as may be at each moment; none: everything. @param {string[]} ids */
  zoomOn(ids) {
    if (!ids.length) this.extent = this.whole();
    const from = this.at;
    const goals = { before: this.closeTo(ids, "before"), after: this.closeTo(ids, "after") };
    const start = performance.now();
    cancelAnimationFrame(this.frame);
    const step = (/** @type {number} */ now) => {
      const t = this.view.calm.matches ? 1 : Math.max(0, Math.min(1, (now - start) / 300));
      const on = (/** @type {Moment} */ moment) => cameraBetween(from[moment], goals[moment], eased(t));
      this.at = { before: on("before"), after: on("after") };
      this.view.panels.forEach((panel) => panel.look());
      if (t < 1) this.frame = requestAnimationFrame(step);
    };
    step(start);
  }
}
