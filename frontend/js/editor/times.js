// Times in the text, such as 1:23, as links to that moment of a recording.
import { schema } from "./schema.js";

const TIME = /(?:^|[\s(])((?:(\d{1,3}):)?(\d{1,3}):(\d{2}))$/;

/** The moment that a text ends with, in milliseconds, and how many characters it has; null without one. */
export function timeAtEnd(text) {
  const found = TIME.exec(text);
  if (!found) return null;
  const [, written, hours, minutes, seconds] = found;
  if (Number(seconds) > 59 || (hours !== undefined && Number(minutes) > 59)) return null;
  return { atMs: ((Number(hours ?? 0) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000, length: written.length };
}

/** Turns the time before the caret into a link; false where there is none, or where it is one already. */
export function linkTime(state, dispatch) {
  const { $from, from, empty } = state.selection;
  const { time } = schema.marks;
  if (!empty || $from.parent.type.spec.code) return false;
  const found = timeAtEnd($from.parent.textBetween(0, $from.parentOffset, undefined, "\ufffc"));
  if (!found || state.doc.rangeHasMark(from - found.length, from, time)) return false;
  dispatch?.(
    state.tr
      .addMark(from - found.length, from, time.create({ atMs: found.atMs }))
      .insert(from, schema.text(" "))
      .scrollIntoView(),
  );
  return true;
}

/** Inserts a link to a moment, with a space behind it. */
export function insertTime(atMs, text) {
  return (state, dispatch) => {
    const link = schema.text(text, [schema.marks.time.create({ atMs })]);
    dispatch(state.tr.replaceSelectionWith(link, false).insertText(" ").scrollIntoView());
  };
}
