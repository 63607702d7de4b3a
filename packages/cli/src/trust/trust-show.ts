import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import type { ServerOptions } from '../platform/server-options.ts';
import { readRootFile } from './root-file.ts';
import { presentRoot } from './root-text.ts';
import { newestRoot } from './server-roots.ts';

export async function showTrust({ options, operands }: Invocation<ServerOptions>, context: Context): Promise<ExitCode> {
  const [path] = operands;
  if (path !== undefined) {
    const { envelope, root } = await readRootFile(path);
    await presentRoot({ file: path, envelope, root, previous: null }, options, context);
    return EXIT.done;
  }
  const newest = await withServer(options, context, newestRoot);
  if (newest === null) {
    throw new Failure('the server has no trust root', 'make one with "patchsteward trust init" and publish it');
  }
  await presentRoot({ file: 'root.json', ...newest, previous: null }, options, context);
  return EXIT.done;
}
