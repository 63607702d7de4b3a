/** How hawkey, on which dnf 4 stands, counts the kinds of checksums: `CHKSUM_SHA256`. */
const SHA256 = 2;
const SHA256_BYTES = 32;
/** dnf 4 prints a checksum the way Python writes a pair of a number and bytes: `(3, b'\xe3…')`. */
const PAIR = /^\((\d+), b(['"])(.*)\2\)$/s;
const ESCAPES: Readonly<Record<string, number>> = { n: 0x0a, r: 0x0d, t: 0x09, '\\': 0x5c, "'": 0x27, '"': 0x22 };

/** The SHA-256 of a package's file as hex; null where dnf prints another kind, or another way. */
export function sha256In(text: string): string | null {
  const [, kind, , body] = PAIR.exec(text) ?? [];
  if (kind === undefined || body === undefined || Number(kind) !== SHA256) return null;
  const bytes: number[] = [];
  for (const [, hex, escaped, plain] of body.matchAll(/\\x([0-9a-f]{2})|\\(.)|([^\\])/gs)) {
    bytes.push(byteOf(hex, escaped, plain));
  }
  return bytes.length === SHA256_BYTES ? Buffer.from(bytes).toString('hex') : null;
}

function byteOf(hex: string | undefined, escaped: string | undefined, plain: string | undefined): number {
  if (hex !== undefined) return Number.parseInt(hex, 16);
  if (escaped !== undefined) return ESCAPES[escaped] ?? 0;
  return plain?.charCodeAt(0) ?? 0;
}
