import { open } from 'node:fs/promises';

/** // Linux Documentation/arch/x86/boot.rst: the header's magic, and where it says the version's text lies */
const MAGIC_OFFSET = 0x202;
const VERSION_POINTER_OFFSET = 0x20e;
const VERSION_BASE = 0x200;
const VERSION_BYTES_MAX = 512;

/** What `uname -r` and `uname -v` will say when this kernel runs, as its image tells the boot loader. */
export async function unameOf(image: string): Promise<{ readonly release: string; readonly build: string }> {
  const file = await open(image, 'r');
  try {
    const header = Buffer.alloc(MAGIC_OFFSET + 0x20);
    await file.read(header, 0, header.length, 0);
    if (header.toString('latin1', MAGIC_OFFSET, MAGIC_OFFSET + 4) !== 'HdrS') throw new Error(`${image}: no kernel`);
    const text = Buffer.alloc(VERSION_BYTES_MAX);
    await file.read(text, 0, text.length, header.readUInt16LE(VERSION_POINTER_OFFSET) + VERSION_BASE);
    const words = text.toString('latin1', 0, text.indexOf(0));
    const [, release, build] = /^(\S+) \([^)]*\) (#.*)$/.exec(words) ?? [];
    if (release === undefined || build === undefined) throw new Error(`${image}: ${words}`);
    return { release, build };
  } finally {
    await file.close();
  }
}
