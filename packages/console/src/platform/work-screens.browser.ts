import { afterAll, beforeAll, it } from 'vitest';
import { describeInBrowser } from './testing/browser.ts';
import { fakeId } from './testing/fake-assets.ts';
import { FAKE_CAMPAIGN } from './testing/fake-campaign.ts';
import { FAKE_EXCEPTIONS } from './testing/fake-exceptions.ts';
import { FAKE_PLANS } from './testing/fake-inbox.ts';
import { ScreenVisitor } from './testing/screen-visitor.ts';

const CAMPAIGN = Object.fromEntries(
  Object.entries(FAKE_CAMPAIGN).map(([way, id]) => [way, `/campaigns/${id}`]),
) as typeof FAKE_CAMPAIGN; // Entries forget their keys.
/** Every screen of the daily work in the states that look different from each other, and words that show it has arrived. */
const SCREENS = [
  ['overview', '/', 'Decide whether they go on'],
  ['campaigns', '/campaigns', 'Wave 2 of 4 runs'],
  ['campaigns-mine', '/campaigns?only=mine&lane=emergency', 'of 18 campaigns'],
  ['campaigns-list', '/campaigns?view=list', 'asked by ivy'],
  ['proposals', '/campaigns?view=proposals', 'openssl 4.1.0'],
  ['proposals-open', '/campaigns?view=proposals&proposal=debian:12/openssl-0', 'You become its requester'],
  ['inbox', '/inbox', 'Approve or refuse the plan'],
  ['exceptions', '/exceptions', 'Ends soon'],
  ['exceptions-expired', '/exceptions?state=expired', 'Override 3 findings'],
  ['exceptions-nothing', '/exceptions?search=nothing-like-this', 'No exception fits'],
  ['exception', `/exceptions/${FAKE_EXCEPTIONS.requested}`, 'Web team'],
  ['exception-standing', `/exceptions/${FAKE_EXCEPTIONS.standing}`, 'it is known to be exploited now'],
  ['exception-agree', `/exceptions/${FAKE_EXCEPTIONS.requested}?act=agree`, 'You agree to these words'],
  ['exception-renew', `/exceptions/${FAKE_EXCEPTIONS.standing}?act=renew`, 'takes over when it has it'],
  ['exception-gone', '/exceptions/01890000-0000-7000-8000-00000000dead', 'There is no such exception'],
  ['exception-ask', '/exceptions/new?vulnerability=CVE-2026-0001', '24 findings on 12 assets'],
  ['exception-ask-override', '/exceptions/new?kind=override', 'Lane instead'],
  ['exception-ask-nothing', '/exceptions/new?vulnerability=CVE-1999-0001', 'No finding fits'],
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
  ['campaign-late', CAMPAIGN.unplanned, 'Ask for this time'],
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
] as const;

describeInBrowser('every screen of the daily work', () => {
  let visitor: ScreenVisitor;
  beforeAll(async () => {
    visitor = await ScreenVisitor.open();
  });
  afterAll(() => visitor.close());

  it.each(SCREENS)('%s', (name, address, words) => visitor.look(name, address, words));

  it.each([
    ['overview-calm', '/', 'calm', 'Nothing needs you'],
    ['overview-new', '/', 'new', 'There is no trust root yet'],
    ['campaigns-none', '/campaigns', 'new', 'No campaign is open'],
    ['proposals-none', '/campaigns?view=proposals', 'new', 'Nothing could be opened'],
  ] as const)('%s', async (name, address, work, words) => {
    visitor.house.server.work = work;
    await visitor.look(name, address, words);
    visitor.house.server.work = 'busy';
  });

  it('inbox-empty', async () => {
    visitor.house.server.inboxEmpty = true;
    await visitor.look('inbox-empty', '/inbox', 'Nothing waits for you');
    visitor.house.server.inboxEmpty = false;
  });

  it('exceptions-none', async () => {
    visitor.house.server.exceptionsEmpty = true;
    await visitor.look('exceptions-none', '/exceptions', 'Nobody answers for anything');
    visitor.house.server.exceptionsEmpty = false;
  });
});
