// Keyboard shortcuts, and Markdown-like shorthand at the start of a line.
import { baseKeymap, chainCommands, exitCode, toggleMark } from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import { inputRules, wrappingInputRule } from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import { liftListItem, sinkListItem, splitListItem } from "prosemirror-schema-list";
import { schema } from "./schema.js";
import { linkTime } from "./times.js";

const { marks, nodes } = schema;

/**
 * The plugins that listen to keys. `onSubmit` and `onLink` are called for Mod-Enter and Mod-k; with `takes.timeLinks`,
 * Enter after a time links it.
 */
export function keys({ onSubmit, onLink }, takes) {
  const call = (callback) => () => {
    callback?.();
    return true;
  };
  const lineBreak = chainCommands(exitCode, (state, dispatch) => {
    dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
    return true;
  });
  const own = {
    "Mod-b": toggleMark(marks.strong),
    "Mod-i": toggleMark(marks.em),
    "Mod-Shift-x": toggleMark(marks.strike),
    "Mod-e": toggleMark(marks.code),
    "Mod-k": call(onLink),
    "Mod-Enter": call(onSubmit),
    "Mod-z": undo,
    "Mod-y": redo,
    "Mod-Shift-z": redo,
    "Shift-Enter": lineBreak,
    Enter: chainCommands(
      (state, dispatch) => takes.timeLinks && linkTime(state, dispatch),
      splitListItem(nodes.list_item),
    ),
    // Tab moves the focus on, so that nobody is trapped: lists are nested with brackets.
    "Mod-]": sinkListItem(nodes.list_item),
    "Mod-[": liftListItem(nodes.list_item),
  };
  const rules = [
    wrappingInputRule(/^\s*>\s$/, nodes.blockquote),
    wrappingInputRule(/^\s*[-*]\s$/, nodes.bullet_list),
    wrappingInputRule(/^(\d+)\.\s$/, nodes.ordered_list, (match) => ({ order: Number(match[1]) })),
  ];
  // Escape leads out of the editor; the page listens to it.
  const { Escape, ...base } = baseKeymap;
  return [inputRules({ rules }), keymap(own), keymap(base)];
}
