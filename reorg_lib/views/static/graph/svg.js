// @ts-check
/**
 * SVG elements: how they are made, how a text fits into a width, which module one belongs to.
 */

/**
 * @template {keyof SVGElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string | number>} [attributes]
 * @param {...Node} children
 * @returns {SVGElementTagNameMap[T]}
 */
function draw(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  if ("tabindex" in attributes) element.dataset.lmSuppressShortcuts = "true";
  element.append(...children);
  return element;
}

const ruler = document.createElement("canvas").getContext("2d");

/**
 * Put a text into a width: a little condensed if that is enough, else shortened.
 * @param {SVGTextElement} element @param {string} text @param {number} width @param {string} weight
 */
function fitInto(element, text, width, weight) {
  element.removeAttribute("textLength");
  element.textContent = text;
  if (!ruler) return;
  ruler.font = `${weight} ${TEXT}px ${FONT}`;
  const long = text.length > 400 ? Infinity : ruler.measureText(text).width;
  if (long <= width) return;
  if (long * CONDENSED <= width) {
    element.setAttribute("textLength", String(width));
    element.setAttribute("lengthAdjust", "spacingAndGlyphs");
    return;
  }
  let length = Math.min(text.length, 200);
  while (length > 1 && ruler.measureText(`${text.slice(0, length)}…`).width > width) length -= 1;
  element.textContent = `${text.slice(0, length)}…`;
}

/** @param {EventTarget | null} target @returns {SVGGElement | null} */
function groupOf(target) {
  return target instanceof Element ? target.closest("g[data-name]") : null;
}

/** @param {EventTarget | null} target */
const moduleOf = (target) => groupOf(target)?.dataset.id ?? "";
