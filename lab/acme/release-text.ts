export interface IndexFile {
  /** Below the folder of the suite. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

export interface ReleaseFacts {
  readonly suite: string;
  readonly dateMs: number;
  readonly validUntilMs: number | null;
  readonly files: readonly IndexFile[];
}

/** The index of an apt suite. Its signature covers the indexes of packages by their hashes. */
export function releaseText({ suite, dateMs, validUntilMs, files }: ReleaseFacts): string {
  return [
    'Origin: Acme',
    'Label: Acme',
    `Suite: ${suite}`,
    `Codename: ${suite}`,
    `Date: ${releaseDate(dateMs)}`,
    ...(validUntilMs === null ? [] : [`Valid-Until: ${releaseDate(validUntilMs)}`]),
    'Acquire-By-Hash: yes',
    'Architectures: all amd64 arm64',
    'Components: main',
    'SHA256:',
    ...files.map(({ sha256, sizeBytes, path }) => ` ${sha256} ${sizeBytes} ${path}`),
    '',
  ].join('\n');
}

/** apt wants UTC said as UTC. */
function releaseDate(ms: number): string {
  return new Date(ms).toUTCString().replace(/GMT$/, 'UTC');
}
