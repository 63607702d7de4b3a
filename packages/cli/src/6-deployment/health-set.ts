import type { HealthProfileBody } from '@patchsteward/contract';
import { ApiError, type Client } from '@patchsteward/contract/client';
import { assetNamed } from '../1-identification/asset-named.ts';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import { plainText } from '../platform/text.ts';
import type { HealthSetOptions } from './health.ts';
import { healthText } from './health-text.ts';

export async function setHealth(
  { options, operands }: Invocation<HealthSetOptions>,
  context: Context,
): Promise<ExitCode> {
  const { unit, port, url, file, errorLines, watch } = options;
  if ([unit, port, url, file, errorLines, watch].every((one) => one === undefined)) {
    const ways = 'give --unit, --port, --url, --file, --error-lines or --watch';
    throw new Failure('nothing to change is named', ways, { exitCode: EXIT.usage });
  }
  if (options.wanted === true && errorLines !== undefined) {
    const way = 'leave --wanted out, or leave --error-lines out';
    throw new Failure('errors in the journal are counted or not; they are never just wanted', way, {
      exitCode: EXIT.usage,
    });
  }
  const { asset, profile } = await withServer(options, context, async (client) => {
    const asset = await assetNamed(client, operands[0] ?? '');
    const before = await client('health-profile.show', { params: { id: asset.id } });
    return { asset, profile: await change(client, asset.id, changeBy(before, options)) };
  });
  if (options.json === true) await context.output.json(profile);
  else await context.output.write(healthText(profile, context.output.styled('bold', plainText(asset.name))));
  return EXIT.done;
}

/** What is not named stays as it is. */
function changeBy(before: HealthProfileBody, options: HealthSetOptions): HealthProfileBody {
  const { errorLines, watch, wanted } = options;
  const watchMs = watch ?? before.watchMs;
  if (wanted === true) return { ...before, wanted: checksBy(before.wanted, options), watchMs };
  const errorLinesMax = errorLines === undefined ? before.errorLinesMax : errorLines;
  return {
    ...before,
    ...checksBy(before, options),
    ...{ errorLinesMax: errorLinesMax === false ? null : errorLinesMax, watchMs },
  };
}

function checksBy(
  before: HealthProfileBody['wanted'],
  { unit, port, url, file }: HealthSetOptions,
): HealthProfileBody['wanted'] {
  return {
    units: unit === undefined ? before.units : [...(unit || [])],
    ports: port === undefined ? before.ports : [...(port || [])],
    urls: url === undefined ? before.urls : [...(url || [])],
    files: file === undefined ? before.files : [...(file || [])],
  };
}

async function change(client: Client, id: string, body: HealthProfileBody): Promise<HealthProfileBody> {
  try {
    return await client('health-profile.set', { params: { id }, body });
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'conflict') throw error;
    throw new Failure(
      'somebody else changed this health profile at the same moment, so nothing was changed here',
      `look at it with "patchsteward health show ${id}" and set it again`,
      { cause: error },
    );
  }
}
