// What a message may contain. The server sanitises what is sent; this schema keeps paste and typing within the same set.
import { Schema } from "prosemirror-model";
import { bulletList, listItem, orderedList } from "prosemirror-schema-list";

// Addresses a link may have. Everything else (javascript:, data:, file:) loses its link and keeps its text.
const SAFE_ADDRESS = /^(https?:|mailto:|tel:)/i;

/** The address as it may be stored, or null when it is not safe. A bare host name gets https. */
export function safeAddress(text) {
  const address = text.trim();
  if (SAFE_ADDRESS.test(address)) return address;
  if (/^[^\s/:@]+@[^\s/:@]+\.[^\s/:@]+$/.test(address)) return `mailto:${address}`;
  if (/^[\w-]+(\.[\w-]+)+([/:?#]\S*)?$/.test(address)) return `https://${address}`;
  return null;
}

const nodes = {
  doc: { content: "block+" },
  paragraph: { content: "inline*", group: "block", parseDOM: [{ tag: "p" }], toDOM: () => ["p", 0] },
  blockquote: {
    content: "block+",
    group: "block",
    defining: true,
    parseDOM: [{ tag: "blockquote" }],
    toDOM: () => ["blockquote", 0],
  },
  code_block: {
    content: "text*",
    marks: "",
    group: "block",
    code: true,
    defining: true,
    parseDOM: [{ tag: "pre", preserveWhitespace: "full" }],
    toDOM: () => ["pre", ["code", 0]],
  },
  text: { group: "inline" },
  hard_break: {
    inline: true,
    group: "inline",
    selectable: false,
    parseDOM: [{ tag: "br" }],
    toDOM: () => ["br"],
  },
  ordered_list: { ...orderedList, content: "list_item+", group: "block" },
  bullet_list: { ...bulletList, content: "list_item+", group: "block" },
  list_item: { ...listItem, content: "paragraph block*" },
};

const marks = {
  // A link to a moment of a recording.
  time: {
    attrs: { atMs: {} },
    inclusive: false,
    parseDOM: [
      {
        tag: "a[data-at-ms]",
        priority: 60,
        getAttrs(element) {
          const atMs = Number(element.getAttribute("data-at-ms"));
          return Number.isSafeInteger(atMs) && atMs >= 0 ? { atMs } : false;
        },
      },
    ],
    toDOM: (mark) => ["a", { "data-at-ms": String(mark.attrs.atMs) }, 0],
  },
  link: {
    attrs: { href: {} },
    inclusive: false,
    parseDOM: [
      {
        tag: "a[href]",
        getAttrs(element) {
          const href = safeAddress(element.getAttribute("href"));
          return href ? { href } : false;
        },
      },
    ],
    toDOM: (mark) => ["a", { href: mark.attrs.href, rel: "noopener noreferrer nofollow" }, 0],
  },
  em: {
    parseDOM: [{ tag: "i" }, { tag: "em" }, { style: "font-style=italic" }],
    toDOM: () => ["em", 0],
  },
  strong: {
    parseDOM: [
      { tag: "strong" },
      // Some word processors wrap everything in a <b> of normal weight.
      { tag: "b", getAttrs: (element) => element.style.fontWeight !== "normal" && null },
      { style: "font-weight", getAttrs: (weight) => /^(bold(er)?|[5-9]\d{2,})$/.test(weight) && null },
    ],
    toDOM: () => ["strong", 0],
  },
  strike: {
    parseDOM: [{ tag: "s" }, { tag: "del" }, { style: "text-decoration=line-through" }],
    toDOM: () => ["s", 0],
  },
  code: { parseDOM: [{ tag: "code" }], toDOM: () => ["code", 0] },
};

export const schema = new Schema({ nodes, marks });
