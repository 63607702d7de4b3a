import type { Leaf } from '@patchsteward/core/plan';
import type { Hash } from '@patchsteward/core/vocabulary';
import { describe, expect, it } from 'vitest';
import { type NoticeFacts, noticeMessage } from './notice-text.ts';

const HASH = `sha256:${'a'.repeat(64)}` as Hash;
/** A Monday in winter: Berlin is an hour ahead. */
const FROM = Date.UTC(2026, 10, 23, 18);

function leaf(assetId: string, more: Partial<Leaf> = {}): Leaf {
  return {
    assetId,
    ecosystem: 'deb',
    wave: 1,
    changes: [
      {
        name: 'curl',
        architecture: 'amd64',
        from: '7.88.1-10+deb12u12',
        to: '7.88.1-10+deb12u14',
        sha256: HASH,
        sizeBytes: 1,
        origin: null,
      },
    ],
    restarts: [],
    reboot: 'never',
    intervals: [{ from: FROM, until: FROM + 7_200_000 }],
    health: { units: [], ports: [], urls: [], watchMs: 0 },
    backup: { kind: 'not-needed' },
    rollback: { kind: 'downgrade', changes: [] },
    rollbackGraceMs: 0,
    ...more,
  };
}

const facts: NoticeFacts = {
  campaign: '01890000-0000-7000-8000-00000000000c',
  title: 'curl 7.88.1-10+deb12u14 on debian:12',
  plan: HASH,
  body: {
    lane: 'critical',
    requester: 'rita',
    summary: {
      hosts: 2,
      waves: 1,
      packages: [],
      reboots: 0,
      withoutRollback: 0,
      withoutBackup: 0,
      firstStart: FROM,
      lastEnd: FROM,
    },
  },
  leaves: [
    leaf('a1', { restarts: ['nginx.service'] }),
    leaf('a2', { wave: 2, reboot: 'if-needed', rollback: { kind: 'none', why: 'kernel' } }),
  ],
  assets: [
    { assetId: 'a1', name: 'web-1', owner: null, maintenanceGroup: 'shop' },
    { assetId: 'a2', name: 'db-1', owner: null, maintenanceGroup: null },
  ],
  zones: { shop: 'Europe/Berlin' },
  fixes: ['CVE-2026-0002'],
  why: 'Exploited in the wild.',
  requester: { login: 'rita', name: 'Rita Requester', mail: 'rita@example.org' },
  due: Date.UTC(2026, 10, 24, 12),
};

describe('the notice', () => {
  it('says what, when in the zone of the system and in UTC, which systems, why, and whom to ask', () => {
    const { subject, text } = noticeMessage(facts, ['a1', 'a2']);

    expect(subject).toMatch(/^Patch planned: curl .* on 2 systems, first on Mon, 23 Nov 2026/);
    expect(text).toContain('curl 7.88.1-10+deb12u12 -> 7.88.1-10+deb12u14 on 2 systems');
    expect(text).toContain('web-1 (wave 1; restarts nginx.service)');
    expect(text).toMatch(/Mon, 23 Nov 2026, 19:00 Europe\/Berlin to Mon, 23 Nov 2026, 21:00 Europe\/Berlin/);
    expect(text).toContain('(2026-11-23T18:00:00.000Z to 2026-11-23T20:00:00.000Z)');
    expect(text).toContain('db-1 (wave 2; reboots if needed; no way back is prepared)');
    expect(text).toContain('closes CVE-2026-0002');
    expect(text).toContain('Exploited in the wild.');
    expect(text).toContain('Rita Requester <rita@example.org>');
  });

  it('tells a receiver of the own systems alone', () => {
    const { text, data } = noticeMessage(facts, ['a1']);

    expect(text).not.toContain('db-1');
    expect(data['systems']).toEqual([expect.objectContaining({ name: 'web-1', zone: 'Europe/Berlin', wave: 1 })]);
  });

  it('counts what would be too long to read', () => {
    const many = Array.from({ length: 205 }, (_, at) => `b${at}`);

    const { text } = noticeMessage({ ...facts, leaves: many.map((id) => leaf(id)) }, many);

    expect(text).toContain('and 5 more systems');
  });

  it('is the same for the same facts', () => {
    expect(noticeMessage(facts, ['a1', 'a2'])).toEqual(noticeMessage(facts, ['a1', 'a2']));
  });
});
