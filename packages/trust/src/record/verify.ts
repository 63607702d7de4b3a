import { createHash, type KeyObject } from 'node:crypto';
import type { Hash } from '@patchsteward/core/vocabulary';
import { canonicalJson } from '../canonical-json.ts';
import { EMPTY_TREE, growTree, type LogHead, openCheckpoint, rootOf, type Tree } from '../merkle/index.ts';
import { publicKeyOf, verifyEnd } from './checkpoint.ts';
import { hashEntry } from './entry.ts';
import { EventReplay } from './events.ts';
import { type Found, found, NOTHING_FOUND, type RecordFault } from './fault.ts';
import { type CheckpointLine, type EntryLine, type PackLine, parseLine, type RowLine } from './line.ts';
import { RowCheck } from './row-check.ts';

/** Told in full; beyond that the record is broken through and through, and a number says more than a list. */
const FAULTS_TOLD_MAX = 100;
/** The longest is the seal of a campaign of 100,000 hosts: eight megabytes. */
const LINE_BYTES_MAX = 64 * 1024 * 1024;
const LINE_FEED = 0x0a;

export interface VerifyOptions {
  /** The key that the record must be signed with, base64; without it the key in the file is taken and shown. */
  readonly key?: string | undefined;
  /** A checkpoint that was kept earlier: what was recorded then must be there still. */
  readonly known?: LogHead | undefined;
}

export interface RecordVerdict {
  readonly faults: readonly RecordFault[];
  /** How many there are in all. */
  readonly faultCount: number;
  readonly entries: number;
  readonly checkpoints: number;
  readonly rows: number;
  readonly campaigns: number;
  /** Base64 of the key that signed the checkpoints; null where the file names none. */
  readonly key: string | null;
  readonly root: Hash | null;
}

/** Checks an exported record line by line, with nothing but the file. // SOP P7.2, C2 */
export class RecordVerifier {
  readonly #options: VerifyOptions;
  readonly #faults: RecordFault[] = [];
  readonly #bytes = createHash('sha256');
  readonly #events = new EventReplay();
  readonly #evidence = new RowCheck();
  /** A line that is not whole yet. */
  #rest = Buffer.alloc(0);
  #faultCount = 0;
  #lines = 0;
  #key: { readonly text: string; readonly object: KeyObject } | null = null;
  #announced = 0;
  #entries = 0;
  #tree: Tree = EMPTY_TREE;
  /** Entries under a signature. */
  #covered = 0;
  /** Of each checkpoint, by its size. */
  readonly #roots = new Map<number, Hash>();
  #checkpoints = 0;
  #rows = 0;
  #ended = false;

  constructor(options: VerifyOptions = {}) {
    this.#options = options;
  }

  /** The next bytes of the file, however they are cut. */
  add(chunk: Uint8Array): void {
    const bytes = Buffer.concat([this.#rest, chunk]);
    let start = 0;
    for (;;) {
      const end = bytes.indexOf(LINE_FEED, start);
      if (end === -1) break;
      this.#addLine(bytes.subarray(start, end + 1));
      start = end + 1;
    }
    this.#rest = bytes.subarray(start);
    if (this.#rest.length <= LINE_BYTES_MAX) return;
    this.#addLine(this.#rest);
    this.#rest = Buffer.alloc(0);
  }

  end(): RecordVerdict {
    const late = [...this.#wholeness(), ...this.#events.end(), ...this.#evidence.end()];
    this.#tell(0, late);
    return {
      faults: this.#faults,
      faultCount: this.#faultCount,
      entries: this.#entries,
      checkpoints: this.#checkpoints,
      rows: this.#rows,
      campaigns: this.#events.campaigns,
      key: this.#key?.text ?? null,
      root: this.#entries === 0 ? null : rootOf(this.#tree),
    };
  }

  #addLine(bytes: Buffer): void {
    this.#lines += 1;
    const line = bytes.length > LINE_BYTES_MAX ? null : parseLine(bytes.toString('utf8').slice(0, -1));
    if (line?.line !== 'end') this.#bytes.update(bytes);
    this.#tell(this.#lines, this.#take(line));
  }

  #take(line: PackLine | null): readonly Found[] {
    const where = `line ${this.#lines}`;
    if (line === null) return found('line-unreadable', where, 'The line is not one that an export writes.');
    if (this.#ended || (line.line === 'record') !== (this.#lines === 1)) {
      return found('line-out-of-place', where, `A line "${line.line}" cannot stand here.`);
    }
    switch (line.line) {
      case 'record':
        return this.#takeHead(line.key, line.size);
      case 'entry':
        return this.#takeEntry(line);
      case 'checkpoint':
        return this.#takeCheckpoint(line);
      case 'remembered':
        return this.#takeRemembered(line.note);
      case 'row':
        return this.#takeRow(line);
      case 'end':
        return this.#takeEnd(line.lines, line.sha256, line.signature);
    }
  }

  #takeHead(key: string, size: number): readonly Found[] {
    this.#announced = size;
    const object = publicKeyOf(key);
    if (object === null) return found('line-unreadable', 'line 1', 'The key of the record is no Ed25519 key.');
    this.#key = { text: key, object };
    if (this.#options.key === undefined || this.#options.key === key) return NOTHING_FOUND;
    return found('key-unexpected', 'line 1', 'The record is signed with another key than the one that was given.');
  }

  #takeEntry(entry: EntryLine): readonly Found[] {
    const where = `entry ${entry.index} (${entry.kind} on ${entry.subject})`;
    const expected = this.#entries;
    const { leafHash, payloadHash } = hashEntry(entry, entry.payload, Buffer.from(entry.salt, 'base64'));
    this.#tree = growTree(this.#tree, [leafHash]);
    this.#entries = entry.index + 1;
    this.#events.entry(entry);
    this.#evidence.entry(entry);
    if (entry.index !== expected) return found('entry-missing', where, `Entry ${expected} should stand here.`);
    if (leafHash !== entry.leafHash || payloadHash !== entry.payloadHash) {
      return found('entry-changed', where, 'Its content does not have the hash under which it was recorded.');
    }
    return this.#compareWithKnown();
  }

  #compareWithKnown(): readonly Found[] {
    const { known } = this.#options;
    if (known === undefined || known.size !== this.#entries || rootOf(this.#tree) === known.root) return NOTHING_FOUND;
    const where = `entries 0 to ${known.size - 1}`;
    return found('checkpoint-not-extended', where, 'They are not what the known checkpoint was made of.');
  }

  #takeCheckpoint({ note, ...beside }: CheckpointLine): readonly Found[] {
    this.#checkpoints += 1;
    const where = `checkpoint ${this.#checkpoints} (after entry ${this.#entries - 1})`;
    if (this.#key === null) return NOTHING_FOUND;
    const opened = openCheckpoint(note, this.#key.object);
    if (opened.kind === 'refused') {
      const code = opened.why === 'signature-wrong' ? 'checkpoint-signature-wrong' : 'checkpoint-unreadable';
      return found(code, where, `The signed note is refused: ${opened.why}.`);
    }
    const { size, root, previous, at } = opened.checkpoint;
    if (size !== this.#entries || size <= this.#covered) {
      return found('checkpoint-out-of-order', where, `It is of ${size} entries and stands after ${this.#entries}.`);
    }
    const range = `entries ${this.#covered} to ${size - 1}`;
    if (previous !== this.#covered) {
      this.#covered = size;
      return found('checkpoint-missing', where, `The checkpoint of ${previous} entries before it is gone.`);
    }
    this.#covered = size;
    this.#roots.set(size, root);
    if (rootOf(this.#tree) !== root) {
      return found('checkpoint-root-wrong', range, 'One of the entries up to here was changed, moved or replaced.');
    }
    const told = canonicalJson([beside.size, beside.root, beside.at, beside.peaks]);
    if (told === canonicalJson([size, root, new Date(at).toISOString(), this.#tree.peaks])) return NOTHING_FOUND;
    return found('row-changed', where, 'The database says something else beside it than its note.');
  }

  #takeRemembered(note: string): readonly Found[] {
    if (this.#key === null) return NOTHING_FOUND;
    const opened = openCheckpoint(note, this.#key.object);
    const where = 'the remembered checkpoint';
    if (opened.kind === 'refused') {
      return found('checkpoint-unreadable', where, `The signed note is refused: ${opened.why}.`);
    }
    const { size, root } = opened.checkpoint;
    if (this.#roots.get(size) === root) return NOTHING_FOUND;
    return found('checkpoint-missing', where, `The record no longer has the checkpoint of ${size} entries.`);
  }

  #takeRow(line: RowLine): readonly Found[] {
    this.#rows += 1;
    if (line.table === 'campaign.event') return this.#events.row(line);
    this.#evidence.row(line);
    return NOTHING_FOUND;
  }

  #takeEnd(lines: number, hash: string, signature: string): readonly Found[] {
    this.#ended = true;
    const digest = `sha256:${this.#bytes.digest('hex')}`;
    if (lines !== this.#lines || digest !== hash) {
      return found('pack-changed', 'the file', 'Its bytes are not those that were exported.');
    }
    if (this.#key === null || verifyEnd(this.#key.object, hash, lines, signature)) return NOTHING_FOUND;
    return found('pack-changed', 'the last line', 'The signature over the whole file is wrong.');
  }

  #wholeness(): readonly Found[] {
    const [entries, announced] = [this.#entries, this.#announced];
    const { known } = this.#options;
    const faults: Found[] = [];
    if (!this.#ended || this.#rest.length > 0) {
      faults.push(...found('pack-cut-off', 'the file', 'It ends before its last line; it was cut off.'));
    }
    if (entries < announced) {
      faults.push(...found('entry-missing', `entry ${entries}`, `There are ${entries} of ${announced} entries.`));
    }
    if (this.#covered < entries) {
      const text = 'No signed checkpoint covers the entries from here on.';
      faults.push(...found('entries-not-covered', `entry ${this.#covered}`, text));
    }
    if (known !== undefined && known.size > entries) {
      const text = `The known checkpoint has ${known.size} entries; those from here on are gone.`;
      faults.push(...found('checkpoint-not-extended', `entry ${entries}`, text));
    }
    return faults;
  }

  #tell(line: number, faults: readonly Found[]): void {
    this.#faultCount += faults.length;
    const room = FAULTS_TOLD_MAX - this.#faults.length;
    this.#faults.push(...faults.slice(0, room).map((fault) => ({ ...fault, line })));
  }
}
