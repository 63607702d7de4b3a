/** The release of an operating system, as os-release(5) names it: `ID` and `VERSION_ID`. */
export interface Release {
  /** os-release `ID`, lower case: `debian`, `ubuntu`, `rhel`. */
  readonly id: string;
  /** os-release `VERSION_ID`; null where there is none (Debian testing and unstable). */
  readonly versionId: string | null;
  /** os-release `VERSION_CODENAME`; null where there is none. */
  readonly codename: string | null;
  readonly prettyName: string;
}

/** Reads os-release(5) text: `KEY=value`, `KEY="value"`, comments with `#`. Null when it names no system. */
export function releaseOf(osRelease: string): Release | null {
  const fields = new Map<string, string>();
  for (const line of osRelease.split('\n')) {
    const match = /^([A-Z0-9_]+)=(.*)$/.exec(line.trim());
    const value = unquote(match?.[2] ?? '');
    // An empty value says as little as none: `debian:` would be the scope of nothing.
    if (match?.[1] !== undefined && value !== '') fields.set(match[1], value);
  }
  const id = fields.get('ID');
  if (id === undefined) return null;

  return {
    id: id.toLowerCase(),
    versionId: fields.get('VERSION_ID') ?? null,
    codename: fields.get('VERSION_CODENAME') ?? null,
    prettyName: fields.get('PRETTY_NAME') ?? id,
  };
}

function unquote(value: string): string {
  const quote = value[0];
  const quoted = value.length >= 2 && (quote === '"' || quote === "'") && value.endsWith(quote);
  return quoted ? value.slice(1, -1).replaceAll(/\\(["'$`\\])/g, '$1') : value;
}
