// Words selected in an article's text → their place there, in code points.
//
// Elements with data-offset have as their text that of the article from there on.

function points(text) {
  return [...text].length;
}

/** The place of a point of the document in the text of its element, in code points; null outside of any. */
function place(container, node, offset) {
  const element = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest("[data-offset]");
  if (!element || !container.contains(element)) return null;
  const before = document.createRange();
  before.selectNodeContents(element);
  before.setEnd(node, offset);
  return Number(element.dataset.offset) + points(before.toString());
}

/** The first place of the text at or after a point between elements, or the last before it. */
function nearby(container, range, atStart) {
  const elements = [...container.querySelectorAll("[data-offset]")].filter((each) => range.intersectsNode(each));
  const element = atStart ? elements.at(0) : elements.at(-1);
  if (!element) return null;
  return Number(element.dataset.offset) + (atStart ? 0 : points(element.textContent));
}

/** {article, start, end, text} of what is selected within a text; null when that is nothing. */
export function selected() {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const common = range.commonAncestorContainer;
  const container = (common.nodeType === Node.TEXT_NODE ? common.parentElement : common)?.closest("[data-article]");
  if (!container) return null;
  let start = place(container, range.startContainer, range.startOffset) ?? nearby(container, range, true);
  let end = place(container, range.endContainer, range.endOffset) ?? nearby(container, range, false);
  const text = selection.toString();
  if (start === null || end === null || !text.trim()) return null;
  start += points(text) - points(text.trimStart());
  end -= points(text) - points(text.trimEnd());
  return start < end ? { article: container.dataset.article, start, end, text: text.trim() } : null;
}
