import type { OriginBody } from '@patchsteward/contract';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import type { ServerOptions } from '../platform/server-options.ts';
import type { Column } from '../platform/table.ts';
import { plainText } from '../platform/text.ts';
import { distanceText, momentText } from '../platform/time-text.ts';
import { nameOf } from './origin-named.ts';
import { stateText } from './origin-text.ts';

export async function listOrigins({ options }: Invocation<ServerOptions>, context: Context): Promise<ExitCode> {
  const answer = await withServer(options, context, (client) => client('origin.list', {}));
  if (options.json === true) await context.output.json(answer);
  else await present(answer.items, context);
  return answer.items.every(({ state, problem }) => state === 'usable' && problem === null) ? EXIT.done : EXIT.findings;
}

async function present(origins: readonly OriginBody[], context: Context): Promise<void> {
  if (origins.length === 0) {
    await context.output.write(
      'No origins yet, so no package is believed. Add one with "patchsteward origin add"; its help has examples.\n',
    );
    return;
  }
  await context.output.table(columnsOf(Date.now()), origins);
  const lines = origins.flatMap((origin) =>
    origin.problem === null
      ? []
      : [context.output.styled('yellow', plainText(`${nameOf(origin)}: ${origin.problem.detail}`))],
  );
  await context.output.write(lines.map((line) => `${line}\n`).join(''));
}

function columnsOf(now: number): Column<OriginBody>[] {
  return [
    { header: 'ORIGIN', text: nameOf },
    { header: 'COMPONENTS', text: ({ components }) => components.join(' ') || '-' },
    { header: 'STATE', text: stateText },
    { header: 'INDEX OF', text: ({ index }) => (index === null ? '-' : momentText(index.date)) },
    { header: 'VALID UNTIL', text: ({ index }) => (index?.validUntil == null ? '-' : momentText(index.validUntil)) },
    { header: 'CHECKED', text: ({ checkedAt }) => (checkedAt === null ? 'never' : distanceText(checkedAt, now)) },
    { header: 'ID', text: ({ id }) => id },
  ];
}
