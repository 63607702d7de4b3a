import { describe, expect, it } from 'vitest';
import { VERSION_ORDERS } from '../versions/index.ts';
import type { InstalledPackage, OfferedUpdate } from '../vocabulary/index.ts';
import { identify } from './identify.ts';
import { withOffers } from './offers.ts';
import { claim, index, installed, offer, offers, packageSet } from './testing/samples.ts';

function offeredAgainst(packages: readonly InstalledPackage[], fixed: string | undefined, ...updates: OfferedUpdate[]) {
  const source = packages[0]?.source === 'linux-signed-amd64' ? 'linux' : 'curl';
  const said = claim({ packageName: source, ...(fixed === undefined ? {} : { fixed }) });
  const answer = identify(packageSet(packages), index(said));
  if (answer.kind === 'not-judged') throw new Error('a feed is loaded');
  return withOffers(answer.findings, offers(...updates), VERSION_ORDERS.deb).map((finding) => ({
    offered: finding.offered?.map(({ name, to }) => `${name} ${to}`),
    reasons: finding.reasons.map(({ code }) => code),
  }));
}

describe('withOffers', () => {
  it.each<[string, OfferedUpdate[], string[], string[]]>([
    ['the fix is offered', [offer()], ['curl 7.88.1-11'], []],
    ['more than the fix is offered', [offer({ to: '8.0-1' })], ['curl 8.0-1'], []],
    ['less than the fix is offered', [offer({ to: '7.88.1-10+deb12u1' })], [], ['fix-not-in-configured-origins']],
    ['another package of the source is offered', [offer({ name: 'libcurl4' })], [], ['fix-not-in-configured-origins']],
    ['another architecture is offered', [offer({ architecture: 'i386' })], [], ['fix-not-in-configured-origins']],
    ['the offer was built from another source', [offer({ source: 'curl-ng' })], [], ['fix-not-in-configured-origins']],
    ['the offer is phased', [offer({ phased: true })], ['curl 7.88.1-11'], ['update-phased']],
    ['nothing is offered', [], [], ['fix-not-in-configured-origins']],
  ])('%s', (_, updates, offered, reasons) => {
    expect(offeredAgainst([installed()], '7.88.1-11', ...updates)).toEqual([{ offered, reasons }]);
  });

  it.each([
    ['is offered to a subscriber', [offer()], []],
    ['is phased for a subscriber', [offer({ phased: true })], ['update-phased']],
    ['is offered to nobody else', [], ['fix-needs-subscription']],
  ])('what comes to subscribers alone %s', (_, updates, codes) => {
    const release = { id: 'ubuntu', versionId: '20.04', codename: 'focal', prettyName: 'Ubuntu 20.04' };
    const pro = claim({ scope: 'ubuntu-pro:20.04', fixed: '7.88.1-11' });
    const answer = identify(packageSet([installed()], { release }), index(pro));
    if (answer.kind === 'not-judged') throw new Error('a feed is loaded');

    const [finding] = withOffers(answer.findings, offers(...updates), VERSION_ORDERS.deb);

    expect(finding?.reasons.map(({ code }) => code)).toEqual(codes);
  });

  it('misses no offer where there is no fix', () => {
    expect(offeredAgainst([installed()], undefined, offer())).toEqual([{ offered: [], reasons: ['no-fix-available'] }]);
  });

  it('does not know where the package manager did not answer', () => {
    const answer = identify(packageSet([installed()]), index(claim({ fixed: '9' })));
    if (answer.kind === 'not-judged') throw new Error('a feed is loaded');

    const [finding] = withOffers(answer.findings, { updates: [], unanswered: 'broken' }, VERSION_ORDERS.deb);

    expect(finding).toMatchObject({ offered: null, reasons: [] });
  });

  it('the fix of a kernel comes under another name', () => {
    const signed = { source: 'linux-signed-amd64', version: '6.1.153-1', sourceVersion: '6.1.153+1' };
    const kernel = installed({ name: 'linux-image-6.1.0-40-amd64', ...signed });
    const meta = offer({
      name: 'linux-image-amd64',
      to: '6.1.158-1',
      source: signed.source,
      sourceVersion: '6.1.158+1',
    });

    expect(offeredAgainst([kernel], '6.1.158-1', meta)).toEqual([
      { offered: ['linux-image-amd64 6.1.158-1'], reasons: [] },
    ]);
  });
});
