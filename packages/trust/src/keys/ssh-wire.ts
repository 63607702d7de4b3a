/** Bytes that are not what SSH writes. */
class SshWireError extends Error {}

const UINT32_BYTES = 4;

/** Reads the data types of SSH one after another; nothing may be left in the end. // RFC 4251 §5 */
export class SshReader {
  #rest: Buffer;

  constructor(bytes: Uint8Array) {
    this.#rest = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  take(count: number): Buffer {
    if (count > this.#rest.length) throw new SshWireError('cut short');
    const taken = this.#rest.subarray(0, count);
    this.#rest = this.#rest.subarray(count);
    return taken;
  }

  uint32(): number {
    return this.take(UINT32_BYTES).readUInt32BE();
  }

  string(): Buffer {
    return this.take(this.uint32());
  }

  ascii(): string {
    return this.string().toString('latin1');
  }

  /** A whole number above 0, in its shortest form: one number, one encoding. */
  positive(): Buffer {
    const bytes = this.string();
    const first = bytes[0];
    if (first === undefined || first >= 0x80) throw new SshWireError('not a positive number');
    if (first !== 0) return bytes;
    if ((bytes[1] ?? 0) < 0x80) throw new SshWireError('a number with idle zeros');
    return bytes.subarray(1);
  }

  end(): void {
    if (this.#rest.length > 0) throw new SshWireError('trailing bytes');
  }
}

/** // RFC 4251 §5: a string is its length and its bytes. */
export function sshString(content: string | Uint8Array): Buffer {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  const length = Buffer.alloc(UINT32_BYTES);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** The answer of a reader, or null where the bytes are not SSH's. */
export function readSsh<T>(bytes: Uint8Array, read: (reader: SshReader) => T): T | null {
  const reader = new SshReader(bytes);
  try {
    const value = read(reader);
    reader.end();
    return value;
  } catch (error) {
    if (error instanceof SshWireError) return null;
    throw error;
  }
}
