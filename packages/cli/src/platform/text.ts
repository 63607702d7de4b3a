// Characters that steer a terminal or turn the reading direction. Names and summaries come from hosts and feeds; printed
// raw, they could hide or forge what a person reads.
const STEERING = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** The text on one line with nothing in it that steers a terminal. */
export function plainText(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(STEERING, '\ufffd');
}

const WIDE =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\uff01-\uff60]/u;
const ASCII_ONLY = /^[\x20-\x7e]*$/;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** How many columns a terminal needs for plain text. */
export function columnsOf(text: string): number {
  if (ASCII_ONLY.test(text)) return text.length;
  let columns = 0;
  for (const { segment } of graphemes.segment(text)) columns += WIDE.test(segment) ? 2 : 1;
  return columns;
}

const ELLIPSIS = '…';

/** The text cut to a number of columns, with an ellipsis where something is missing. */
export function cutToColumns(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let kept = '';
  let used = columnsOf(ELLIPSIS);
  for (const { segment } of graphemes.segment(text)) {
    used += columnsOf(segment);
    if (used > columns) break;
    kept += segment;
  }
  return kept + ELLIPSIS;
}
