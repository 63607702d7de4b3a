// The tour's pictures and its page. `npm run tour` takes them; `--check` says whether the page is current.
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildConsole } from '../../packages/console/src/platform/testing/build.ts';
import { launchBrowser } from '../../packages/console/src/platform/testing/chromium.ts';
import { freePort } from '../../packages/server/src/platform/testing/free-port.ts';
import { openDemo } from '../demo.ts';
import { Place } from '../house/place.ts';
import { guideText } from './guide.ts';
import { IMAGES, PICTURE_BYTES_MAX } from './stops.ts';
import { takePictures } from './take.ts';

const HELP = `npm run tour [-- --at URL | --check]

Opens a demo, takes the pictures of docs/guides/tour.md and of the README, and writes that page.

  --at URL   take them in a demo that runs already
  --check    say whether the page is current, and change nothing
`;
const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const GUIDE = join(ROOT, 'docs/guides/tour.md');

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const { at, check, help } = parseArgs({ options: { at: text, check: flag, help: flag } }).values;
  if (help) return void process.stdout.write(HELP);
  if (check) return checkGuide();
  if (at === undefined) await inOwnDemo(take);
  else await take(at);
  await writeFile(GUIDE, guideText());
}

async function checkGuide(): Promise<void> {
  if ((await readFile(GUIDE, 'utf8')) === guideText()) return;
  process.stderr.write('docs/guides/tour.md is not what demo/tour says; run `npm run tour`\n');
  process.exitCode = 1;
}

async function inOwnDemo(take: (origin: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'patchsteward-tour-'));
  // PostgreSQL never runs as root: its account passes through.
  await chmod(folder, 0o711);
  const built = await buildConsole();
  try {
    const demo = await openDemo({
      ...{ place: new Place(join(folder, 'data')), environment: {}, consoleDirectory: built.directory },
      flags: { console: '127.0.0.1:0', agents: `127.0.0.1:${await freePort()}` },
      said: (line) => process.stdout.write(`${line}\n`),
    });
    try {
      await take(demo.server.consoleUrl);
    } finally {
      await demo.close();
    }
  } finally {
    await built.remove();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function take(origin: string): Promise<void> {
  await mkdir(join(ROOT, IMAGES), { recursive: true });
  const browser = await launchBrowser();
  try {
    await takePictures({ browser, origin, keep });
  } finally {
    await browser.close();
  }
}

async function keep(name: string, png: Buffer): Promise<void> {
  if (png.length > PICTURE_BYTES_MAX) throw new Error(`${name}.png has ${png.length} bytes, more than a page should`);
  await writeFile(join(ROOT, IMAGES, `${name}.png`), png);
  process.stdout.write(`${name}.png  ${png.length} bytes\n`);
}

await main();
