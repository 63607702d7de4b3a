import { execFileSync } from 'node:child_process';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type Form, hasXz, unpacked } from './unpack.ts';

const TEXT = 'Package: acme-web\n'.repeat(10_000);
const XZ = 'xz';
const HAS_XZ = await hasXz();

function packedAs(form: Form): Buffer {
  if (form === '.gz') return gzipSync(TEXT);
  return form === '.xz' ? execFileSync(XZ, ['--stdout'], { input: TEXT }) : Buffer.from(TEXT);
}

async function read(bytes: Buffer | Readable, form: Form, bytesMax = TEXT.length): Promise<string> {
  const chunks: Uint8Array[] = [];
  const packed = bytes instanceof Readable ? bytes : Readable.from([bytes]);
  for await (const chunk of unpacked(packed, form, bytesMax)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

// Without the program `xz` the server reads gzip, which archives serve beside it.
describe.each(['', '.gz', '.xz'] as const)('an index packed as "%s"', (form) => {
  const possible = it.skipIf(form === '.xz' && !HAS_XZ);

  possible('is unpacked', async () => {
    expect(await read(packedAs(form), form)).toBe(TEXT);
  });

  possible('is refused beyond its size', async () => {
    await expect(read(packedAs(form), form, TEXT.length - 1)).rejects.toThrow('unpacks to more than');
  });

  possible('that breaks on its way says why', async () => {
    const broken = async function* () {
      yield await Promise.resolve(packedAs(form).subarray(0, 50));
      throw new Error('the disk is gone');
    };

    await expect(read(Readable.from(broken()), form)).rejects.toThrow('the disk is gone');
  });

  // What is not packed has no form that could be damaged; its hash tells.
  if (form === '') return;
  possible('is refused where it is damaged', async () => {
    const packed = packedAs(form);

    await expect(read(packed.subarray(0, -8), form)).rejects.toThrow(/no valid (gzip|xz)/);
    await expect(read(Buffer.from('hello'), form)).rejects.toThrow(/no valid (gzip|xz)/);
  });
});
