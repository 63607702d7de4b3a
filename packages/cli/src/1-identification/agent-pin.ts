import { CRITICALITIES, ENVIRONMENTS, LANES } from '@patchsteward/core/vocabulary';
import { isHash } from '@patchsteward/trust';
import type { Guard } from '@patchsteward/trust/authorize';
import { type Command, Option } from 'commander';
import type { PinOptions } from '../platform/agent-module.ts';
import { EXIT } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';

/** What an administrator decides at the host, out of reach of the server. */
export interface AgentPinOptions {
  readonly rootSha256?: string;
  readonly environment?: Guard['environment'];
  readonly criticality?: Guard['criticality'];
  readonly allowReboot?: true;
  readonly allowKernel?: true;
  readonly lanes?: string;
  readonly denyPackage?: readonly string[];
}

/** What is not said is what costs least if it is wrong, as in the agent that is packaged. */
const UNSAID: Guard = {
  environment: 'production',
  criticality: 'critical',
  allow: { reboot: false, kernel: false, lanes: ['routine', 'critical'] },
  packagesDenied: [],
};

export function withPinOptions(command: Command): Command {
  const environments = ENVIRONMENTS.filter((each) => each !== 'unknown');
  return command
    .option('--root-sha256 <hash>', 'the trust root to believe, from the administrator and never from the server')
    .addOption(new Option('--environment <what>', 'what the host serves (default: production)').choices(environments))
    .addOption(
      new Option('--criticality <level>', 'decides how many must sign (default: critical)').choices(CRITICALITIES),
    )
    .option('--allow-reboot', 'a signed work order may reboot this host')
    .option('--allow-kernel', 'a signed work order may change its kernel')
    .option('--lanes <list>', 'lanes that may act here, with commas (default: routine,critical)')
    .option('--deny-package <name>', 'never touch this package; repeat for each', collected);
}

/** What is to be pinned; undefined where the host shall only report. */
export function pinOf(options: AgentPinOptions): PinOptions | undefined {
  const { rootSha256 } = options;
  if (rootSha256 === undefined) {
    if (saysWhatMayBeDone(options)) {
      throw usage('nothing can be allowed or denied without a trust root', 'give --root-sha256 as well');
    }
    return undefined;
  }
  if (!isHash(rootSha256)) {
    throw usage(
      `"${rootSha256}" is no hash of a trust root`,
      'give "sha256:" and 64 hex digits, as "trust show" says it',
    );
  }
  return { rootSha256, guard: guardOf(options) };
}

/** Said without a root it would be taken for granted, and mean nothing. */
function saysWhatMayBeDone(options: AgentPinOptions): boolean {
  const { environment, criticality, allowReboot, allowKernel, lanes, denyPackage } = options;
  return [environment, criticality, allowReboot, allowKernel, lanes, denyPackage].some((each) => each !== undefined);
}

function guardOf(options: AgentPinOptions): Guard {
  return {
    environment: options.environment ?? UNSAID.environment,
    criticality: options.criticality ?? UNSAID.criticality,
    allow: {
      reboot: options.allowReboot === true,
      kernel: options.allowKernel === true,
      lanes: options.lanes === undefined ? UNSAID.allow.lanes : options.lanes.split(',').map(laneOf),
    },
    packagesDenied: options.denyPackage ?? UNSAID.packagesDenied,
  };
}

function laneOf(word: string): (typeof LANES)[number] {
  const lane = LANES.find((each) => each === word);
  if (lane === undefined) throw usage(`there is no lane "${word}"`, `name some of ${LANES.join(', ')}`);
  return lane;
}

function collected(one: string, others: readonly string[] = []): readonly string[] {
  return [...others, one];
}

function usage(what: string, advice: string): Failure {
  return new Failure(what, advice, { exitCode: EXIT.usage });
}
