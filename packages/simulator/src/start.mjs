// `npm run simulate`: starts the simulator on a runtime that reads TypeScript. Plain JavaScript, for the machine's own Node
// may be one that does not.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { checkNode, runtime } from '../../../tools/setup.mjs';

checkNode();
const child = spawn(runtime(), [join(import.meta.dirname, 'main.ts'), ...process.argv.slice(2)], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
