/** What became of a message at the door of its receiver. */
export type Delivery =
  | { readonly kind: 'accepted'; readonly answer: string }
  /** The receiver says no for good: no such mailbox, no such address. */
  | { readonly kind: 'bounced'; readonly answer: string }
  /** Not now: the network, a full mailbox, a setting that is missing. */
  | { readonly kind: 'deferred'; readonly answer: string };

/** Enough of an answer to know it again. */
const ANSWER_CHARACTERS_MAX = 500;

export function answerText(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll('\0', '').trim().slice(0, ANSWER_CHARACTERS_MAX);
}
