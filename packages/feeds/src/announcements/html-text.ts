import { decodeReferences } from './character-references.ts';

/** Elements whose content is nothing that a person reads. */
const HIDDEN = new Set(['script', 'style', 'template', 'iframe', 'object', 'noscript', 'svg', 'math', 'head']);
const NEW_LINE = new Set([
  ...['p', 'div', 'br', 'ul', 'ol', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table', 'tr', 'section', 'article', 'hr'],
  ...['blockquote', 'pre', 'dl', 'dt', 'dd', 'header', 'footer', 'figure', 'aside', 'details', 'summary'],
]);
const NEW_CELL = new Set(['td', 'th']);

/** A tag: a name, then anything but the marks of tags, with quoted values whole. Sticky: it is tried at one place. */
const TAG = /<(\/?)([a-z][a-z0-9:-]*)((?:"[^"]*"|'[^']*'|[^'"<>])*)>/iy;
const HREF = /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i;

/**
 * What a person would read of a piece of HTML, line by line, in one pass: nothing of it is ever rendered. Links keep
 * their address where it is https and says more than their words.
 */
export function htmlText(html: string): string {
  const pieces: string[] = [];
  const links: { readonly href: string; readonly from: number }[] = [];
  const lower = html.toLowerCase();
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    pieces.push(decodeReferences(html.slice(at, open === -1 ? html.length : open)));
    if (open === -1) break;
    const aside = endOfAside(html, open);
    if (aside !== null) {
      at = aside;
      continue;
    }
    TAG.lastIndex = open;
    const [whole, slash, name = '', attributes = ''] = TAG.exec(html) ?? [];
    if (whole === undefined) {
      // No tag: a sign of its own, as in `< 3.0`.
      pieces.push('<');
      at = open + 1;
      continue;
    }
    at = open + whole.length;
    const element = name.toLowerCase();
    const closes = slash === '/';
    if (HIDDEN.has(element) && !closes) at = endOfHidden(lower, at, element);
    else if (element === 'a' && closes) pieces.push(addressOf(links.pop(), pieces));
    else if (element === 'a') links.push({ href: hrefOf(attributes), from: pieces.length });
    else pieces.push(markOf(element, closes));
  }
  return tidy(pieces.join(''));
}

function markOf(element: string, closes: boolean): string {
  if (element === 'li') return closes ? '\n' : '\n- ';
  if (NEW_CELL.has(element)) return ' ';
  return NEW_LINE.has(element) ? '\n' : '';
}

/** Where a comment, a declaration or an instruction ends; null: none begins here. */
function endOfAside(html: string, open: number): number | null {
  const mark = html[open + 1];
  if (mark !== '!' && mark !== '?') return null;
  const end = html.startsWith('<!--', open) ? html.indexOf('-->', open + 4) : html.indexOf('>', open);
  if (end === -1) return html.length;
  return end + (html.startsWith('<!--', open) ? 3 : 1);
}

function endOfHidden(lower: string, from: number, element: string): number {
  const close = lower.indexOf(`</${element}`, from);
  if (close === -1) return lower.length;
  const end = lower.indexOf('>', close);
  return end === -1 ? lower.length : end + 1;
}

function hrefOf(attributes: string): string {
  const [, double, single, bare] = HREF.exec(attributes) ?? [];
  return decodeReferences(double ?? single ?? bare ?? '').trim();
}

function addressOf(
  link: { readonly href: string; readonly from: number } | undefined,
  pieces: readonly string[],
): string {
  if (link === undefined || !/^https:\/\//i.test(link.href)) return '';
  return pieces.slice(link.from).join('').includes(link.href) ? '' : ` (${link.href})`;
}

/** Signs that turn the direction of a text around (CVE-2021-42574), and those that no text has. */
const UNSEEN = /(?![\n\t])\p{Cc}|[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** Lines without blanks around them, and never two empty ones. */
export function tidy(text: string): string {
  return text
    .replaceAll(UNSEEN, '')
    .split('\n')
    .map((line) => line.replaceAll(/[\s\u00a0]+/g, ' ').trim())
    .filter((line, place, lines) => line !== '' || (place > 0 && lines[place - 1] !== ''))
    .join('\n')
    .trim();
}
