import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  axeViolations,
  describeInBrowser,
  keepScreenshot,
  overflowing,
  type Visit,
  visit,
  WIDTHS,
} from './testing/browser.ts';
import { FAKE_ASSETS, fakeId } from './testing/fake-assets.ts';
import { FAKE_CAMPAIGN } from './testing/fake-campaign.ts';
import { FAKE_EXPOSURE } from './testing/fake-fleet.ts';
import { FAKE_PLANS } from './testing/fake-inbox.ts';
import { FAKE_RECORD } from './testing/fake-settings.ts';
import { type FakeHouse, openFakeHouse } from './testing/house.ts';

const CAMPAIGN = Object.fromEntries(
  Object.entries(FAKE_CAMPAIGN).map(([way, id]) => [way, `/campaigns/${id}`]),
) as typeof FAKE_CAMPAIGN; // Entries forget their keys.
const ASSET = `/assets/${FAKE_ASSETS.affected}`;
/** Every screen in the states that look different from each other, and words that show it has arrived. */
const SCREENS = [
  ['overview', '/', 'Decide whether they go on'],
  ['campaigns', '/campaigns', 'Wave 2 of 4 runs'],
  ['campaigns-mine', '/campaigns?only=mine&lane=emergency', 'of 18 campaigns'],
  ['campaigns-list', '/campaigns?view=list', 'asked by ivy'],
  ['proposals', '/campaigns?view=proposals', 'openssl 4.1.0'],
  ['proposals-open', '/campaigns?view=proposals&proposal=debian:12/openssl-0', 'You become its requester'],
  ['assets', '/assets', 'web-1.example.org'],
  ['assets-grouped', '/assets?group=criticality', 'Normal'],
  ['assets-filtered', '/assets?criticality=high,critical&without=tag&stale=yes', 'Without'],
  ['groups', '/groups', 'without-windows'],
  ['group-form', '/groups?edit=sunday', 'Add a window'],
  ['rules', '/rules', 'What everybody can reach'],
  ['rule-form', `/rules?edit=${fakeId(801)}`, 'for one; as in'],
  ['assets-nothing-found', '/assets?search=nonsense', 'Nothing matches'],
  ['asset-findings', ASSET, '143 vulnerabilities in 41 source packages'],
  ['asset-finding-open', `${ASSET}?item=CVE-2025-10000@openssl@1.0.0-3%2Bdeb12u1`, 'Why this lane'],
  ['asset-updates', `${ASSET}?tab=updates&item=package-001:amd64`, 'told the package manager'],
  ['asset-packages', `${ASSET}?tab=packages`, 'package-000'],
  ['asset-system', `${ASSET}?tab=system`, '6.1.0-41-amd64'],
  ['asset-facts-form', `${ASSET}?edit=facts`, 'Unknown counts as public'],
  ['asset-not-judged', `/assets/${FAKE_ASSETS.notJudged}`, 'This is not the same as no findings'],
  ['asset-no-findings', `/assets/${FAKE_ASSETS.clean}`, 'No findings.'],
  ['asset-no-report', `/assets/${FAKE_ASSETS.silent}`, 'has not reported yet'],
  ['asset-gone', '/assets/01890000-0000-7000-8000-00000000dead', 'There is no asset'],
  ['inbox', '/inbox', 'Approve or refuse the plan'],
  ['decision', `/inbox/${FAKE_PLANS.open}`, 'pano wuha pupi'],
  ['decision-host', `/inbox/${FAKE_PLANS.open}?search=db-1&item=${fakeId(8_001)}`, 'database format'],
  ['decision-approve', `/inbox/${FAKE_PLANS.open}?act=approve`, 'You have no passkey yet'],
  ['decision-refuse', `/inbox/${FAKE_PLANS.open}?act=refuse`, 'It stands in the record'],
  ['decision-agree', `/inbox/${FAKE_PLANS.open}?act=agree`, 'You agree that'],
  ['decision-not-yours', `/inbox/${FAKE_PLANS.asked}`, 'never approves it'],
  ['decision-refused', `/inbox/${FAKE_PLANS.refused}`, 'The shop sells until ten'],
  ['decision-gone', `/inbox/sha256:${'0'.repeat(64)}`, 'There is no plan'],
  ['campaign-evaluation', CAMPAIGN.identified, 'Ada Example (ada)'],
  ['campaign-testing', CAMPAIGN.authentic, 'no verdict yet'],
  ['campaign-quarantined', CAMPAIGN.quarantined, 'Files failed'],
  ['campaign-backup', CAMPAIGN.tested, '1 host without either'],
  ['campaign-without-windows', CAMPAIGN.unplanned, 'The same of 14: show them'],
  ['campaign-approval', CAMPAIGN.planned, 'Nobody has voted yet'],
  ['campaign-room-passed', `${CAMPAIGN.planned}?room=3-testing`, 'Every file verified'],
  ['campaign-room-ahead', `${CAMPAIGN.planned}?room=6-deployment`, 'was not here yet'],
  ['campaign-deployment', CAMPAIGN.deploying, 'open now'],
  ['campaign-paused', CAMPAIGN.paused, 'Go on'],
  ['campaign-halted', CAMPAIGN.halted, 'Smoke in the rack'],
  ['campaign-audit', CAMPAIGN.audited, 'Still to be explained'],
  ['campaign-completed', CAMPAIGN.completed, 'Replaced by mail-2'],
  ['campaign-withdrawn', CAMPAIGN.withdrawn, 'Ended here'],
  ['campaign-plan', `${CAMPAIGN.planned}?tab=plan`, 'Not in this plan'],
  ['campaign-no-plan', `${CAMPAIGN.identified}?tab=plan`, 'There is no such plan yet'],
  ['campaign-jobs', `${CAMPAIGN.deploying}?tab=jobs`, 'Silent since'],
  ['campaign-no-jobs', `${CAMPAIGN.planned}?tab=jobs`, 'No host has a work order yet'],
  ['campaign-events', `${CAMPAIGN.planned}?tab=events&item=01890000-0000-7000-8000-000000000003`, 'the Internet'],
  ['campaign-halt', `${CAMPAIGN.deploying}?act=halt`, 'What is wrong'],
  ['campaign-withdraw', `${CAMPAIGN.planned}?act=withdraw`, 'cannot be undone'],
  ['campaign-risk', `${CAMPAIGN.identified}?act=risk`, 'patchsteward assess-risk'],
  ['campaign-request', `${CAMPAIGN.unasked}?act=request`, 'Why it is asked for'],
  ['campaign-sign-test', `${CAMPAIGN.authentic}?act=test`, 'patchsteward sign-test'],
  ['campaign-resume', `${CAMPAIGN.halted}?act=resume`, 'Why it may go on'],
  ['campaign-waive', `${CAMPAIGN.tested}?act=waive`, 'How long'],
  ['campaign-set-lane', `${CAMPAIGN.planned}?act=set-lane`, 'The fix must run by'],
  ['campaign-except', `${CAMPAIGN.planned}?act=except`, 'Why it may stay as it is'],
  ['campaign-defer-test', `${CAMPAIGN.authentic}?act=defer-test`, 'The test is made up for by'],
  ['campaign-audit-form', `${CAMPAIGN.audited}?act=audit`, 'What became of mail-1'],
  ['campaign-gone', '/campaigns/01890000-0000-7000-8000-00000000dead', 'There is no campaign'],
  ['asset-campaigns', `${ASSET}?tab=campaigns`, '3 campaigns'],
  ['asset-no-campaigns', `/assets/${FAKE_ASSETS.clean}?tab=campaigns`, 'No campaign has this asset'],
  ['asset-timeline', `${ASSET}?tab=timeline`, 'to Shop team'],
  ['findings', '/findings', '1,240 vulnerabilities'],
  ['findings-open', `/findings?open=${FAKE_EXPOSURE.affected}`, 'Show all 41'],
  ['findings-by-source', '/findings?by=source&open=openssl', 'fixed in'],
  ['findings-filtered', '/findings?lane=routine&severity=high&fix=offered&search=nonsense', 'Nothing passes'],
  ['updates', '/updates', '130 source packages'],
  ['updates-open', '/updates?open=openssl', 'has 1.0.0-3+deb12u1'],
  ['exposure', '/exposure', 'Is the fleet affected?'],
  ['exposure-affected', `/exposure?id=${FAKE_EXPOSURE.affected}`, '41 assets affected'],
  ['exposure-advisory', `/exposure?id=${FAKE_EXPOSURE.advisory}`, 'openssl - security update'],
  ['exposure-not-affected', `/exposure?id=${FAKE_EXPOSURE.clear}`, 'No asset is affected'],
  ['exposure-not-judged', '/exposure?id=CVE-1999-0001', 'nobody can say'],
  ['severities', '/unknown-severities', '240 vulnerabilities to be judged'],
  ['severities-judged', '/unknown-severities?state=judged', 'Sources say otherwise'],
  ['severities-nothing-found', '/unknown-severities?search=nonsense', 'Nothing passes'],
  ['feeds', '/feeds', 'Never imported'],
  ['enrollment', '/enrollment', 'web-2'],
  ['record', '/record', '240 entries'],
  ['record-signature', '/record?tab=signature', 'Compare with a checkpoint kept elsewhere'],
  ['record-proof', `/record?entry=${FAKE_RECORD.entry}`, 'stands in the signed record'],
  ['record-proof-wrong', `/record?entry=${FAKE_RECORD.changed}`, 'is not what was signed'],
  ['record-filtered', '/record?kind=asset&actor=system&search=nonsense', 'No entry fits these filters'],
  ['policy', '/policy', 'within 48 hours of their release'],
  ['people', '/people', 'Otto Reis'],
  ['people-add', '/people?form=add', 'Asks for changes and tests'],
  ['people-edit', '/people?person=cara', 'Account of Cara Holm'],
  ['trust', '/trust', 'vault-1'],
  ['origins', '/origins', 'No pinned key signed the index'],
  ['origins-add', '/origins?form=add', 'As it stands in the sources'],
  ['notices', '/notices', 'helpdesk@example.org'],
  ['nowhere', '/nowhere', 'There is nothing at this address'],
] as const;
const DOORS = [
  ['sign-in', '/sign-in', 'nobody', 'Password'],
  ['sign-in-before-first-run', '/sign-in', 'first-run', 'Nobody has an account here yet'],
  ['first-run', '/first-run#a-secret', 'first-run', 'At least 15 characters'],
  ['invitation', '/invitation#a-secret', 'nobody', 'Good day, Otto Reis'],
  ['invitation-used', '/invitation#used', 'nobody', 'This link was used'],
  ['invitation-without-secret', '/invitation', 'nobody', 'needs the link of an invitation'],
  ['first-run-without-secret', '/first-run', 'first-run', 'needs the link'],
] as const;

describeInBrowser('every screen', () => {
  let house: FakeHouse;
  let visited: Visit;
  beforeAll(async () => {
    house = await openFakeHouse();
    visited = await visit(house.browser, { origin: house.server.origin });
  });
  afterAll(async () => {
    await visited.context.close();
    await house.close();
  });

  /** Loaded once, and looked at in both sizes and both themes. */
  async function look(name: string, address: string, words: string): Promise<void> {
    const { page, complaints } = visited;
    await page.setViewportSize(WIDTHS.desk);
    // Only the part behind the # sign may differ from the screen before, and that alone loads nothing.
    await page.goto('about:blank');
    await page.goto(address);
    for (const size of ['desk', 'phone'] as const) {
      await page.setViewportSize(WIDTHS[size]);
      await page.getByText(words).first().waitFor();
      const keep = (theme: string): Promise<void> => keepScreenshot(page, `${name}-${size}-${theme}`);
      expect(await axeViolations(page, keep), size).toEqual([]);
      expect(await overflowing(page), size).toEqual([]);
    }
    expect(complaints).toEqual([]);
  }

  it.each(SCREENS)('%s', async (name, address, words) => {
    house.server.visitor = 'ada';
    await look(name, address, words);
  });

  it.each([
    ['overview-calm', '/', 'calm', 'Nothing needs you'],
    ['overview-new', '/', 'new', 'There is no trust root yet'],
    ['campaigns-none', '/campaigns', 'new', 'No campaign is open'],
    ['proposals-none', '/campaigns?view=proposals', 'new', 'Nothing could be opened'],
  ] as const)('%s', async (name, address, work, words) => {
    house.server.visitor = 'ada';
    house.server.work = work;
    await look(name, address, words);
    house.server.work = 'busy';
  });

  it.each([
    ['trust-none', '/trust', 'none', 'Make the trust root'],
    ['trust-solo', '/trust', 'solo', 'One person holds all keys'],
    ['origins-none', '/origins', 'team', 'No origin is configured'],
    ['notices-none', '/notices', 'team', 'Nobody beside the owners'],
  ] as const)('%s', async (name, address, root, words) => {
    house.server.visitor = 'ada';
    Object.assign(house.server.settings, { root, empty: true });
    await look(name, address, words);
    Object.assign(house.server.settings, { root: 'team', empty: false });
  });

  it('inbox-empty', async () => {
    house.server.visitor = 'ada';
    house.server.inboxEmpty = true;
    await look('inbox-empty', '/inbox', 'Nothing waits for you');
    house.server.inboxEmpty = false;
  });

  it.each(DOORS)('%s', async (name, address, visitor, words) => {
    house.server.visitor = visitor;
    await look(name, address, words);
  });
});
