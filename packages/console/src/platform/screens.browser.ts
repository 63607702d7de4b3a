import { afterAll, beforeAll, it } from 'vitest';
import { describeInBrowser } from './testing/browser.ts';
import { FAKE_ANNOUNCEMENTS } from './testing/fake-announcements.ts';
import { FAKE_ASSETS, fakeId } from './testing/fake-assets.ts';
import { FAKE_EXPOSURE } from './testing/fake-fleet.ts';
import { FAKE_RECORD } from './testing/fake-settings.ts';
import { ScreenVisitor } from './testing/screen-visitor.ts';

const ASSET = `/assets/${FAKE_ASSETS.affected}`;
/** Every other screen in the states that look different from each other, and words that show it has arrived. */
const SCREENS = [
  ['assets', '/assets', 'web-1.example.org'],
  ['assets-grouped', '/assets?group=criticality', 'Normal'],
  ['assets-filtered', '/assets?criticality=high,critical&without=tag&stale=yes', 'Without'],
  ['groups', '/groups', 'without-windows'],
  ['group-form', '/groups?edit=sunday', 'Add a window'],
  ['maintenance', '/maintenance', 'the machines move'],
  ['maintenance-turns', '/maintenance?plan=servers', 'which replaced it'],
  ['maintenance-form', '/maintenance?edit=servers', 'Maintenance plan servers'],
  ['maintenance-form-new', '/maintenance?edit=%2B', 'Make a maintenance plan'],
  ['freezes-import', '/groups?freezes=import', 'holds for these alone'],
  ['rules', '/rules', 'What everybody can reach'],
  ['rule-form', `/rules?edit=${fakeId(801)}`, 'for one; as in'],
  ['import', '/import', '180 like that already'],
  ['doubles', '/doubles', 'Bring back'],
  ['assets-without-support', '/assets?support=ended,extended', 'Support of platform or product'],
  ['assets-nothing-found', '/assets?search=nonsense', 'Nothing matches'],
  ['asset-findings', ASSET, '143 vulnerabilities in 41 source packages'],
  ['asset-finding-open', `${ASSET}?item=CVE-2025-10000@openssl@1.0.0-3%2Bdeb12u1`, 'Why this lane'],
  ['asset-updates', `${ASSET}?tab=updates&item=package-001:amd64`, 'told the package manager'],
  ['asset-packages', `${ASSET}?tab=packages`, 'package-000'],
  ['asset-bills', `/assets/${FAKE_ASSETS.listed}?tab=bills`, 'written by syft'],
  ['asset-bill-replace', `/assets/${FAKE_ASSETS.listed}?tab=bills&edit=bill&item=shop`, 'Replace the bill of shop'],
  ['asset-bills-none', `/assets/${fakeId(1_001)}?tab=bills`, 'needs no bill'],
  ['asset-system', `${ASSET}?tab=system`, '6.1.0-41-amd64'],
  ['asset-health', `${ASSET}?tab=system`, 'backup-agent.service'],
  ['asset-health-form', `${ASSET}?tab=system&edit=health`, 'Errors that its journal may get'],
  ['asset-facts-form', `${ASSET}?edit=facts`, 'Unknown counts as public'],
  ['asset-not-judged', `/assets/${FAKE_ASSETS.notJudged}`, 'This is not the same as no findings'],
  ['asset-no-findings', `/assets/${FAKE_ASSETS.clean}`, 'No findings.'],
  ['asset-no-report', `/assets/${FAKE_ASSETS.silent}`, 'has not reported yet'],
  ['asset-gone', '/assets/01890000-0000-7000-8000-00000000dead', 'There is no asset'],
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
  ['exposure-affected', `/exposure?id=${FAKE_EXPOSURE.affected}`, '41 assets listed'],
  ['exposure-told', `/exposure?id=${FAKE_EXPOSURE.affected}&show=all`, 'accepted by the mail server'],
  ['exposure-words', `/exposure?id=${FAKE_EXPOSURE.affected}&words=yes`, 'Its vector is none'],
  [
    'exposure-words-ubuntu',
    `/exposure?id=${FAKE_EXPOSURE.affected}&words=yes&distribution=ubuntu`,
    'Medium, says ubuntu',
  ],
  ['exposure-advisory', `/exposure?id=${FAKE_EXPOSURE.advisory}`, 'signed by the pinned key 8F5F2679'],
  ['exposure-not-affected', `/exposure?id=${FAKE_EXPOSURE.clear}`, 'No asset is affected'],
  ['exposure-not-judged', '/exposure?id=CVE-1999-0001', 'nobody can say'],
  ['severities', '/unknown-severities', '240 vulnerabilities to be judged'],
  ['severities-judged', '/unknown-severities?state=judged', 'Sources say otherwise'],
  ['severities-held', '/unknown-severities?state=held', '12 vulnerabilities could move down'],
  ['severities-nothing-found', '/unknown-severities?search=nonsense', 'Nothing passes'],
  ['announcements', '/announcements', '140 announcements to be read'],
  ['announcements-claimed', '/announcements?state=claimed', 'Claim by Sam Security'],
  ['announcements-none', '/announcements?search=nonsense', 'No announcement is like this'],
  ['announcement', `/announcements/${FAKE_ANNOUNCEMENTS.waiting}`, 'What it says'],
  ['announcement-changed', `/announcements/${FAKE_ANNOUNCEMENTS.changed}`, 'What its vendor changed'],
  ['feeds', '/feeds', 'Never imported'],
  ['feeds-add', '/feeds?form=add', 'Give it a name'],
  ['feeds-keys', '/feeds?keys=acme-psirt', 'Look at what it serves now'],
  ['enrollment', '/enrollment', 'web-2'],
  ['record', '/record', '240 entries'],
  ['record-signature', '/record?tab=signature', 'Compare with a checkpoint kept elsewhere'],
  ['record-proof', `/record?entry=${FAKE_RECORD.entry}`, 'stands in the signed record'],
  ['record-proof-wrong', `/record?entry=${FAKE_RECORD.changed}`, 'is not what was signed'],
  ['record-filtered', '/record?kind=asset&actor=system&search=nonsense', 'No entry fits these filters'],
  ['told', '/told', 'no such mailbox'],
  ['told-filtered', '/told?person=sam&kind=emergency&since=2026-11-01', 'No message passes'],
  ['account-told', '/account', 'By mail to ada@example.org'],
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

describeInBrowser('every screen of the fleet, the record and the settings', () => {
  let visitor: ScreenVisitor;
  beforeAll(async () => {
    visitor = await ScreenVisitor.open();
  });
  afterAll(() => visitor.close());

  it.each(SCREENS)('%s', (name, address, words) => visitor.look(name, address, words));

  it.each([
    ['trust-none', '/trust', 'none', 'Make the trust root'],
    ['trust-solo', '/trust', 'solo', 'One person holds all keys'],
    ['origins-none', '/origins', 'team', 'No origin is configured'],
    ['notices-none', '/notices', 'team', 'Nobody beside the owners'],
    ['maintenance-none', '/maintenance', 'team', 'No maintenance plans yet'],
  ] as const)('%s', async (name, address, root, words) => {
    Object.assign(visitor.house.server.settings, { root, empty: true });
    await visitor.look(name, address, words);
    Object.assign(visitor.house.server.settings, { root: 'team', empty: false });
  });

  it.each(DOORS)('%s', async (name, address, who, words) => {
    visitor.house.server.visitor = who;
    await visitor.look(name, address, words);
  });
});
