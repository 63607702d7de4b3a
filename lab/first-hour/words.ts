/** `<name>`: what the reader puts in its place, of their own or seen earlier. */
const PLACEHOLDER = /<([a-z][a-z0-9-]*)>/g;
/** What stands for anything, within one line. */
const ANYTHING = '…';

/** What is known by now: what the reader brought, and what they saw. */
export type Known = ReadonlyMap<string, string>;

export function placeholdersOf(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name);
}

/** As the reader types it; throws where a word stands for nothing yet. */
export function filled(text: string, known: Known): string {
  return text.replaceAll(PLACEHOLDER, (_, name: string) => {
    const value = known.get(name);
    if (value === undefined) throw new Error(`<${name}> was neither brought nor seen before`);
    return value;
  });
}

/**
 * Looks for what the reader is told to look for; gives what the words stand for that were not known, or null where it is
 * not there. White space counts once, as for the eye.
 */
export function seen(output: string, expected: string, known: Known): Map<string, string> | null {
  const news: string[] = [];
  const pattern = oneSpaced(expected)
    .split(/(<[a-z][a-z0-9-]*>|…)/)
    .map((part) => patternOf(part, known, news))
    .join('');
  for (const line of output.split('\n').map(oneSpaced)) {
    const match = new RegExp(pattern).exec(line);
    if (match !== null) return new Map(news.map((name) => [name, match.groups?.[groupOf(name)] ?? '']));
  }
  return null;
}

function patternOf(part: string, known: Known, news: string[]): string {
  if (part === ANYTHING) return '.*';
  const name = placeholdersOf(part)[0];
  if (name === undefined) return literal(part);
  const value = known.get(name);
  if (value !== undefined) return literal(oneSpaced(value));
  if (news.includes(name)) return `\\k<${groupOf(name)}>`;
  news.push(name);
  return `(?<${groupOf(name)}>\\S+)`;
}

function groupOf(name: string): string {
  return name.replaceAll('-', '_');
}

function literal(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}

function oneSpaced(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
