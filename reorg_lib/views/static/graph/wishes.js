// @ts-check
/**
 * The wish to have a module elsewhere, and what Python says to it.
 */

/** The wish to have a module in another package: it is sent, and Python judges it. */
class Wishes {
  /** @param {View} view */
  constructor(view) {
    this.view = view;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.waiting = undefined;
  }

  /** Tell whether Python takes wishes. */
  areTaken() {
    return !!this.view.model.get("_can_retarget");
  }

  /** Tell whether a module can be carried in a panel. @param {Panel} panel */
  areTakenBy(panel) {
    return this.areTaken() && panel === this.view.panels[1] && this.view.mode !== "before";
  }

  /** Ask for a module in another package. @param {string} id @param {string} folder */
  ask(id, folder) {
    const there = `${folder.replace(/\/+$/, "")}/`.replace(/^\/$/, "");
    this.view.panels[1].bubble.hidden = true;
    if (this.view.node(id)?.after?.package === there) return;
    this.view.panels[1].items.get(`m:${id}`)?.group.classList.add("lg-asked");
    this.view.model.send({ kind: "retarget", module: id, folder: there });
    this.waiting = setTimeout(() => {
      this.answered();
      this.view.panels[1].say(id, "Python does not answer: is the kernel busy, or was it restarted? Run the cell again.");
    }, PATIENCE);
  }

  answered() {
    clearTimeout(this.waiting);
    for (const { group } of this.view.panels[1].items.values()) group.classList.remove("lg-asked");
  }

  refused() {
    this.answered();
    const { module, why } = this.view.model.get("_refused");
    if (why) this.view.panels[1].say(module, why);
  }
}
