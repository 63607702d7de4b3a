import type { DemoLogin } from '../story/people.ts';

/** By its source package the campaign of the story that a screen is about: its page, the plan to decide, its newest entry. */
type Subject = { readonly campaign: string } | { readonly decision: string } | { readonly entryOf: string } | null;

/** One picture of the tour: who looks at which screen, and what there is to see. */
export interface Stop {
  /** Of the picture, below docs/images. */
  readonly name: string;
  readonly title: string;
  /** Read instead of the picture by whoever cannot see it. */
  readonly caption: string;
  readonly text: string;
  readonly as: DemoLogin;
  /** As the console's router writes it. */
  readonly path: string;
  readonly search?: Readonly<Record<string, string>>;
  readonly subject: Subject;
  /** Stands there once the screen has what it shows. */
  readonly settled: string;
  /** Brought to the middle, where what there is to see is further down. */
  readonly lookAt?: string;
}

/** Two minutes through the demo. Its hosts, people and advisories are the story's, so that every tour shows the same. */
export const STOPS: readonly Stop[] = [
  {
    name: 'overview',
    title: 'What needs me?',
    caption: 'The overview of Ivy Brandt, IT: what needs her, what is late, what is stopped, what is running.',
    text: 'Whoever signs in sees what waits for them, sorted by what there is to do, and what is late or will be if nobody acts.',
    as: 'ivy',
    path: '/',
    subject: null,
    settled: 'What needs you',
  },
  {
    name: 'board',
    title: 'Where does everything stand?',
    caption: 'The board: seven rooms from identification to documentation, a card for each open campaign.',
    text: 'A campaign carries one update through the seven rooms of the procedure. Each card says where it stands and why it does not go on.',
    as: 'ivy',
    path: '/campaigns',
    subject: null,
    settled: 'samba',
  },
  {
    name: 'late-campaign',
    title: 'Why does it wait?',
    caption: 'The late campaign of samba: the sentence that says why it waits, and the rooms that it has passed.',
    text: 'The first sentence says why, who can clear it, and until when. Here the maintenance group `files` has no windows; IT sets them under *Maintenance groups*, and the campaign gets its plan at once.',
    as: 'ivy',
    path: '/campaigns/$id',
    subject: { campaign: 'samba' },
    settled: '5. Approval',
  },
  {
    name: 'deployment',
    title: 'What is being changed right now?',
    caption: 'The campaign of nginx in deployment: its waves, and how far each has come.',
    text: 'Hosts are changed in waves. A wave opens when the one before has held, and too many failures stop the campaign by themselves.',
    as: 'ivy',
    path: '/campaigns/$id',
    search: { room: '6-deployment' },
    subject: { campaign: 'nginx' },
    settled: '6. Deployment',
    lookAt: 'Waves',
  },
  {
    name: 'inbox',
    title: 'What must I decide?',
    caption: 'The inbox of Cara Holm, Change Management: the plans that wait for her signature.',
    text: 'Change Management finds the plans that wait for a signature, the most urgent first.',
    as: 'cara',
    path: '/inbox',
    subject: null,
    settled: 'postgresql-15',
  },
  {
    name: 'decision',
    title: 'What exactly would I sign?',
    caption: 'A decision: what changes on which hosts, when, what it rests on, and who has signed.',
    text: 'What is signed is the plan itself: these versions, these files, these hosts, these windows. A host does this and nothing else.',
    as: 'cara',
    path: '/inbox/$plan',
    subject: { decision: 'postgresql-15' },
    settled: 'postgresql-15',
  },
  {
    name: 'findings',
    title: 'What is affected, and how urgent is it?',
    caption: 'Findings over the fleet by vulnerability, the most urgent first.',
    text: 'Every finding says which claim of which advisory made it so, which lane it is in, and when it is due.',
    as: 'sam',
    path: '/findings',
    subject: null,
    settled: 'CVE-2099-',
  },
  {
    name: 'severities',
    title: 'What does nobody know?',
    caption: 'Vulnerabilities whose severity no source says, for Security to judge.',
    text: 'What nobody rated runs on the critical clock, and says so. Security judges many at once, and sees beforehand what would move.',
    as: 'sam',
    path: '/unknown-severities',
    subject: null,
    settled: 'CVE-2099-',
  },
  {
    name: 'record',
    title: 'Can it be proved?',
    caption: 'The record: an entry opened, its proof computed in the browser.',
    text: 'Everything that people and hosts did is in a record that can only grow. The browser proves that an entry is in it; `patchsteward record verify` does so without a server.',
    as: 'nora',
    path: '/record',
    search: { campaign: '$campaign', entry: '$entry' },
    subject: { entryOf: 'bind9' },
    settled: 'This entry stands in the signed record',
    lookAt: 'This entry stands in the signed record',
  },
  {
    name: 'policy',
    title: 'By which rules?',
    caption: 'The policy in force: times, lanes, approvals and limits.',
    text: 'Each figure names the clause that it serves, and whether it is the procedure’s or the organization’s.',
    as: 'nora',
    path: '/policy',
    subject: null,
    settled: 'P1 Identification',
  },
];

/** The one that the README shows. */
export const README_PICTURE = 'board';

export const IMAGES = 'docs/images';
/** Of one picture: whoever reads the page loads them all. */
export const PICTURE_BYTES_MAX = 200_000;

/** As it stands in the guide: what is put in at run time keeps its name. */
export function addressText({ path, search }: Pick<Stop, 'path' | 'search'>): string {
  const asked = Object.entries(search ?? {}).map(([name, value]) => `${name}=${value}`);
  return asked.length === 0 ? path : `${path}?${asked.join('&')}`;
}
