import { registerAgent } from './1-identification/agent.ts';
import { registerAnnouncement } from './1-identification/announcement.ts';
import { registerAsset } from './1-identification/asset.ts';
import { registerEnrollmentToken } from './1-identification/enrollment-token.ts';
import { registerExposure } from './1-identification/exposure.ts';
import { registerFeeds } from './1-identification/feeds.ts';
import { registerFinding } from './1-identification/finding.ts';
import { registerMatch } from './1-identification/match.ts';
import { registerRule } from './1-identification/rule.ts';
import { registerScan } from './1-identification/scan.ts';
import { registerSeverity } from './1-identification/severity.ts';
import { registerUpdate } from './1-identification/update.ts';
import { registerVersions } from './1-identification/versions.ts';
import { registerCvss } from './2-evaluation/cvss.ts';
import { registerException } from './2-evaluation/exception.ts';
import { registerNotice } from './2-evaluation/notice.ts';
import { registerOrigin } from './3-testing/origin.ts';
import { registerBackup } from './4-backup/backup.ts';
import { registerApproval } from './5-approval/commands.ts';
import { registerNotices } from './5-approval/stakeholder.ts';
import { registerGroup } from './6-deployment/group.ts';
import { registerHealth } from './6-deployment/health.ts';
import { registerWork } from './6-deployment/work.ts';
import { registerRecord } from './7-documentation/record.ts';
import { registerCampaign } from './campaign/campaign.ts';
import { registerInbox } from './campaign/inbox.ts';
import { registerMaintenance } from './campaign/maintenance.ts';
import { registerApiToken } from './people/api-token.ts';
import { registerPerson } from './people/person.ts';
import type { Context, Loaders } from './platform/context.ts';
import { EXIT, type ExitCode } from './platform/exit-code.ts';
import { Output } from './platform/output.ts';
import { presentError } from './platform/present-error.ts';
import { createProgram } from './platform/program.ts';
import { Progress } from './platform/progress.ts';
import { registerServe } from './platform/serve.ts';
import type { Streams } from './platform/streams.ts';
import { plainText } from './platform/text.ts';
import { registerPolicy } from './policy/policy.ts';
import { registerKey } from './trust/key.ts';
import { registerTrust } from './trust/trust.ts';

/** The commands, in the order of the help: the rooms, then what serves them all. */
const COMMANDS = [
  registerServe,
  registerScan,
  registerMatch,
  registerAgent,
  registerEnrollmentToken,
  registerAsset,
  registerRule,
  registerFinding,
  registerUpdate,
  registerExposure,
  registerSeverity,
  registerException,
  registerNotice,
  registerAnnouncement,
  registerFeeds,
  registerGroup,
  registerHealth,
  registerPolicy,
  registerOrigin,
  registerInbox,
  registerMaintenance,
  registerCampaign,
  registerWork,
  registerApproval,
  registerNotices,
  registerBackup,
  registerRecord,
  registerKey,
  registerTrust,
  registerPerson,
  registerApiToken,
  registerVersions,
  registerCvss,
];

/** One call of the command line. Never throws: every way it can end is an exit code. */
export async function main(argv: readonly string[], loaders: Loaders, streams: Streams): Promise<ExitCode> {
  let outcome: ExitCode = EXIT.done;
  // Notes are worth nothing to nobody: a closed standard error must not end the work.
  streams.stderr.on('error', () => {});
  const context: Context = {
    stdin: streams.stdin,
    output: new Output(streams.stdout, streams.environment),
    progress: new Progress(streams.stderr),
    environment: streams.environment,
    loaders,
    note: (text) => streams.stderr.write(`patchsteward: ${plainText(text)}\n`),
    tellParent: (message) => streams.tellParent?.(message),
    finish: (code) => {
      outcome = code;
    },
  };
  const program = createProgram(streams);
  for (const register of COMMANDS) register(program, context);

  try {
    await program.parseAsync(argv, { from: 'user' });
    return outcome;
  } catch (error) {
    return presentError(error, streams.stderr);
  }
}
