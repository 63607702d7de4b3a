import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sha256 } from '../hash.ts';
import { EMPTY_TREE, growTree, rootOf, signCheckpoint } from '../merkle/index.ts';
import { keyText, signEnd } from './checkpoint.ts';
import { hashEntry } from './entry.ts';
import { encodeLine, type PackLine } from './line.ts';
import { hashRow, SEAL_KIND } from './rows.ts';
import { type RecordVerdict, RecordVerifier, type VerifyOptions } from './verify.ts';

const ORIGIN = 'patchsteward/record';
const AT = Date.parse('2026-11-22T10:00:00.250Z');
const CAMPAIGN = '01890a5d-ac96-774b-bcce-b302099a8057';
const { privateKey: KEY } = generateKeyPairSync('ed25519');
const ROW = { id: CAMPAIGN, state: 'completed' };

interface Event {
  readonly kind: string;
  readonly payload: unknown;
}

const HALT = { kind: 'halt', why: 'the mail server is down' };
const EVENTS: readonly Event[] = [
  { kind: 'asset.changed', payload: { before: 'normal', after: 'high' } },
  { kind: 'update.seen', payload: { stream: CAMPAIGN, version: 1, recorded: { kind: 'update.seen', title: 'curl' } } },
  { kind: 'halt', payload: { stream: CAMPAIGN, version: 2, recorded: HALT } },
  { kind: SEAL_KIND, payload: { tables: { 'campaign.campaign': [hashRow(ROW)] } } },
];

function entryLine({ kind, payload }: Event, index: number): Extract<PackLine, { line: 'entry' }> {
  const header = {
    id: `01890a5d-ac96-774b-bcce-b3020000000${index}`,
    at: '2026-11-22T10:00:00.250Z',
    actor: 'person:ada',
    kind,
    subject: CAMPAIGN,
  };
  const salt = Buffer.alloc(32, index);
  const hashes = hashEntry(header, payload, salt);
  return { line: 'entry', index, ...header, payload, salt: salt.toString('base64'), ...hashes };
}

function eventRow(event: Extract<PackLine, { line: 'entry' }>): PackLine {
  const { stream, version, recorded: body } = event.payload as { stream: string; version: number; recorded: unknown };
  const { actor, kind, id, subject } = event;
  // As PostgreSQL writes an instant.
  const at = '2026-11-22T10:00:00.25+00:00';
  const row = { stream, version, campaign: subject, at, actor, kind, body, leaf: id };
  return { line: 'row', campaign: CAMPAIGN, table: 'campaign.event', row };
}

/** The content of a whole export, before its last line. */
function content(key: KeyObject = KEY): PackLine[] {
  const entries = EVENTS.map(entryLine);
  const lines: PackLine[] = [{ line: 'record', format: 1, origin: ORIGIN, key: keyText(key), size: entries.length }];
  let tree = EMPTY_TREE;
  for (const entry of entries) {
    tree = growTree(tree, [sha256From(entry.leafHash)]);
    lines.push(entry);
    if (entry.index % 2 === 1) {
      const head = { size: tree.size, root: rootOf(tree), previous: entry.index - 1, at: AT };
      const note = signCheckpoint(head, ORIGIN, key);
      const at = new Date(AT).toISOString();
      lines.push({ line: 'checkpoint', note, size: head.size, root: head.root, at, peaks: tree.peaks });
    }
  }
  const last = lines.at(-1);
  if (last?.line === 'checkpoint') lines.push({ line: 'remembered', note: last.note });
  const [, seen, halted] = entries;
  if (seen !== undefined && halted !== undefined) lines.push(eventRow(seen), eventRow(halted));
  lines.push({ line: 'row', campaign: CAMPAIGN, table: 'campaign.campaign', row: ROW });
  return lines;
}

function sha256From(text: string): ReturnType<typeof sha256> {
  // The helper hands over what hashEntry made.
  return text as ReturnType<typeof sha256>;
}

/** As a server with this key would send it: whatever the content, the end fits. */
function sealed(lines: readonly PackLine[], key: KeyObject = KEY): string {
  const text = lines.map(encodeLine).join('');
  const count = lines.length + 1;
  const hash = sha256(text);
  return text + encodeLine({ line: 'end', lines: count, sha256: hash, signature: signEnd(key, hash, count) });
}

function verify(file: string | Buffer, options?: VerifyOptions): RecordVerdict {
  const verifier = new RecordVerifier(options);
  const bytes = Buffer.from(file);
  // In pieces that fit no line.
  for (let start = 0; start < bytes.length; start += 700) verifier.add(bytes.subarray(start, start + 700));
  return verifier.end();
}

function codes(verdict: RecordVerdict): string[] {
  return verdict.faults.map(({ code }) => code);
}

/** What a forger writes need not be a line. */
function replaced(lines: readonly PackLine[], which: number, by: (line: never) => object): PackLine[] {
  return lines.map((line, index) => {
    if (index !== which) return line;
    const forged: unknown = { ...line, ...by(line as never) };
    return forged as PackLine;
  });
}

test('an untouched export has no fault', () => {
  const verdict = verify(sealed(content()));

  expect(verdict).toMatchObject({ faults: [], entries: 4, checkpoints: 2, rows: 3, campaigns: 1, key: keyText(KEY) });
});

test('any single changed byte of the file is found', () => {
  const bytes = Buffer.from(sealed(content()));
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ flip;

      expect(verify(changed).faultCount).toBeGreaterThan(0);
    }),
    { numRuns: 3_000 },
  );
});

test('the entry whose byte was changed is named', () => {
  const text = sealed(content()).replace('"after":"high"', '"after":"hogh"');

  expect(verify(text).faults[0]).toMatchObject({
    code: 'entry-changed',
    line: 2,
    where: `entry 0 (asset.changed on ${CAMPAIGN})`,
  });
});

describe('a server that lies in an export which it signs itself is found out', () => {
  const CASES: readonly (readonly [what: string, lies: (lines: PackLine[]) => PackLine[], code: string])[] = [
    ['an entry left out', (lines) => lines.filter((_, index) => index !== 2), 'entry-missing'],
    [
      'two entries exchanged',
      (lines) => lines.with(1, lines[2] as PackLine).with(2, lines[1] as PackLine),
      'entry-missing',
    ],
    ['a payload changed', (lines) => replaced(lines, 1, () => ({ payload: 'another' })), 'entry-changed'],
    [
      'a payload changed with its hash',
      (lines) => {
        const forged = entryLine({ kind: 'asset.changed', payload: 'another' }, 0);
        return lines.with(1, forged);
      },
      'checkpoint-root-wrong',
    ],
    ['the first checkpoint left out', (lines) => lines.filter((_, index) => index !== 3), 'checkpoint-missing'],
    ['the last checkpoint left out', (lines) => lines.filter((_, index) => index !== 6), 'entries-not-covered'],
    [
      'a checkpoint that is remembered, but gone',
      (lines) => lines.filter((_, index) => index !== 6),
      'checkpoint-missing',
    ],
    ['the last entries left out', (lines) => lines.filter((_, index) => ![4, 5, 6].includes(index)), 'entry-missing'],
    ['a checkpoint twice', (lines) => lines.toSpliced(3, 0, lines[3] as PackLine), 'checkpoint-out-of-order'],
    [
      'another time beside a checkpoint',
      (lines) => replaced(lines, 3, () => ({ at: '2026-11-22T10:00:00.251Z' })),
      'row-changed',
    ],
    ['other peaks beside a checkpoint', (lines) => replaced(lines, 3, () => ({ peaks: [] })), 'row-changed'],
    ['another hash of a payload', (lines) => replaced(lines, 1, () => ({ payloadHash: 'sha256:0' })), 'entry-changed'],
    ['a note that is none', (lines) => replaced(lines, 3, () => ({ note: 'nothing' })), 'checkpoint-unreadable'],
    [
      'a checkpoint of another key',
      (lines) => {
        const { privateKey } = generateKeyPairSync('ed25519');
        const checkpoint = content(privateKey)[3];
        return checkpoint === undefined ? lines : lines.with(3, checkpoint);
      },
      'checkpoint-unreadable',
    ],
    ['an event gone from the database', (lines) => lines.filter((_, index) => index !== 8), 'row-missing'],
    ['an event twice in the database', (lines) => lines.toSpliced(8, 0, lines[8] as PackLine), 'row-unknown'],
    [
      'an event changed in the database',
      (lines) => replaced(lines, 9, ({ row }: { row: object }) => ({ row: { ...row, body: { ...HALT, why: '' } } })),
      'row-changed',
    ],
    [
      'another state of a closed campaign',
      (lines) => replaced(lines, 10, () => ({ row: { ...ROW, state: 'halted' } })),
      'row-changed',
    ],
    ['a row of a closed campaign gone', (lines) => lines.filter((_, index) => index !== 10), 'row-missing'],
    ['a row more in a closed campaign', (lines) => [...lines, lines[10] as PackLine], 'row-unknown'],
    ['a second head', (lines) => [...lines, lines[0] as PackLine], 'line-out-of-place'],
    ['no head', (lines) => lines.slice(1), 'line-out-of-place'],
  ];

  test.each(CASES)('%s', (_, lies, code) => {
    expect(codes(verify(sealed(lies(content()))))).toContain(code);
  });
});

describe('an export that was cut, grown or signed by somebody else', () => {
  test.each([
    [
      'without its last line',
      (text: string) => text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1),
      'pack-cut-off',
    ],
    ['without its last byte', (text: string) => text.slice(0, -1), 'pack-cut-off'],
    ['empty', () => '', 'pack-cut-off'],
    [
      'with a line after the last',
      (text: string) => `${text}${text.slice(text.lastIndexOf('\n', text.length - 2) + 1)}`,
      'line-out-of-place',
    ],
    [
      'with a line that says the same in other bytes',
      (text: string) => text.replace('{"actor"', '{ "actor"'),
      'line-unreadable',
    ],
    ['with a field more', (text: string) => text.replace('{"actor"', '{"aaa":1,"actor"'), 'line-unreadable'],
  ])('%s', (_, change, code) => {
    expect(codes(verify(change(sealed(content()))))).toContain(code);
  });

  test('by another key than the one that is known', () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const forged = sealed(content(privateKey), privateKey);

    expect(codes(verify(forged))).toEqual([]);
    expect(codes(verify(forged, { key: keyText(KEY) }))).toEqual(['key-unexpected']);
  });

  test('that does not contain what a checkpoint kept earlier was made of', () => {
    const { root } = verify(sealed(content()));
    if (root === null) throw new Error('a record without a root');

    expect(codes(verify(sealed(content()), { known: { size: 4, root } }))).toEqual([]);
    expect(codes(verify(sealed(content()), { known: { size: 3, root } }))).toEqual(['checkpoint-not-extended']);
    expect(codes(verify(sealed(content()), { known: { size: 5, root } }))).toEqual(['checkpoint-not-extended']);
  });
});
