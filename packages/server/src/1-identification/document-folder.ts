import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { type ZipLimits, zipMembers } from '@patchsteward/feeds';
import { DOCUMENT_BYTES_MAX } from '../connectors/csaf-document.ts';
import type { Asking } from '../connectors/origin-bytes.ts';
import { Refusal } from '../platform/http/refusal.ts';

/** The files of a provider, wherever they lie: by their names in the folder, with `/` between its parts. */
export interface DocumentFolder {
  readonly names: readonly string[];
  /** What is not in the folder cannot be reached, as what a provider does not serve. Refuses with `feed-unreachable`. */
  readonly ask: Asking;
}

/** Red Hat's VEX are a quarter of a million documents, each with a hash and a signature. */
const FILES_MAX = 1_000_000;

const ZIP_LIMITS: ZipLimits = {
  entriesMax: FILES_MAX,
  entryBytesMax: DOCUMENT_BYTES_MAX,
  /** Read one by one; a bomb would keep us busy. */
  totalBytesMax: 8 * 1024 * 1024 * 1024,
};

/** The files of a zip. Throws FeedUnreadable where it is none. */
export function zipFolder(archive: Uint8Array): DocumentFolder {
  const members = new Map([...zipMembers(archive, ZIP_LIMITS)].map((member) => [member.name, member]));
  return {
    names: [...members.keys()].sort(),
    ask: async (name, bytesMax) => {
      const member = members.get(name);
      if (member === undefined) throw absent(name);
      if (member.sizeBytes > bytesMax) throw tooLarge(name, bytesMax);
      return Buffer.from(member.read());
    },
  };
}

/** One document, with nothing beside it. */
export function singleDocument(name: string, bytes: Buffer): DocumentFolder {
  return {
    names: [name],
    ask: async (asked) => {
      if (asked !== name) throw absent(asked);
      return bytes;
    },
  };
}

/** The files of a folder and of the folders in it; links are not followed. */
export async function diskFolder(directory: string): Promise<DocumentFolder> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  if (entries.length > FILES_MAX) {
    throw new Refusal('feed-unreadable', `The folder ${directory} holds more than ${FILES_MAX} files.`);
  }
  const names = new Set(
    entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => relative(directory, join(parentPath, name)).split(sep).join('/')),
  );
  return {
    names: [...names].sort(),
    ask: async (name, bytesMax) => {
      if (!names.has(name)) throw absent(name);
      const path = join(directory, name);
      if ((await stat(path)).size > bytesMax) throw tooLarge(name, bytesMax);
      return readFile(path);
    },
  };
}

function absent(name: string): Refusal {
  return new Refusal('feed-unreachable', `${name} is not there.`);
}

function tooLarge(name: string, bytesMax: number): Refusal {
  return new Refusal('feed-unreadable', `${name} has more than ${Math.floor(bytesMax / 1024)} KiB.`);
}
