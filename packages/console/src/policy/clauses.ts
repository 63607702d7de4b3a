import type { PolicyAnswer } from '@patchsteward/contract';
import { strings } from '../platform/strings.ts';
import { spanWords } from './span-words.ts';

type Policy = PolicyAnswer['policy'];
type LaneName = keyof Policy['lanes'];
type LaneFigures = Policy['lanes'][LaneName];
type Rule = LaneFigures['approvals']['low'];

interface Line {
  readonly name: string;
  readonly cells: readonly string[];
}

/** A clause of the procedure with the figures in force, as it is read. */
export interface Clause {
  readonly id: string;
  readonly title: string;
  readonly sentences: readonly string[];
  /** Figures that differ by lane or by another word. */
  readonly tables: readonly { readonly heads: readonly string[]; readonly lines: readonly Line[] }[];
}

const words = strings.policy;
const LANES: readonly LaneName[] = ['routine', 'critical', 'emergency', 'mitigation'];
const CRITICALITIES = ['low', 'normal', 'high', 'critical'] as const;
const EXPOSURES = ['public', 'internal', 'isolated', 'unknown'] as const;
const SEVERITIES = ['none', 'low', 'medium', 'high', 'critical', 'unknown'] as const;

/** The procedure's own text. A test changes each figure and sees the text change. // SOP C1 C3 */
export function clausesOf(policy: Policy): readonly Clause[] {
  return [
    {
      id: 'P1',
      title: words.clauses.identify.title,
      sentences: [words.clauses.identify.text(spanWords(policy.identificationLagMs))],
      tables: [],
    },
    dueClause(policy),
    evaluationClause(policy),
    laneClause('P2.1', words.clauses.respond, policy, RESPONSE_LINES),
    laneClause('P3', words.clauses.test, policy, TEST_LINES),
    laneClause('P4', words.clauses.backup, policy, BACKUP_LINES),
    laneClause('P5', words.clauses.approve, policy, APPROVAL_LINES),
    laneClause('P6', words.clauses.deploy, policy, DEPLOYMENT_LINES),
    scheduleClause(policy),
    { id: 'P7', title: words.clauses.document.title, sentences: [words.clauses.document.text], tables: [] },
  ];
}

function dueClause({ routine, critical, emergency, mitigation, endOfLife, binding }: Policy): Clause {
  const text = words.clauses.due;
  return {
    id: 'S',
    title: text.title,
    sentences: [
      text.routine(spanWords(routine.dueMs)),
      text.critical(String(critical.cvssMin), spanWords(critical.dueMs)),
      text.emergency(spanWords(emergency.exposedDueMs), spanWords(emergency.otherDueMs)),
      text.mitigation(spanWords(mitigation.dueMs)),
      text.endOfLife(strings.lane[endOfLife.lane], spanWords(endOfLife.dueMs), spanWords(endOfLife.warnMs)),
      text.bod[`${binding.bod2604}`],
      text.kev[`${binding.knownExploitedDue}`],
    ],
    tables: [],
  };
}

function evaluationClause({ priority, severity, ssvc }: Policy): Clause {
  const text = words.clauses.evaluate;
  const table = (name: string, heads: readonly string[], cells: readonly string[]) => ({
    heads: ['', ...heads],
    lines: [{ name, cells }],
  });
  const criticalities = CRITICALITIES.map((level) => strings.criticality[level]);
  const exposures = EXPOSURES.map((level) => strings.exposure[level]);
  const { likelihoodMin: likelihood } = priority;
  return {
    id: 'P2',
    title: text.title,
    sentences: [
      text.voices(severity.voices.map((voice) => text.voice[voice]).join(', ')),
      text.text(String(priority.scale)),
    ],
    tables: [
      table(
        text.impact,
        SEVERITIES.map((level) => strings.severity[level]),
        SEVERITIES.map((level) => String(priority.impact[level])),
      ),
      table(
        text.likelihood,
        [text.any, text.publicPoc, text.active],
        [likelihood.any, likelihood.publicPoc, likelihood.active].map(String),
      ),
      table(text.epss, ...likelihoodSteps(priority.epss.byPercentile, text.percentile)),
      ...Object.entries(priority.epss.models).map(([model, steps]) =>
        table(text.epssModel(model), ...likelihoodSteps(steps, text.score)),
      ),
      table(
        text.criticality,
        criticalities,
        CRITICALITIES.map((level) => String(priority.criticality[level])),
      ),
      table(
        text.exposure,
        exposures,
        EXPOSURES.map((level) => String(priority.exposure[level])),
      ),
      table(
        text.ssvcImpact,
        criticalities,
        CRITICALITIES.map((level) => text.human[ssvc.humanImpact[level]]),
      ),
      table(
        text.ssvcExposure,
        exposures,
        EXPOSURES.map((level) => text.system[ssvc.exposure[level]]),
      ),
    ],
  };
}

function likelihoodSteps(
  steps: Policy['priority']['epss']['byPercentile'],
  headOf: (from: string) => string,
): [heads: string[], cells: string[]] {
  return [steps.map(({ from }) => headOf(String(from))), steps.map(({ likelihood }) => String(likelihood))];
}

function scheduleClause({ schedule }: Policy): Clause {
  const text = words.clauses.schedule;
  return {
    id: 'P6.1',
    title: text.title,
    sentences: [
      text.text({
        guard: spanWords(schedule.guardMs),
        duration: spanWords(schedule.expectedDurationMs),
        startSpan: spanWords(schedule.startSpanMinMs),
        strict: spanWords(schedule.strictSpanMs),
        spares: String(schedule.sparesMax),
        spacing: spanWords(schedule.spareSpacingMs),
      }),
    ],
    tables: [],
  };
}

type LaneLine = readonly [name: string, text: (lane: LaneFigures) => string];

const TEST_LINES: readonly LaneLine[] = [
  [words.clauses.test.coolingOff, ({ coolingOffMs }) => spanWords(coolingOffMs)],
  [words.clauses.test.testStart, ({ testStartMs }) => spanWords(testStartMs)],
  [words.clauses.test.testSoak, ({ testSoakMs }) => spanWords(testSoakMs)],
  [words.clauses.test.proven, ({ provenHostsMin }) => String(provenHostsMin)],
  [words.clauses.test.testDebt, ({ testDebtMs }) => spanWords(testDebtMs)],
];
const RESPONSE_LINES: readonly LaneLine[] = [
  [words.clauses.respond.term, ({ response }) => spanWords(response.termMaxMs)],
  [words.clauses.respond.seats, ({ response: { seats } }) => ruleWords({ seats, cliSignatures: 0 })],
];
const BACKUP_LINES: readonly LaneLine[] = [
  [words.clauses.backup.age, ({ backupAgeMaxMs }) => spanWords(backupAgeMaxMs)],
  [words.clauses.backup.integrity, ({ integrityAgeMaxMs }) => spanWords(integrityAgeMaxMs)],
];
const APPROVAL_LINES: readonly LaneLine[] = [
  ...CRITICALITIES.map(
    (level): LaneLine => [
      words.clauses.approve.seats(words.clauses.approve.criticality[level]),
      ({ approvals }) => ruleWords(approvals[level]),
    ],
  ),
  [words.clauses.approve.ask, ({ approvalAskMs }) => spanWords(approvalAskMs)],
  [
    words.clauses.approve.authority,
    ({ authority }) => words.clauses.approve.from[authority.from](spanWords(authority.forMs)),
  ],
];
const DEPLOYMENT_LINES: readonly LaneLine[] = [
  [words.clauses.deploy.notice, ({ noticeMs }) => spanWords(noticeMs)],
  [words.clauses.deploy.waveShare, ({ waveShareMax }) => `${percent(waveShareMax * 100)} %`],
  [words.clauses.deploy.expectedFailures, ({ expectedFailures }) => String(expectedFailures)],
  [words.clauses.deploy.waveSoak, ({ waveSoakMs }) => spanWords(waveSoakMs)],
  [words.clauses.deploy.soak, ({ soakMs }) => spanWords(soakMs)],
  [
    words.clauses.deploy.pause,
    ({ pauseLimit }) =>
      words.clauses.deploy.pauseAt(pauseLimit.failures, percent(pauseLimit.percent), pauseLimit.alike),
  ],
  [words.clauses.deploy.reserve, ({ startReserveMs }) => spanWords(startReserveMs)],
  [
    words.clauses.deploy.rollback,
    ({ rollbackGraceMs }) => (rollbackGraceMs === 0 ? words.clauses.deploy.never : spanWords(rollbackGraceMs)),
  ],
];

function laneClause(
  id: string,
  { title, text }: { readonly title: string; readonly text: string },
  { lanes }: Policy,
  lines: readonly LaneLine[],
): Clause {
  return {
    id,
    title,
    sentences: [text],
    tables: [
      {
        heads: ['', ...LANES.map((lane) => words.lane[lane])],
        lines: lines.map(([name, cell]) => ({ name, cells: LANES.map((lane) => cell(lanes[lane])) })),
      },
    ],
  };
}

/** `Change Management, and Security or Owner; one of the signatures on the command line` */
export function ruleWords({ seats, cliSignatures }: Rule): string {
  const text = words.clauses.approve;
  const alike = new Map<string, number>();
  for (const roles of seats) {
    const seat = roles.map((role) => strings.roleTitle[role]).join(text.or);
    alike.set(seat, (alike.get(seat) ?? 0) + 1);
  }
  const people = [...alike].map(([seat, count]) => (count === 1 ? seat : text.several(count, seat))).join(text.and);
  return cliSignatures === 0 ? people : `${people}${text.cli(cliSignatures)}`;
}

/** Two places are enough for a share that people chose. */
function percent(share: number): string {
  return String(Math.round(share * 100) / 100);
}
