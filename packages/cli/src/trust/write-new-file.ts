import { open } from 'node:fs/promises';
import { Failure } from '../platform/failure.ts';
import { meaningOf, systemCode } from '../platform/system-error.ts';

/** Writes a file that is not there yet, and has it on the disk before it says so: a lost key cannot be made again. */
export async function writeNewFile(path: string, text: string, mode: number): Promise<void> {
  try {
    const file = await open(path, 'wx', mode);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (systemCode(error) === 'EEXIST') {
      throw new Failure(`${path} is there already`, 'name another file; nothing is overwritten', { cause: error });
    }
    const { what, advice } = meaningOf(error);
    throw new Failure(`cannot write ${path}: ${what}`, advice, { cause: error });
  }
}
