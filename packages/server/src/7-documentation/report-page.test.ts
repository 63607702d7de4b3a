import type { DeploymentReportBody } from '@patchsteward/contract';
import { describe, expect, it } from 'vitest';
import { reportPage } from './report-page.ts';

const HOST: DeploymentReportBody['hosts'][number] = {
  assetId: '01890a5d-ac96-774b-bcce-b302099a8001',
  asset: 'web-1',
  planKind: 'production',
  wave: 2,
  outcome: 'succeeded',
  state: 'succeeded',
  startedAt: '2026-11-22T10:00:00.000Z',
  endedAt: '2026-11-22T10:01:30.000Z',
  changes: [{ name: 'openssl', architecture: 'amd64', before: '3.0.17-1', after: '3.0.17-2' }],
  outages: [{ unit: 'nginx.service', seconds: 3 }],
  unmet: [],
  rebooted: false,
  backup: 'proof',
  trouble: null,
};
const REPORT: DeploymentReportBody = {
  campaign: '01890a5d-ac96-774b-bcce-b302099a8057',
  title: 'openssl 3.0.17-2 on Debian 12',
  state: 'completed',
  room: '7-documentation',
  ended: true,
  lane: 'critical',
  releasedAt: '2026-11-21T10:00:00.000Z',
  firstSeen: '2026-11-21T11:00:00.000Z',
  openedAt: '2026-11-21T12:00:00.000Z',
  due: '2026-11-23T10:00:00.000Z',
  doneAt: '2026-11-22T10:01:30.000Z',
  late: false,
  requester: 'ida',
  updates: [{ source: 'openssl', version: '3.0.17-2', fixes: ['CVE-2026-0001'] }],
  acts: [
    { at: null, person: 'chris', roles: ['change'], act: 'approved the plan', statement: `sha256:${'a'.repeat(64)}` },
  ],
  hosts: [HOST],
  totals: { running: 0, succeeded: 1, failed: 0, unknown: 0, unreached: 0, adjudicated: 0 },
  remarks: ['Services were down on 1 of 1 hosts.'],
  madeAt: '2026-11-22T11:00:00.000Z',
};

describe('the page of a report', () => {
  it.each([
    ['what', '<td>openssl:amd64</td><td>3.0.17-1</td><td>3.0.17-2</td>'],
    ['when', '2026-11-22 10:00:00 UTC to 2026-11-22 10:01:30 UTC'],
    ['where', '<h3>web-1: succeeded <small>(production, wave 2)</small></h3>'],
    ['by whom', '<td>chris</td><td>change</td><td>approved the plan</td>'],
    ['with what signature', `<code>sha256:${'a'.repeat(64)}</code>`],
    ['with what outcome', '<dd>1 succeeded</dd>'],
    ['how long a service was down', 'nginx.service was down for 3 s'],
    ['on what backup', 'backup proved'],
    ['what must not be overlooked', '<li>Services were down on 1 of 1 hosts.</li>'],
    ['whether it was in time', '<dt>In time</dt><dd>yes</dd>'],
  ])('says %s', (_, expected) => {
    expect(reportPage(REPORT)).toContain(expected);
  });

  it.each([
    ['late', { late: true }, '<dt>In time</dt><dd>no: late</dd>'],
    ['not done', { doneAt: null }, '<dt>In time</dt><dd>so far</dd>'],
    ['without hosts', { hosts: [] }, 'No host has a work order yet.'],
    ['without signatures', { acts: [] }, 'Nobody has signed anything yet.'],
    [
      'with a failure',
      { hosts: [{ ...HOST, trouble: 'installing / openssl / exit 1' }] },
      'trouble: installing / openssl / exit 1',
    ],
    [
      'with a new package',
      { hosts: [{ ...HOST, changes: [{ name: 'a', architecture: 'all', before: null, after: '1' }] }] },
      '<td>not installed</td><td>1</td>',
    ],
    ['without an outage', { hosts: [{ ...HOST, outages: [] }] }, 'no service was down'],
    ['with a wish unmet', { hosts: [{ ...HOST, unmet: ['port-closed:80'] }] }, 'wanted and missing: port-closed:80'],
    ['with a waiver', { hosts: [{ ...HOST, backup: 'waived' as const }] }, 'backup waived'],
  ])('of a campaign %s', (_, more, expected) => {
    expect(reportPage({ ...REPORT, ...more })).toContain(expected);
  });

  it('takes nothing that a host or a person wrote for markup, and needs nothing from elsewhere', () => {
    const evil = '<img src=x onerror="alert(1)">&\'';
    const page = reportPage({
      ...REPORT,
      title: evil,
      requester: evil,
      remarks: [evil],
      hosts: [{ ...HOST, asset: evil, trouble: evil }],
    });

    expect(page).not.toContain('<img');
    expect(page).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;&#39;');
    expect(page).not.toMatch(/<script|https?:|@import|url\(/);
  });
});
