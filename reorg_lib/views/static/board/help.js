// @ts-check
/**
 * The keys of the board, and the dialog that lists them.
 */

const KEYS = [
  ["j k ↓ ↑", "next, previous"],
  ["a", "approve"],
  ["r", "reject"],
  ["p", "leave open"],
  ["e", "change the target: Tab completes, Enter takes it, Esc leaves it"],
  ["n", "write a note"],
  ["u U", "undo, redo"],
  ["x", "pick a row; X picks the range from the last pick"],
  ["Ctrl+A", "pick all that are shown"],
  ["Esc", "pick none"],
  ["/", "search"],
  ["f", "next filter"],
  ["1 2 3 4", "why, diff, hazards, tree"],
  ["?", "these keys"],
];

class Help {
  /** @param {() => void} leave have the focus back */
  constructor(leave) {
    this.leave = leave;
    const names = KEYS.flatMap(([key, what]) => [make("dt", {}, make("kbd", {}, key)),
      make("dd", {}, what)]);
    this.closer = makeButton("close", "close (Esc)", () => this.close());
    this.root = make("div", { class: "rb-help", role: "dialog", "aria-label": "keys" },
      make("dl", {}, ...names), this.closer);
    this.root.hidden = true;
  }

  get isOpen() {
    return !this.root.hidden;
  }

  open() {
    this.root.hidden = false;
    this.closer.focus();
  }

  close() {
    this.root.hidden = true;
    this.leave();
  }
}
