// @ts-check
/**
 * A press on a panel: a click, a pan of the picture, or a module that is carried to a package.
 */

/** A press that becomes a click, a pan, or (on a module of the after graph) a move. */
class Drag {
  /** @param {Panel} panel @param {PointerEvent} event */
  constructor(panel, event) {
    this.panel = panel;
    this.group = groupOf(event.target);
    this.start = this.last = { x: event.clientX, y: event.clientY };
    this.far = false;
    /** @type {SVGGElement | null} */
    this.ghost = null;
    /** @type {string | null} */
    this.over = null;
    this.shift = event.shiftKey;
    this.module = panel.view.wishes.areTakenBy(panel) ? (this.group?.dataset.id ?? "") : "";
    this.stop = new AbortController();
    const { signal } = this.stop;
    window.addEventListener("pointermove", (next) => this.move(next), { signal });
    window.addEventListener("pointerup", () => this.end(true), { signal });
    window.addEventListener("pointercancel", () => this.end(false), { signal });
    window.addEventListener("keydown", (key) => {
      if (key.key === "Escape") this.end(false);
    }, { signal, capture: true });
  }

  /** @param {PointerEvent} event */
  move(event) {
    const { panel } = this;
    this.far ||= Math.hypot(event.clientX - this.start.x, event.clientY - this.start.y) > 4;
    if (!this.far) return;
    if (this.module) this.carry(panel.inside(event.clientX, event.clientY));
    else panel.view.camera.panBy(this.last.x - event.clientX, this.last.y - event.clientY);
    this.last = { x: event.clientX, y: event.clientY };
  }

  /** @param {{ x: number, y: number }} point */
  carry(point) {
    const { panel } = this;
    if (!this.ghost && this.group) {
      this.ghost = /** @type {SVGGElement} */ (this.group.cloneNode(true));
      this.ghost.removeAttribute("tabindex");
      this.ghost.removeAttribute("data-name");
      this.ghost.setAttribute("class", "lg-node lg-ghost");
      this.ghost.setAttribute("aria-hidden", "true");
      panel.camera.append(this.ghost);
    }
    this.ghost?.setAttribute("transform", `translate(${point.x + 4} ${point.y + 4})`);
    const over = panel.packageAt(point);
    if (over === this.over) return;
    this.mark(false);
    this.over = over;
    this.mark(true);
  }

  /** @param {boolean} on */
  mark(on) {
    if (this.over !== null) this.panel.items.get(`p:${this.over}`)?.group.classList.toggle("lg-drop", on);
  }

  /** @param {boolean} done */
  end(done) {
    this.stop.abort();
    this.ghost?.remove();
    this.mark(false);
    const { panel, group } = this;
    if (!done) return;
    if (!this.far) {
      if (group) activate(panel, group, this.shift);
      else panel.view.choose("", false);
      if (group?.dataset.name) panel.focus(group.dataset.name);
    } else if (this.module && this.over !== null) panel.view.wishes.ask(this.module, this.over);
  }
}
