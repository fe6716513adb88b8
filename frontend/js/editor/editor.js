// The rich-text editor of the composer: a thin face over ProseMirror, loaded when a composer first opens.
import { lift, setBlockType, toggleMark, wrapIn } from "prosemirror-commands";
import { history } from "prosemirror-history";
import { DOMParser, DOMSerializer } from "prosemirror-model";
import { wrapInList, liftListItem } from "prosemirror-schema-list";
import { EditorState, Plugin } from "prosemirror-state";
import { Decoration, DecorationSet, EditorView } from "prosemirror-view";
import { keys } from "./keys.js";
import { safeAddress, schema } from "./schema.js";
import { insertTime } from "./times.js";

const { marks, nodes } = schema;

// The formats a toolbar can switch, by the name that `toggle` takes and `onFormats` reports.
const MARKS = { bold: marks.strong, italic: marks.em, strike: marks.strike, code: marks.code };
const BLOCKS = {
  bullet_list: nodes.bullet_list,
  ordered_list: nodes.ordered_list,
  blockquote: nodes.blockquote,
  code_block: nodes.code_block,
};

/**
 * Mounts an editor inside `element`.
 *
 * @param {HTMLElement} element an empty element that nothing else writes into
 * @param {object} options
 * @param {(html: string, text: string) => void} [options.onChange] called after each edit; both are "" when empty
 * @param {(formats: string[]) => void} [options.onFormats] the formats at the caret, whenever they change
 * @param {() => void} [options.onSubmit] Mod-Enter was pressed
 * @param {() => void} [options.onLink] Mod-k was pressed: ask for an address, then call `setLink`
 * @param {(files: FileList) => void} [options.onFiles] files were pasted or dropped
 */
export function mount(element, options) {
  const texts = { placeholder: "" };
  const takes = { timeLinks: false };
  const plugins = [history(), ...keys(options, takes), placeholder(texts)];
  const stateOf = (doc) => EditorState.create({ doc, plugins });
  const view = new EditorView(element, {
    state: stateOf(parse("")),
    handlePaste: (_view, event) => takeFiles(event.clipboardData, options.onFiles),
    handleDrop: (_view, event) => takeFiles(event.dataTransfer, options.onFiles),
    dispatchTransaction(transaction) {
      view.updateState(view.state.apply(transaction));
      if (transaction.docChanged) options.onChange?.(toHtml(view.state.doc), toText(view.state.doc));
      options.onFormats?.(formatsAt(view.state));
    },
  });
  const run = (command) => {
    command(view.state, view.dispatch);
    view.focus();
  };
  return {
    /** Names the editor for screen readers, and says what it shows while it is empty. */
    setTexts(label, placeholder) {
      texts.placeholder = placeholder;
      const attributes = { "aria-label": label, "aria-multiline": "true", class: "rich-text-area", role: "textbox" };
      view.setProps({ attributes });
    },
    /** Says whether a time such as 1:23 followed by Enter becomes a link to that moment of a recording. */
    setTimeLinks(wanted) {
      takes.timeLinks = wanted;
    },
    getHTML: () => toHtml(view.state.doc),
    /** Replaces the whole content without calling `onChange`; undo starts afresh. */
    setHTML(html) {
      view.updateState(stateOf(parse(html)));
      options.onFormats?.([]);
    },
    /** Puts the caret where it was, or at the end when the editor never had it. */
    focus: () => view.focus(),
    /** Switches a format: bold, italic, strike, code, bullet_list, ordered_list, blockquote or code_block. */
    toggle(format) {
      if (MARKS[format]) run(toggleMark(MARKS[format]));
      else if (BLOCKS[format]) run(toggleBlock(format));
    },
    /** Links the selection, or the address itself where nothing is selected; "" removes the link. False: not a safe address. */
    setLink(address) {
      const href = safeAddress(address);
      if (address !== "" && !href) return false;
      run(linkTo(href, address));
      return true;
    },
    /** Replaces the `count` characters before the caret by plain text. */
    replaceBefore: (count, text) =>
      run((state, dispatch) => {
        const { from } = state.selection;
        dispatch(state.tr.insertText(text, Math.max(0, from - count), from).scrollIntoView());
      }),
    insertText: (text) => run((state, dispatch) => dispatch(state.tr.insertText(text).scrollIntoView())),
    /** Inserts a link to a moment of a recording, in milliseconds, at the caret. */
    insertTime: (atMs, text) => run(insertTime(atMs, text)),
    /** Inserts formatted content, a snippet for instance, at the caret. */
    insertHTML: (html) =>
      run((state, dispatch) => {
        const content = parse(html);
        dispatch(state.tr.replaceSelection(content.slice(0, content.content.size)).scrollIntoView());
      }),
    destroy: () => view.destroy(),
  };
}

function placeholder(texts) {
  return new Plugin({
    props: {
      decorations({ doc }) {
        if (!texts.placeholder || !isEmpty(doc)) return null;
        const hint = { class: "rich-text-placeholder", "data-placeholder": texts.placeholder };
        return DecorationSet.create(doc, [Decoration.node(0, doc.firstChild.nodeSize, hint)]);
      },
    },
  });
}

function parse(html) {
  const parsed = new window.DOMParser().parseFromString(html, "text/html");
  return DOMParser.fromSchema(schema).parse(parsed.body);
}

function isEmpty(doc) {
  return doc.childCount === 1 && doc.firstChild.type === nodes.paragraph && doc.firstChild.content.size === 0;
}

function toHtml(doc) {
  if (isEmpty(doc)) return "";
  const holder = document.createElement("div");
  holder.append(DOMSerializer.fromSchema(schema).serializeFragment(doc.content));
  return holder.innerHTML;
}

function toText(doc) {
  return doc.textBetween(0, doc.content.size, "\n", (leaf) => (leaf.type === nodes.hard_break ? "\n" : ""));
}

function takeFiles(transfer, onFiles) {
  if (!onFiles || !transfer?.files.length) return false;
  onFiles(transfer.files);
  return true;
}

function formatsAt(state) {
  const { $from, from, to, empty } = state.selection;
  const hasMark = (mark) =>
    empty ? Boolean(mark.isInSet(state.storedMarks ?? $from.marks())) : state.doc.rangeHasMark(from, to, mark);
  const formats = Object.keys(MARKS).filter((name) => hasMark(MARKS[name]));
  if (hasMark(marks.link)) formats.push("link");
  return formats.concat(Object.keys(BLOCKS).filter((name) => isInside($from, BLOCKS[name])));
}

function isInside($position, type) {
  for (let depth = $position.depth; depth > 0; depth--) {
    if ($position.node(depth).type === type) return true;
  }
  return false;
}

function toggleBlock(format) {
  const type = BLOCKS[format];
  return (state, dispatch) => {
    const inside = isInside(state.selection.$from, type);
    if (type === nodes.code_block) return setBlockType(inside ? nodes.paragraph : type)(state, dispatch);
    if (type === nodes.blockquote) return (inside ? lift : wrapIn(type))(state, dispatch);
    return (inside ? liftListItem(nodes.list_item) : wrapInList(type))(state, dispatch);
  };
}

function linkTo(href, typed) {
  return (state, dispatch) => {
    const { from, to, empty } = linkRange(state);
    const transaction = state.tr;
    if (href && empty) {
      transaction.replaceSelectionWith(schema.text(typed.trim(), [marks.link.create({ href })]), false);
    } else {
      transaction.removeMark(from, to, marks.link);
      if (href) transaction.addMark(from, to, marks.link.create({ href }));
    }
    dispatch(transaction.scrollIntoView());
    return true;
  };
}

// The selection, or the whole link that the caret stands in.
function linkRange({ selection }) {
  const { $from, from, to, empty } = selection;
  const link = $from.marks().find((mark) => mark.type === marks.link);
  if (!empty || !link) return { from, to, empty };
  const linked = (index) => {
    const node = $from.parent.maybeChild(index);
    return Boolean(node && link.isInSet(node.marks));
  };
  let first = $from.index();
  let start = $from.pos - $from.textOffset;
  while (first > 0 && linked(first - 1)) start -= $from.parent.child(--first).nodeSize;
  let end = start;
  for (let index = first; linked(index); index++) end += $from.parent.child(index).nodeSize;
  return { from: start, to: end, empty: false };
}
