/** Bytes of standard base64 with its padding, and only of the one text that these bytes have. // RFC 4648 §3.5 §4 */
export function fromBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  // The decoder of Node passes over what it does not know; only a text that comes back unchanged was base64.
  return bytes.toString('base64') === text ? bytes : null;
}

export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
