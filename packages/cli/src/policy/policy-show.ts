import type { PolicyAnswer } from '@patchsteward/contract';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import type { ServerOptions } from '../platform/server-options.ts';
import { spanText } from '../platform/span-text.ts';
import type { Column } from '../platform/table.ts';
import { plainText } from '../platform/text.ts';

type Figures = PolicyAnswer['policy'];
type LaneName = keyof Figures['lanes'];
type LaneFigures = Figures['lanes'][LaneName];
type Rule = LaneFigures['approvals']['low'];

interface Line {
  readonly figure: string;
  readonly of: Readonly<Record<LaneName, string>>;
}

const LANES: readonly LaneName[] = ['routine', 'critical', 'emergency', 'mitigation'];

export async function showPolicy({ options }: Invocation<ServerOptions>, context: Context): Promise<ExitCode> {
  const answer = await withServer(options, context, (client) => client('policy.show', {}));
  if (options.json === true) {
    await context.output.json(answer);
    return EXIT.done;
  }
  const { file, hash, policy } = answer;
  const from = file === null ? "the procedure's own figures" : `with ${plainText(file)} laid over the procedure's own`;
  await context.output.write(`${context.output.styled('bold', policy.version)}  ${from}\n  ${hash}\n\n`);
  await context.output.table(COLUMNS, linesOf(policy));
  return EXIT.done;
}

const COLUMNS: readonly Column<Line>[] = [
  { header: '', text: ({ figure }) => figure },
  ...LANES.map((lane): Column<Line> => ({ header: lane.toUpperCase(), text: (line) => line.of[lane] })),
];

function linesOf({ critical, emergency, lanes, mitigation, routine }: Figures): Line[] {
  const line = (figure: string, text: (lane: LaneFigures) => string): Line => ({
    figure,
    of: {
      routine: text(lanes.routine),
      critical: text(lanes.critical),
      emergency: text(lanes.emergency),
      mitigation: text(lanes.mitigation),
    },
  });
  const due = {
    routine: spanText(routine.dueMs),
    critical: spanText(critical.dueMs),
    emergency: `${spanText(emergency.exposedDueMs)} exposed, ${spanText(emergency.otherDueMs)}`,
    mitigation: spanText(mitigation.dueMs),
  };
  return [
    { figure: 'due after', of: due },
    line('approved by', ({ approvals }) => ruleText(approvals.low)),
    line('  if high', ({ approvals }) => ruleText(approvals.high)),
    line('  if critical', ({ approvals }) => ruleText(approvals.critical)),
    line('notice', ({ noticeMs }) => spanText(noticeMs)),
    line('cooling-off', ({ coolingOffMs }) => spanText(coolingOffMs)),
    line('test watched', ({ testSoakMs }) => spanText(testSoakMs)),
    line('wave watched', ({ waveSoakMs }) => spanText(waveSoakMs)),
    line('watched after', ({ soakMs }) => spanText(soakMs)),
    line('backup at most', ({ backupAgeMaxMs }) => spanText(backupAgeMaxMs)),
    line('wave at most', ({ waveShareMax }) => `${Math.round(waveShareMax * 100)} %`),
    line('pauses at', ({ pauseLimit: { alike, failures, percent } }) => `${failures} or ${percent} %, ${alike} alike`),
    line('signed until', ({ authority: { forMs, from } }) => `${from} + ${spanText(forMs)}`),
  ];
}

/** `change + (security/owner), 1 cli` */
function ruleText({ cliSignatures, seats }: Rule): string {
  const people = seats.map((roles) => (roles.length === 1 ? (roles[0] ?? '') : `(${roles.join('/')})`)).join(' + ');
  return cliSignatures === 0 ? people : `${people}, ${cliSignatures} cli`;
}
