// @ts-check
/**
 * What every widget of ours needs: elements whose texts are set as text and never as markup, and
 * messages to Python that are answered. No build step, nothing from a network.
 *
 * @typedef {{ get(key: string): any, set(key: string, value: any): void, save_changes(): void,
 *   send(content: object): void, on(event: string, callback: (message?: any) => void): void,
 *   off(event: string, callback: (message?: any) => void): void }} Model
 */

const FOCUSABLE = new Set(["button", "input", "select", "summary"]);

/**
 * Make an element with attributes and children.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  // JupyterLab's shortcuts look at the element that has the focus before they look at what it is
  // in, so each one that can have it keeps its keys to itself.
  if ("tabindex" in attributes || FOCUSABLE.has(tag)) element.dataset.lmSuppressShortcuts = "true";
  element.append(...children);
  return element;
}

/**
 * A button that says what it does.
 * @param {string} label
 * @param {string} title
 * @param {() => void} act
 * @param {Record<string, string>} [attributes]
 */
function makeButton(label, title, act, attributes = {}) {
  const button = make("button", { type: "button", title, ...attributes }, label);
  button.addEventListener("click", act);
  return button;
}

/**
 * A path with room to break after each folder and word; the ending stays with its name.
 * @param {string} path
 * @returns {(Node | string)[]}
 */
function breakable(path) {
  return path.split(/(?<=[/_]|\.(?!py$))/).flatMap((part) => [part, document.createElement("wbr")]);
}

let idsGiven = 0;

/** An id that no other element of the page has. @param {string} name */
function uniqueId(name) {
  return `${name}-${(idsGiven += 1)}-${Math.random().toString(36).slice(2, 8)}`;
}

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
