// @ts-check
/**
 * Messages to Python that are answered, and what is said while nobody answers.
 */

/** Messages to Python: each is answered, or somebody is told that nobody answers. */
class Line {
  /** @param {Model} model @param {(silent: boolean) => void} onSilence */
  constructor(model, onSilence) {
    this.model = model;
    this.onSilence = onSilence;
    /** @type {HTMLElement | undefined} the element that is busy while nobody has answered */
    this.root = undefined;
    /** @type {Map<string, { since: number, done?: (refused: string) => void }>} */
    this.open = new Map();
    this.hear = (/** @type {any} */ message) => this.onAnswer(message);
    model.on("msg:custom", this.hear);
    this.timer = setInterval(() => this.tick(), 1000);
  }

  /** @param {Record<string, any>} intent @param {(refused: string) => void} [done] */
  send(intent, done) {
    const serial = Math.random().toString(36).slice(2);
    this.open.set(serial, { since: Date.now(), done });
    this.root?.setAttribute("aria-busy", "true");
    try {
      this.model.send({ ...intent, serial });
    } catch {
      this.onSilence(true);
    }
  }

  /** @param {any} message */
  onAnswer(message) {
    const asked = this.open.get(message?.answered);
    if (!asked) return;
    this.open.delete(message.answered);
    if (!this.open.size) {
      this.onSilence(false);
      this.root?.removeAttribute("aria-busy");
    }
    asked.done?.(message.refused ?? "");
  }

  tick() {
    const oldest = Math.min(...[...this.open.values()].map((asked) => asked.since));
    if (Date.now() - oldest > 4000) this.onSilence(true);
  }

  close() {
    clearInterval(this.timer);
    this.model.off("msg:custom", this.hear);
  }
}

const SILENCE =
  "Python has not answered yet: the kernel is busy, or it was restarted. If it was restarted, run" +
  " this notebook's cells again; every decision that was answered is in the plan file.";
