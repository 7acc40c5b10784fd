// @ts-check
/**
 * A field in the place of what it changes. While it is open every key is its own: Enter sends, Tab
 * completes, Escape takes back; what somebody typed is never dropped because the focus went away.
 */

/**
 * Turn the content of `cell` into a field. `take` gets the text and says through `done` what was
 * refused, "" if nothing; a refused text stays in the field, with the reason under it. `close` is
 * called when the field is gone; `hadFocus` says whether the focus was in it until then.
 * @param {Element} cell
 * @param {{ label: string, value: string, hint?: string, choices?: () => string[] }} about
 * @param {(value: string, done: (refused: string) => void) => void} take
 * @param {(hadFocus: boolean) => void} closed
 */
function editInPlace(cell, about, take, closed) {
  const field = make("input", { type: "text", class: "in-place-field", "aria-label": about.label,
    autocomplete: "off", spellcheck: "false", placeholder: about.hint ?? "" });
  field.value = about.value;
  const said = make("div", { class: "in-place-refused", role: "alert" });
  said.hidden = true;
  const choices = about.choices?.() ?? [];
  const list = make("datalist", { id: uniqueId("choices") },
    ...choices.map((choice) => make("option", { value: choice })));
  if (choices.length) field.setAttribute("list", list.id);
  const complete = completion(field, choices);
  const before = [...cell.childNodes];
  const close = () => {
    if (!field.isConnected) return;
    const hadFocus = document.activeElement === field;
    cell.replaceChildren(...before);
    closed(hadFocus);
  };
  const send = () => {
    if (field.readOnly) return; // Python has not answered yet
    if (field.value === about.value && said.hidden) return close();
    field.readOnly = true;
    take(field.value, (refused) => {
      field.readOnly = false;
      if (!refused) return close();
      said.textContent = refused;
      said.hidden = false;
      field.setAttribute("aria-invalid", "true");
    });
  };
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    const act = { Escape: close, Enter: send, Tab: () => complete(event.shiftKey ? -1 : 1) }[event.key];
    if (!act || event.isComposing) return;
    event.preventDefault();
    act();
  });
  field.addEventListener("blur", () => setTimeout(() => {
    const isUntouched = field.value === about.value && said.hidden;
    if (document.hasFocus() && document.activeElement !== field && isUntouched) close();
  }, 150));
  cell.replaceChildren(field, list, said);
  field.focus();
  field.select();
}

/**
 * Walk through the choices that begin with what was typed, forwards or backwards.
 * @param {HTMLInputElement} field @param {string[]} choices @returns {(by: number) => void}
 */
function completion(field, choices) {
  let typed = field.value;
  let at = -1;
  field.addEventListener("input", () => {
    typed = field.value;
    at = -1;
  });
  return (by) => {
    const fitting = choices.filter((choice) => choice !== typed && choice.startsWith(typed));
    if (!fitting.length || field.readOnly) return;
    at = at < 0 && by < 0 ? fitting.length - 1 : (at + by + fitting.length) % fitting.length;
    field.value = fitting[at];
  };
}

/** What is asked of who leaves a hazard as it is. */
const WHY_NO_HARM = { label: "why it does no harm", value: "",
  hint: "why it does no harm, then Enter" };

/** The field that is open somewhere. @param {Element} element @returns {HTMLInputElement | null} */
function fieldIn(element) {
  return element.querySelector("input.in-place-field");
}

/**
 * Let a letter that is pressed beside an open field be typed in it; tell whether that was done.
 * @param {HTMLInputElement | null | undefined} field @param {KeyboardEvent} event
 */
function typeInto(field, event) {
  if (!field || event.key.length !== 1) return false;
  field.focus();
  event.stopPropagation();
  return true;
}
