import type { TellingKind, TellingWay } from '@patchsteward/core/2-evaluation';
import { counted, numberText } from '../counted.ts';

const kinds = {
  exploited: 'Known to be exploited',
  emergency: 'Emergency',
  critical: 'Critical',
  'support-ended': 'Support ended',
  'feed-silent': 'Feed fell silent',
  'announcements-unread': 'Announcements unread',
} as const satisfies Record<TellingKind, string>;

const ways = {
  'at-once': 'At once',
  digest: 'In the message of the hour',
  quiet: 'Not at all',
} as const satisfies Record<TellingWay, string>;

/** Who was told of what by mail, and how each wants to be told. */
export const told = {
  title: 'Who was told',
  lead: 'Every message to a person about vulnerabilities, platforms and feeds, and what became of it. Notices of planned changes stand with their campaign.',
  nobody: 'Nobody was told of it by mail.',
  noMail: 'Nobody was told of it: the server has no mail server.',
  noMailAtAll: 'The server has no mail server, so nobody is told of anything. It is set as smtpUrl and mailFrom.',
  none: 'Nobody was told of anything yet.',
  noneLead: 'Messages go out once there is something to tell: exploited or critical vulnerabilities, silent feeds.',
  nothingFits: 'No message passes these filters.',
  nothingFitsWhatToDo: 'Take one of them away, or ask for a longer time.',
  total: counted('message', 'messages'),
  states: { waiting: 'on its way', sent: 'accepted by the mail server', bounced: 'refused', failed: 'given up' },
  more: (count: number) => `and ${numberText(count)} more messages`,
  searchLabel: 'A vulnerability, a release or a feed',
  person: 'Person',
  anyPerson: 'Everybody',
  kind: 'Of',
  anyKind: 'Everything',
  since: 'From',
  until: 'To',
  kinds,
  ways,
  columns: { to: 'To', what: 'What', state: 'What became of it', at: 'Written' },
  tries: counted('try', 'tries'),
  moreMatters: (count: number) => `and ${numberText(count)} more`,
  how: {
    title: 'How you are told',
    mail: (address: string) => `By mail to ${address}.`,
    noMail: 'You have no mail address here, so you are told of nothing. An administrator sets it.',
    rules:
      'Each thing is told once. What is urgent comes in four messages an hour at most, the rest in one. You hear of what is the work of your role, and of the assets that you own.',
    asEverybody: (way: string) => `As everybody: ${way}`,
    chosen: 'chosen by you',
    saving: 'Saving …',
    saved: (kind: string, way: string) => `${kind}: ${way}.`,
    toList: 'Who was told of what',
  },
  explained: {
    exploited: 'A vulnerability that assets have is known to be exploited.',
    emergency: 'A vulnerability is in the lane emergency.',
    critical: 'A vulnerability is in the lane critical.',
    'support-ended': 'A platform of assets gets no fixes for everybody any more.',
    'feed-silent': 'A feed told nothing new for too long.',
    'announcements-unread': 'Nobody read an announcement for three days.',
  } satisfies Record<TellingKind, string>,
} as const;
