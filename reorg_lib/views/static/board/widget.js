// @ts-check
/**
 * The widget: how the board follows what Python sets.
 */

export default {
  /** @param {{ model: Model, el: HTMLElement }} context */
  render({ model, el }) {
    const board = new Board(model);
    let waiting = false;
    const update = () => {
      if (waiting) return;
      waiting = true;
      queueMicrotask(() => { waiting = false; board.update(); });
    };
    const redraw = () => board.pane.draw();
    const deafen = listenTo(model, [
      ["_rows", update], ["counts", update], ["progress", update], ["_history", update],
      ["_open_problem", update], ["_has_shipped", update], ["_detail", redraw], ["_diff", redraw], ["_hazards", redraw],
      ["selected", () => board.follow(model.get("selected"))],
    ]);
    el.append(board.root);
    board.table.current = model.get("selected");
    board.update();
    board.select(board.table.current || board.table.shown[0]?.source || "", false);
    return () => {
      deafen();
      board.close();
    };
  },
};
