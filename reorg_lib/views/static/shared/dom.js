// @ts-check
/**
 * What every widget needs: elements whose texts are set as text and never as markup, and how to
 * follow what Python sets. No build step, nothing from a network.
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
  const button = make("button", { type: "button", ...(title ? { title } : {}), ...attributes }, label);
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

/**
 * Follow what Python sets; what is returned ends it.
 * @param {Model} model @param {[string, () => void][]} heard trait and what to do when it changes
 */
function listenTo(model, heard) {
  for (const [trait, act] of heard) model.on(`change:${trait}`, act);
  return () => {
    for (const [trait, act] of heard) model.off(`change:${trait}`, act);
  };
}

/** Tell whether somebody types in an element. @param {Element | null} element */
function isTyping(element) {
  return element instanceof HTMLInputElement && element.type !== "range";
}
