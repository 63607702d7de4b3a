/** One line of a story: after so much time, somebody does something. */
export interface Line {
  readonly number: number;
  readonly afterMs: number;
  readonly who: string;
  readonly verb: string;
  /** Words without a key, in their order. */
  readonly words: readonly string[];
  /** `key=value`. */
  readonly named: Readonly<Record<string, string>>;
  readonly text: string;
}

const UNITS_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * A story is text: `[+2h] who verb word "several words" key=value`. Empty lines and lines that begin with `#` say
 * something to the reader alone.
 */
export function readStory(story: string): Line[] {
  return story.split('\n').flatMap((text, index) => {
    const line = text.trim();
    return line === '' || line.startsWith('#') ? [] : [readLine(line, index + 1)];
  });
}

function readLine(text: string, number: number): Line {
  const parts = [...text.matchAll(/[^\s"]*"[^"]*"|\S+/g)].map(([part]) => part.replaceAll('"', ''));
  const [first = ''] = parts;
  const afterMs = first.startsWith('+') ? durationMs(first.slice(1)) : 0;
  const [who = '', verb = '', ...rest] = first.startsWith('+') ? parts.slice(1) : parts;
  const pairs = rest.filter((part) => part.includes('=')).map((part) => part.split('=', 2));
  const words = rest.filter((part) => !part.includes('='));
  return { number, afterMs, who, verb, words, named: Object.fromEntries(pairs), text };
}

/** `90m`, `4h`, `2d`, and sums of them: `1d4h`. */
export function durationMs(text: string): number {
  const parts = [...text.matchAll(/(\d+)([mhd])/g)];
  if (parts.map(([part]) => part).join('') !== text) throw new Error(`${text} is no duration such as 90m, 4h or 1d12h`);
  return parts.reduce((sum, [, amount = '0', unit = 'm']) => sum + Number(amount) * (UNITS_MS[unit] ?? 0), 0);
}
