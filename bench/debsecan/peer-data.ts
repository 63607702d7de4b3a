import { deflateSync } from 'node:zlib';
import { z } from 'zod';

/** What we read of the tracker's JSON: source, vulnerability, release. */
const Tracker = z.record(
  z.string(),
  z.record(
    z.string(),
    z.object({
      releases: z.record(
        z.string(),
        z.object({ status: z.string(), fixed_version: z.string().optional(), urgency: z.string().optional() }),
      ),
    }),
  ),
);

/** In the tracker's words: fixed here from the beginning on. */
const NEVER_AFFECTED = '0';
/** No tracker calls a remote attack possible here: the data says nothing of it. */
const REMOTE_UNKNOWN = '?';
const URGENCIES: Readonly<Record<string, string>> = { low: 'L', medium: 'M', high: 'H' };

export interface PeerData {
  /** As the tracker serves it to debsecan. */
  readonly bytes: Uint8Array;
  readonly rows: number;
  /** `source vulnerability` of what the tracker calls no security issue. */
  readonly unimportant: ReadonlySet<string>;
}

/**
 * The file that debsecan fetches for one release, from the tracker's JSON. It has names of vulnerabilities, a row for each
 * vulnerability of a source package, and the binary packages of sources, which only say what is obsolete. A row is read
 * as "below this version": the version of sid in the tracker's own files, that of the release here.
 * // debsecan(1), fetch_data and Vulnerability
 */
export function peerDataOf(tracker: unknown, codename: string): PeerData {
  const numbers = new Map<string, number>();
  const rows: string[] = [];
  const unimportant = new Set<string>();
  for (const [source, issues] of Object.entries(Tracker.parse(tracker))) {
    for (const [vulnerability, { releases }] of Object.entries(issues)) {
      const said = releases[codename];
      if (said === undefined || said.fixed_version === NEVER_AFFECTED) continue;
      const number = numbers.get(vulnerability) ?? numbers.size;
      numbers.set(vulnerability, number);
      const fixed = said.status === 'resolved' ? (said.fixed_version ?? '') : '';
      const flags = `S${URGENCIES[said.urgency ?? ''] ?? ' '}${REMOTE_UNKNOWN}${fixed === '' ? ' ' : 'F'}`;
      rows.push([source, number, flags, fixed, ''].join(','));
      if (said.urgency === 'unimportant') unimportant.add(`${source} ${vulnerability}`);
    }
  }
  const names = [...numbers.keys()].map((name) => `${name},,`);
  const text = ['VERSION 1', ...names, '', ...rows, '', ''].map((line) => `${line}\n`).join('');
  return { bytes: deflateSync(text), rows: rows.length, unimportant };
}
