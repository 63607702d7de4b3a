import { AssetFilter, type AssetFilterWords } from '@patchsteward/contract';
import { EXIT } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';

/** `criticality=high,critical` as the server's filter takes it; each `--where` narrows what the others leave. */
export function filterOf(where: readonly string[], search?: string): AssetFilterWords {
  const words: Record<string, string> = search === undefined ? {} : { search };
  for (const text of where) {
    const at = text.indexOf('=');
    const name = camelCase(text.slice(0, Math.max(at, 0)));
    const value = text.slice(at + 1);
    if (!(name in AssetFilter.shape)) throw unknownWord(text);
    if (name in words)
      throw wrong(`--where names ${text.slice(0, at)} twice`, 'give several values with commas between them');
    words[name] = value;
  }
  const parsed = AssetFilter.safeParse(words);
  if (parsed.success) return words;
  const [issue] = parsed.error.issues;
  throw wrong(
    `--where does not fit: ${issue?.path.join('.')}: ${issue?.message}`,
    'correct it, as in --where criticality=high',
  );
}

function unknownWord(text: string): Failure {
  const known = Object.keys(AssetFilter.shape).map((name) =>
    name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
  );
  return wrong(`--where ${text} is no filter`, `write NAME=VALUE with one of ${known.join(', ')}`);
}

function wrong(problem: string, advice: string): Failure {
  return new Failure(problem, advice, { exitCode: EXIT.usage });
}

/** `maintenance-group`, as all else is written on a command line. */
function camelCase(text: string): string {
  return text.trim().replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
