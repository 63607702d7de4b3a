import { describe, expect, it } from 'vitest';
import { draftOf, type ExceptionDraft, missingOf, previewOf, requestOf } from './exception-draft.ts';

const NOW = Date.UTC(2026, 10, 22, 12, 0, 30);
const ASSET = '01890000-0000-7000-8000-000000000001';

function draft(members: Partial<ExceptionDraft> = {}): ExceptionDraft {
  return { ...draftOf({ vulnerability: 'CVE-2026-0001' }, NOW), owner: ' Web team ', why: 'No restart.', ...members };
}

describe('a request for an exception', () => {
  it('begins with what it was opened for, and a week', () => {
    expect(draftOf({ vulnerability: 'CVE-2026-0001', asset: ASSET, kind: 'avoid' }, NOW)).toMatchObject({
      ...{ kind: 'avoid', vulnerabilities: 'CVE-2026-0001', assets: [ASSET], sources: '', group: '' },
      until: Date.UTC(2026, 10, 29, 12),
    });
  });

  it.each<[string, Partial<ExceptionDraft>, string | null]>([
    ['nothing', {}, null],
    ['who answers, and why', { owner: ' ', why: '' }, 'Who answers for it, Why it cannot be patched in time'],
    ['what it is about', { vulnerabilities: ' , ' }, 'What it is about'],
    ['the day', { until: null }, 'Until'],
    ['the control of a mitigation', { kind: 'mitigate' }, 'What stands in the way of an attack meanwhile'],
    ['the due time that an override names', { kind: 'override', setDue: true }, 'Due instead'],
    ['no due time that nobody wants to set', { kind: 'override', lane: 'routine' }, null],
  ])('misses %s', (_, members, missing) => {
    expect(missingOf(draft(members))).toBe(missing);
  });

  it('sends what was typed, each name once', () => {
    const typed = { vulnerabilities: 'CVE-1, CVE-2\nCVE-1', sources: 'openssl', group: ' web ', control: ' A proxy. ' };

    expect(requestOf(draft(typed))).toEqual({
      ...{ kind: 'accept', owner: 'Web team', why: 'No restart.', control: 'A proxy.', evidence: null },
      target: { vulnerabilities: ['CVE-1', 'CVE-2'], sources: ['openssl'], assets: [], group: 'web' },
      ...{ until: '2026-11-29T12:00:00.000Z', lane: null, due: null },
    });
  });

  it('sends lane and due time for an override alone', () => {
    const due = Date.UTC(2026, 10, 23);
    const members = { lane: 'emergency', setDue: true, due } as const;

    expect(requestOf(draft({ ...members, kind: 'override' }))).toMatchObject({
      ...{ lane: 'emergency', due: '2026-11-23T00:00:00.000Z' },
    });
    expect(requestOf(draft(members))).toMatchObject({ lane: null, due: null });
    expect(requestOf(draft({ ...members, kind: 'override', setDue: false }))).toMatchObject({ due: null });
  });

  it('is looked at before all is said, and the words do not matter for that', () => {
    const some = previewOf(draft({ owner: '', why: '' }));

    expect(some).toEqual(previewOf(draft({ owner: 'Somebody', why: 'Something.' })));
    expect(some).toMatchObject({ owner: '-', why: '-', control: null });
    expect(previewOf(draft({ control: 'A proxy.' }))).toMatchObject({ control: '-' });
    expect(previewOf(draft({ vulnerabilities: '' }))).toBeNull();
    expect(requestOf(draft({ until: null }))).toBeNull();
  });
});
