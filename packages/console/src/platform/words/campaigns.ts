import type { CampaignSummary, NeedKind, OverviewCare } from '@patchsteward/contract';
import { counted, numberText } from '../counted.ts';

export const overview = {
  title: 'Overview',
  counts: { needs: 'Needs you', late: 'Late or cannot be met', stopped: 'Stopped', running: 'Running' },
  needsTitle: 'What needs you',
  nothing: 'Nothing needs you.',
  nothingLead: (open: number) =>
    open === 0
      ? 'No campaign is open. What could be opened as one stands under Campaigns.'
      : `${counted('campaign is', 'campaigns are')(open)} open, and none of them waits for you.`,
  toProposals: 'See what could be opened',
  need: {
    resume: 'Decide whether they go on',
    'request-change': 'Ask for the change and sign it',
    approve: 'Approve',
    'agree-window': 'Agree to the window',
    'start-test': 'Start the test',
    'judge-test': 'Look at the result of the test',
    'release-files': 'Look at files that could not be verified',
    'prove-backup': 'Prove or waive the backup',
    assess: 'Assess the risk',
    plan: 'Make a plan possible',
    'send-notice': 'See that the notice goes out',
    'look-after-host': 'Look after the host',
    finish: 'Finish and sign the audit',
    other: 'Look at it',
  } satisfies Record<NeedKind, string>,
  care: {
    'no-trust-root': () => 'There is no trust root yet: hosts are read, and nothing can be changed.',
    'feeds-not-fresh': (count: number) => `${counted('feed is', 'feeds are')(count)} not fresh.`,
    'no-asset': () => 'No host reports here yet.',
    'assets-silent': (count: number) =>
      `${counted('asset has', 'assets have')(count)} not reported for more than a day.`,
    'support-ended': (count: number) =>
      `${counted('asset stands', 'assets stand')(count)} on a platform to which no fixes come for everybody any more.`,
    'announcements-waiting': (count: number) =>
      `${counted('announcement waits', 'announcements wait')(count)} to be read.`,
    'severity-unknown': (count: number) =>
      `Of ${counted('vulnerability', 'vulnerabilities')(count)} nobody has said how severe they are.`,
    'urgency-held': (count: number) =>
      `Of ${counted('vulnerability', 'vulnerabilities')(count)} sources say less by now; agree, or leave it as it is.`,
    'exceptions-waiting': (count: number) =>
      `${counted('exception waits', 'exceptions wait')(count)} for your agreement.`,
    'exceptions-ending': (count: number) =>
      `${counted('exception ends', 'exceptions end')(count)} within a week; their findings are open again then.`,
  } satisfies Record<OverviewCare['kind'], (count: number) => string>,
  careTitle: 'Beside campaigns',
  late: 'Late or cannot be met',
  noneLate: 'Nothing is late, and everything planned can be done before it is due.',
  stopped: 'Stopped',
  noneStopped: 'Nothing is stopped.',
  running: 'Running now',
  noneRunning: 'No host is being changed or tested.',
  more: (count: number) => `and ${numberText(count)} more`,
  jobs: (count: number, state: string) => `${numberText(count)} ${state}`,
  until: 'until',
  fleetTitle: 'The fleet',
  fleet: {
    assets: 'Assets',
    affected: 'With findings',
    knownExploited: 'Known exploited vulnerabilities',
    rebootNeeded: 'Reboot needed',
    partlyJudged: 'Judged in part',
    supportEnded: 'Platform without support',
    supportEnding: 'Support ends soon',
    exceptions: 'Standing exceptions',
    stale: 'Silent for a day',
    feedsNotFresh: 'Feeds not fresh',
  },
  ofFeeds: (count: number, all: number) => `${numberText(count)} of ${numberText(all)}`,
  seenOf: (seen: number, open: number) =>
    `Of ${numberText(open)} open campaigns the ${numberText(seen)} most urgent were looked at.`,
} as const;

export const board = {
  title: 'Campaigns',
  views: { board: 'Board', list: 'All campaigns', proposals: 'Could be opened' },
  viewsLabel: 'Campaigns',
  rooms: {
    '1-identification': 'Identification',
    '2-evaluation': 'Evaluation',
    '3-testing': 'Testing',
    '4-backup': 'Backup',
    '5-approval': 'Approval',
    '6-deployment': 'Deployment',
    '7-documentation': 'Documentation',
  },
  roomTitle: (number: number, name: string, count: number) => `${number} ${name}: ${campaignCount(count)}`,
  emptyRoom: 'None',
  strip: 'Rooms',
  searchLabel: 'Search campaigns by title, package, lane or requester',
  laneLabel: 'Lane',
  lanes: {
    all: 'Every lane',
    routine: 'Routine',
    critical: 'Critical',
    emergency: 'Emergency',
    mitigation: 'Mitigation',
  },
  onlyLabel: 'Show',
  only: {
    all: 'All open campaigns',
    mine: 'Mine: I asked, or can clear it',
    late: 'Late or cannot be met',
    stopped: 'Stopped',
  },
  total: campaignCount,
  shownOf: (shown: number, total: number) => `${numberText(shown)} of ${campaignCount(total)}`,
  notAll: (loaded: number) => `The board holds the newest ${numberText(loaded)}; search to find the others.`,
  verdict: { proceed: 'Goes on', wait: 'Waits', stop: 'Stopped', ended: 'Ended' } satisfies Record<
    CampaignSummary['verdict'],
    string
  >,
  noDue: 'No due time yet',
  assets: counted('asset', 'assets'),
  requester: (login: string) => `asked by ${login}`,
  none: 'No campaign is open.',
  noneWhatToDo: 'A campaign takes one update through the seven rooms. See what could be opened as one.',
  noneMatches: 'No open campaign is like that.',
  noneMatchesWhatToDo: 'Choose another lane or show all of them.',
  showAll: 'Show all',
  columns: { campaign: 'Campaign', stands: 'Stands in', due: 'Due', assets: 'Assets', updated: 'Last change' },
  neverAny: 'There has been no campaign yet.',
  left: 'Room to the left',
  right: 'Room to the right',
} as const;

export const proposals = {
  searchLabel: 'Search by package or vulnerability',
  columns: { update: 'Update', due: 'Due and lane', scope: 'Assets', action: 'Action' },
  total: counted('update could be opened', 'updates could be opened'),
  none: 'Nothing could be opened.',
  noneLead:
    'Every update that is offered stands in a campaign already, or no origin offers one. Assets report what they are offered.',
  open: 'Open campaign',
  opening: 'Opening …',
  openOf: (title: string) => `Open a campaign for ${title}`,
  test: (count: number) => `${numberText(count)} in the test ring`,
  production: (count: number) => `${numberText(count)} in production`,
  fixes: (count: number) => `fixes ${counted('vulnerability', 'vulnerabilities')(count)}`,
  noFixes: 'no known vulnerability',
  question: 'Open this campaign?',
  consequence:
    'You become its requester: you sign the change later, and never approve it. Nothing changes on a host before others have signed.',
  whichAssets: 'Assets in scope',
  filter: 'Filter the assets by name or owner',
  chosen: (count: number, all: number) => `${numberText(count)} of ${numberText(all)} chosen`,
  all: 'Choose all',
  noneChosen: 'Choose none',
  noAsset: 'Choose at least one asset.',
  assetsUnseen: 'The assets are still being read.',
  notTested: 'None of the chosen assets is in a test ring: it cannot be tested before production.',
  moreAssets: (count: number) => `and ${numberText(count)} more; filter to see them`,
  cancel: 'Not now',
} as const;

function campaignCount(count: number): string {
  return counted('campaign', 'campaigns')(count);
}
