/**
 * Whether a word of apt's preferences fits: `/…/` is an extended regular expression found anywhere, all else a glob(7).
 * One that cannot be read fits nothing. // apt_preferences(5)
 */
export function globMatcher(pattern: string): (text: string) => boolean {
  const written = /^\/(.*)\/$/.exec(pattern)?.[1];
  const expression = expressionOf(written ?? `^${globExpression(pattern)}$`);
  return (text) => expression?.test(text) === true;
}

function globExpression(glob: string): string {
  return glob.replaceAll(/\[!?[^\]]+\]|[.+^${}()|\\*?[\]]/g, (part) => {
    if (part === '*') return '.*';
    if (part === '?') return '.';
    return part.length > 1 ? part.replace('[!', '[^') : `\\${part}`;
  });
}

/** The preferences are root's own words on its own host, so that a slow expression hurts nobody else. */
function expressionOf(source: string): RegExp | null {
  try {
    return new RegExp(source);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
