import { BILL_CHARACTERS_MAX } from '@patchsteward/contract';
import { describe, expect, it } from 'vitest';
import { readBillFile } from './bill-file.ts';

function fileOf(bytes: Uint8Array<ArrayBuffer>, size = bytes.length) {
  return { name: 'shop.cdx.json', size, arrayBuffer: () => Promise.resolve(bytes.buffer) };
}

describe('the file of a bill of materials', () => {
  it('is read as it was written', async () => {
    const bytes = new TextEncoder().encode('{"name": "Käse"}');

    expect(await readBillFile(fileOf(bytes))).toEqual({
      name: 'shop.cdx.json',
      bytes: bytes.length,
      text: '{"name": "Käse"}',
    });
  });

  it('is refused before it is read where it is larger than the server takes', async () => {
    const unread = {
      name: 'a',
      size: BILL_CHARACTERS_MAX + 1,
      arrayBuffer: () => Promise.reject(new Error('it was read')),
    };

    expect(await readBillFile(unread)).toBe('too-large');
    expect(await readBillFile(fileOf(Uint8Array.of(0x7b, 0x7d), BILL_CHARACTERS_MAX))).toMatchObject({ text: '{}' });
  });

  it('is refused where it is no text', async () => {
    expect(await readBillFile(fileOf(Uint8Array.of(0x6e, 0xe4, 0x0a)))).toBe('unreadable');
  });
});
