import { strings } from '../platform/strings.ts';

const { states, jobStates, documentKinds } = strings.campaign;

/** A word that this console does not know yet keeps its own spelling. */
function wordOf(words: Readonly<Record<string, string>>, word: string): string {
  return Object.hasOwn(words, word) ? (words[word] ?? word) : word;
}

export function stateName(state: string): string {
  return wordOf(states, state);
}

export function jobStateName(state: string): string {
  return wordOf(jobStates, state);
}

export function kindName(kind: string): string {
  return wordOf(documentKinds, kind);
}

export function roleName(role: string): string {
  return wordOf(strings.role, role);
}

/** Where a role stands alone, not within a sentence. */
export function roleTitle(role: string): string {
  return wordOf(strings.roleTitle, role);
}
