/** What is known of the file that was asked for. */
export interface FileFacts {
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

export interface Asked {
  readonly ifModifiedSince: string | undefined;
  readonly range: string | undefined;
}

export interface Answer {
  readonly status: 200 | 206 | 304 | 404;
  /** The first byte to send; the last one is the file's. */
  readonly startBytes: number;
}

/** What an honest server answers. apt resumes a part that it has with a range, and asks for what is newer than it has. */
export function answerTo({ ifModifiedSince, range }: Asked, file: FileFacts | null): Answer {
  if (file === null) return { status: 404, startBytes: 0 };
  // Dates in HTTP have no parts of a second. // RFC 9110 §5.6.7
  const modifiedMs = Math.floor(file.modifiedMs / 1_000) * 1_000;
  if (ifModifiedSince !== undefined && Date.parse(ifModifiedSince) >= modifiedMs) return { status: 304, startBytes: 0 };
  const startBytes = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
  return startBytes > 0 && startBytes < file.sizeBytes ? { status: 206, startBytes } : { status: 200, startBytes: 0 };
}
