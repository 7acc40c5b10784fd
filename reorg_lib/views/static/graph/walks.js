// @ts-check
/**
 * The imports as a graph to walk: neighbours, what is reached, dominated, on a path.
 */

class Walks {
  /** @param {Data} data */
  constructor(data) {
    /** @type {Map<string, Set<string>>} */
    this.out = new Map(data.nodes.map((node) => [node.id, new Set()]));
    /** @type {Map<string, Set<string>>} */
    this.in = new Map(data.nodes.map((node) => [node.id, new Set()]));
    for (const { from, to } of data.edges) {
      this.out.get(from)?.add(to);
      this.in.get(to)?.add(from);
    }
    const used = data.rail.flatMap((one) => one.uses).filter((use) => use.how === "imported by");
    /** Modules that somebody outside, or nobody at all, imports. */
    this.entries = new Set(used.map((use) => use.module));
    for (const [id, importers] of this.in) if (!importers.size) this.entries.add(id);
  }

  /**
   * What is reached from some modules, they included, without passing through `but`.
   * @param {Iterable<string>} from @param {Map<string, Set<string>>} steps @param {string} [but]
   */
  reach(from, steps, but = "") {
    const seen = new Set([...from].filter((id) => id !== but));
    for (const id of seen) for (const next of steps.get(id) ?? []) if (next !== but) seen.add(next);
    return seen;
  }

  /** @param {string} name of one of SETS @param {string} id @returns {Set<string>} */
  set(name, id) {
    if (name === "out") return this.out.get(id) ?? new Set();
    if (name === "in") return this.in.get(id) ?? new Set();
    const found = this.reach([id], name === "reached" ? this.in : this.out);
    found.delete(id);
    if (name !== "only") return found;
    const otherwise = this.reach(this.entries, this.out, id);
    return new Set([...found].filter((one) => !otherwise.has(one)));
  }

  /**
   * The modules on any way from one to another, and the ways themselves, the short ones first.
   * @param {string} from @param {string} to
   */
  paths(from, to) {
    const back = this.reach([to], this.in);
    const on = new Set([...this.reach([from], this.out)].filter((id) => back.has(id)));
    /** @type {string[][]} */
    const paths = [];
    /** @type {string[][]} */
    let open = on.has(to) && on.has(from) ? [[from]] : [];
    while (open.length && paths.length < MOST_PATHS) {
      /** @type {string[][]} */
      const longer = [];
      for (const path of open) {
        const end = path[path.length - 1];
        if (end === to) paths.push(path);
        else
          for (const next of this.out.get(end) ?? [])
            if (on.has(next) && !path.includes(next)) longer.push([...path, next]);
      }
      open = longer.slice(0, 5000);
    }
    return { on: new Set(paths.flat()), paths: paths.slice(0, MOST_PATHS) };
  }
}
