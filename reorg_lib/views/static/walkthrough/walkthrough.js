// @ts-check
/**
 * The walkthrough: one page per concern in large type. Keys alone are enough; each sends an intent,
 * Python decides and answers with new pages.
 */

const GUIDE = [
  ["?", "keys"], ["← →", "concern"], ["j k", "step"], ["Enter", "approve all but what is open, next"], ["a", "approve"],
  ["r", "reject"], ["p", "leave open"], ["1–9", "answer"], ["q", "next question"], ["u U", "undo, redo"],
  ["b", "before or after"], ["F", "full screen"],
];

class Slides {
  /** @param {Model} model */
  constructor(model) {
    this.model = model;
    this.current = 0;
    this.asking = 0;
    this.line = new Line(model, (silent) => this.tell(silent ? SILENCE : ""));
    this.count = make("span", { class: "rw-count" });
    this.progress = make("span", { class: "rw-progress", role: "status" });
    this.title = make("h2", { class: "rw-title" });
    this.says = make("p", { class: "rw-says" });
    this.list = make("ol", { class: "rw-steps" });
    this.reason = make("p", { class: "rw-reason", role: "status" });
    this.questions = make("div", { class: "rw-questions" });
    this.said = make("p", { class: "rw-said", role: "alert" });
    this.said.hidden = true;
    const guide = GUIDE.flatMap(([key, what]) => [make("kbd", {}, key), ` ${what}  `]);
    this.root = make("div", { class: "rw-root", tabindex: "0", role: "group",
      "aria-label": "walkthrough", "data-lm-suppress-shortcuts": "true" },
      make("div", { class: "rw-top" }, this.count, this.progress,
        makeButton("←", "previous concern", () => this.go(-1), { "aria-label": "previous concern" }),
        makeButton("→", "next concern", () => this.go(1), { "aria-label": "next concern" }),
        makeButton("F", "full screen (F)", () => this.fullScreen(), { "aria-label": "full screen" })),
      this.title, this.says, this.said, this.questions, this.list, this.reason,
      make("div", { class: "rw-guide" }, ...guide));
    this.line.root = this.root;
    this.root.addEventListener("keydown", (event) => this.onKey(event));
  }

  /** @returns {any} */
  page() {
    return this.model.get("_pages")[this.at()];
  }

  at() {
    return Math.max(0, Math.min(this.model.get("at"), this.model.get("_pages").length - 1));
  }

  update() {
    const hadFocus = this.root.contains(document.activeElement);
    const page = this.page();
    this.current = Math.max(0, Math.min(this.current, page.rows.length - 1));
    this.count.textContent = `${this.at() + 1} / ${this.model.get("_pages").length}`;
    this.progress.textContent = this.model.get("_progress");
    this.title.textContent = page.title;
    this.says.textContent = page.says;
    this.list.replaceChildren(...page.rows.map((/** @type {any} */ row, /** @type {number} */ at) => {
      const item = make("li", { class: `rw-is-${row.decision}`, "data-source": row.source },
        make("span", { class: "rw-sign", role: "img", "aria-label": row.decision },
          signOf(row.decision)),
        make("span", {}, ...breakable(row.from), " → ", ...folderOf(row)));
      item.addEventListener("click", () => this.choose(at));
      return item;
    }));
    this.ask();
    this.mark();
    if (hadFocus && !this.root.contains(document.activeElement)) this.root.focus();
  }

  /** The question that is put now: one at a time, and its answers have numbers. @returns {any} */
  question() {
    const { questions } = this.page();
    return questions[Math.min(this.asking, questions.length - 1)];
  }

  /** Put the question, unless somebody types in it: then it stays until they are done. */
  ask() {
    const { title, questions } = this.page();
    const question = this.question();
    const isSame = this.questions.dataset.page === title;
    this.questions.dataset.page = title;
    if (isSame && fieldIn(this.questions)) return;
    if (!question) return this.questions.replaceChildren();
    const box = make("section", { class: `rw-question${question.hazard ? " rw-hazard" : ""}` },
      make("p", { title: question.asks }, ...breakable(shortened(question.asks))));
    for (const [at, answer] of this.answers(question).entries()) {
      const button = makeButton("", answer.title, answer.act);
      button.append(make("strong", {}, `${at + 1}  `), ...breakable(answer.label));
      if (answer.argument) button.append(make("span", { class: "rw-muted" }, ` ${answer.argument}`));
      box.append(button);
    }
    if (questions.length > 1) {
      const at = questions.indexOf(question) + 1;
      box.append(makeButton(`question ${at} of ${questions.length}: next (q)`, "the next question (q)",
        () => this.askNext()));
    }
    this.questions.replaceChildren(box);
  }

  askNext() {
    const { rows, questions } = this.page();
    if (!questions.length) return;
    this.asking = (questions.indexOf(this.question()) + 1) % questions.length;
    const { source } = this.question();
    const at = rows.findIndex((/** @type {Row} */ row) => row.source === source);
    if (at >= 0) this.choose(at);
    else this.ask();
  }

  /** @param {any} question @returns {{ label: string, title: string, argument: string, act: () => void }[]} */
  answers(question) {
    const hazard = question.hazard;
    if (!hazard) {
      return question.offers.map((/** @type {any} */ offer, /** @type {number} */ at) => ({
        label: offer.to, title: `send it there and approve: ${offer.argument}`, argument: offer.argument,
        act: () => this.answer(question, at),
      }));
    }
    const answers = [];
    if (hazard.fix !== null) {
      answers.push({ label: hazard.fix ? `fix: ${shortened(`\`${hazard.fix}\``)}` : "fix: (removed)",
        title: `the script makes this change: ${hazard.fix || "(removed)"}`, argument: "", act: () => this.send({ kind: "settle", id: hazard.id, resolution: "fix" }) });
    }
    answers.push({ label: "accept", title: "leave it as it is", argument: "with a note on why",
      act: () => this.askNote(hazard) });
    return answers;
  }

  /** Take an offer, and approve the step where it then goes. @param {any} question @param {number} at */
  answer(question, at) {
    const approve = () => {
      const row = this.page().rows.find((/** @type {any} */ one) => one.source === question.source);
      if (row) this.decide([row], "approved");
    };
    if (at === 0) return approve();
    const row = this.page().rows.find((/** @type {any} */ one) => one.source === question.source);
    this.send({ kind: "retarget", source: question.source, seen: row?.seen ?? "",
      target: question.offers[at].to }, () => {
      for (const page of this.model.get("_pages")) {
        const moved = page.rows.find((/** @type {any} */ one) => one.source === question.source);
        if (moved) return this.decide([moved], "approved");
      }
    });
  }

  /** @param {any} hazard */
  askNote(hazard) {
    const cell = make("div");
    this.questions.prepend(cell);
    editInPlace(cell, WHY_NO_HARM, (note, done) =>
      this.line.send({ kind: "settle", id: hazard.id, resolution: "accept", note }, done),
    (hadFocus) => {
      cell.remove();
      this.update();
      if (hadFocus) this.root.focus();
    });
  }

  /** @param {Record<string, any>} intent @param {() => void} [done] */
  send(intent, done) {
    this.line.send(intent, (refused) => {
      this.tell(refused);
      if (!refused) done?.();
    });
  }

  /** @param {Row[]} rows @param {string} decision */
  decide(rows, decision) {
    sendDecision(this.line, rows, decision, (refused) => this.tell(refused));
  }

  /** Approve what raises no question on this page, and turn it; the last page is only to look at. */
  approvePage() {
    const page = this.page();
    if (this.at() === this.model.get("_pages").length - 1) return;
    const asked = new Set(page.questions.map((/** @type {any} */ question) => question.source));
    const open = page.rows.filter((/** @type {any} */ row) => row.decision === "pending");
    const left = open.filter((/** @type {any} */ row) => asked.has(row.source));
    this.decide(open.filter((/** @type {any} */ row) => !asked.has(row.source)), "approved");
    this.go(1);
    if (left.length) this.tell(`left open in ${page.title}, until its questions are answered: ${left.length}`);
  }

  /** @param {string} words */
  tell(words) {
    this.said.textContent = words;
    this.said.hidden = !words;
  }

  /** @param {number} by */
  go(by) {
    this.tell("");
    const wanted = Math.max(0, Math.min(this.model.get("_pages").length - 1, this.at() + by));
    this.current = 0;
    this.asking = 0;
    this.model.set("at", wanted);
    this.model.save_changes();
    this.update();
    this.choose(0);
  }

  /** @param {number} at */
  choose(at) {
    this.current = Math.max(0, Math.min(this.page().rows.length - 1, at));
    this.mark();
    const source = this.page().rows[this.current]?.source ?? "";
    const asked = this.page().questions.findIndex((/** @type {any} */ one) => one.source === source);
    if (asked >= 0) this.asking = asked;
    this.ask();
    clearTimeout(this.telling);
    this.telling = setTimeout(() => {
      this.model.set("selected", source);
      this.model.save_changes();
    }, 60);
  }

  mark() {
    for (const [at, item] of [...this.list.children].entries()) {
      item.toggleAttribute("aria-current", at === this.current);
      if (at === this.current) {
        const line = /** @type {HTMLElement} */ (item);
        const middle = line.offsetTop - this.list.offsetTop - this.list.clientHeight / 2;
        this.list.scrollTop = middle + line.offsetHeight / 2;
      }
    }
    const row = this.page().rows[this.current];
    this.reason.textContent = row ? row.refused || row.note || row.reason : "";
  }

  /** Show one moment of the graph beside the page, as large as it goes. @param {string} [moment] */
  showMoment(moment) {
    const graph = this.root.closest(".rw-stage");
    const now = graph?.querySelector("button[data-mode=before]")?.getAttribute("aria-pressed") === "true";
    const wanted = moment ?? (now ? "after" : "before");
    const button = /** @type {HTMLElement | null | undefined} */ (
      graph?.querySelector(`button[data-mode=${wanted}]`));
    button?.click();
    if (button) this.model.send({ kind: "zoom" });
    return !!button;
  }

  fullScreen() {
    const stage = this.root.closest(".rw-stage") ?? this.root;
    if (document.fullscreenElement) document.exitFullscreen();
    else stage.requestFullscreen?.().then(() => this.root.focus());
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = /** @type {Element} */ (event.target);
    if (isTyping(target) || typeInto(fieldIn(this.questions), event)) return;
    if (event.key === "Enter" && target.matches("button")) return;
    const rows = this.page().rows;
    const row = rows[this.current];
    const one = (/** @type {string} */ decision) => {
      if (row) this.decide([row], decision);
      this.choose(this.current + 1);
    };
    const answer = Number(event.key);
    const known = /** @type {Record<string, () => void>} */ ({
      ArrowRight: () => this.go(1), ArrowLeft: () => this.go(-1), PageDown: () => this.go(1),
      PageUp: () => this.go(-1), " ": () => this.go(1),
      j: () => this.choose(this.current + 1), ArrowDown: () => this.choose(this.current + 1),
      k: () => this.choose(this.current - 1), ArrowUp: () => this.choose(this.current - 1),
      Enter: () => this.approvePage(),
      a: () => one("approved"), r: () => one("rejected"), p: () => one("pending"),
      u: () => this.send({ kind: "undo" }), U: () => this.send({ kind: "redo" }),
      "?": () => this.root.classList.toggle("rw-all-keys"),
      q: () => this.askNext(), b: () => this.showMoment(),
      F: () => this.fullScreen(), f: () => this.fullScreen(),
    });
    if (answer >= 1) {
      const question = this.question();
      if (question) this.answers(question)[answer - 1]?.act();
    } else if (known[event.key]) known[event.key]();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

/** A sentence in which long pieces of code are cut. @param {string} words */
function shortened(words) {
  return words.replace(/`([^`]{40})[^`]{4,}`/g, "`$1…`");
}

/** Where a step goes; a name that stays the same is not said again. @param {Row} row */
function folderOf(row) {
  const at = row.to.lastIndexOf("/") + 1;
  const isSame = at > 0 && row.from.split("/").pop() === row.to.slice(at);
  return isSame && row.kind === "move" ? breakable(row.to.slice(0, at)) : targetOf(row);
}
