import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { SETTING_NAMES, type SettingName, Settings } from './settings-schema.ts';
import { StartRefusal } from './start-refusal.ts';
import { codeOf, messageOf } from './system-error.ts';

/** By flag, by environment or by file, in that order; `undefined` leaves the next one its say. */
export interface SettingSources {
  readonly flags: Readonly<Partial<Record<SettingName | 'config', string | undefined>>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly isRoot: boolean;
  readonly home: string;
  readonly workingDirectory: string;
}

interface Given<Value = unknown> {
  readonly value: Value;
  /** For a person: `--log-level`, `PATCHSTEWARD_LOG_LEVEL`, `logLevel in /etc/…`. */
  readonly from: string;
}

const CONFIG_FILE = 'patchsteward.json';

export async function readSettings(sources: SettingSources): Promise<Settings> {
  const told = new Map(SETTING_NAMES.map((name) => [name, toldByFlagOrEnvironment(name, sources)]));
  const data = told.get('data');
  const standardData = join(data?.value ?? defaultData(sources), CONFIG_FILE);
  const configured = toldByFlagOrEnvironment('config', sources);
  const path = configured === undefined ? standardData : resolve(sources.workingDirectory, configured.value);
  const file = await readFileSettings(path, configured !== undefined);

  const given = new Map<SettingName, Given>();
  for (const name of SETTING_NAMES) {
    const value = told.get(name) ?? fromFile(file, name, path);
    if (value !== undefined) given.set(name, value);
  }
  if (!given.has('data')) given.set('data', { value: defaultData(sources), from: 'the default' });
  return validate(given, sources.workingDirectory);
}

function toldByFlagOrEnvironment(
  name: SettingName | 'config',
  { flags, environment }: SettingSources,
): Given<string> | undefined {
  const flag = flags[name];
  if (flag !== undefined) return { value: flag, from: flagOf(name) };
  const variable = environment[variableOf(name)];
  return variable === undefined || variable === '' ? undefined : { value: variable, from: variableOf(name) };
}

function flagOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function variableOf(name: string): string {
  return `PATCHSTEWARD_${name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

/** A person without root owns neither /var/lib nor a service. */
function defaultData({ isRoot, home }: SettingSources): string {
  return isRoot ? '/var/lib/patchsteward' : join(home, '.local/share/patchsteward');
}

async function readFileSettings(path: string, mustExist: boolean): Promise<Readonly<Record<string, unknown>>> {
  try {
    const content: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (typeof content !== 'object' || content === null || Array.isArray(content))
      throw new SyntaxError('it is no JSON object');
    const unknown = Object.keys(content).find((name) => !(name in Settings.shape));
    if (unknown !== undefined)
      throw wrong(unknown, path, `there is no such setting; there are ${SETTING_NAMES.join(', ')}`);
    return content as Readonly<Record<string, unknown>>;
  } catch (error) {
    if (error instanceof StartRefusal) throw error;
    if (codeOf(error) === 'ENOENT' && !mustExist) return {};
    if (codeOf(error) === 'EACCES' && !mustExist) throw closedDirectory(path, error);
    throw new StartRefusal(
      'setting-wrong',
      `The settings file ${path} cannot be read: ${messageOf(error)}.`,
      'Make it a JSON object that this user may read, or name another with --config.',
      { cause: error },
    );
  }
}

/** Nobody asked for that file: it is the directory that this user may not use. */
function closedDirectory(path: string, cause: unknown): StartRefusal {
  return new StartRefusal(
    'data-directory-not-writable',
    `The data directory ${dirname(path)} is closed to this user.`,
    'Make it writable for this user, or choose another with --data.',
    { cause },
  );
}

function fromFile(file: Readonly<Record<string, unknown>>, name: SettingName, path: string): Given | undefined {
  const value = file[name];
  return value === undefined ? undefined : { value, from: `${name} in ${path}` };
}

function validate(given: ReadonlyMap<SettingName, Given>, workingDirectory: string): Settings {
  const values = Object.fromEntries(
    [...given].map(([name, { value }]) => [name, absolute(name, value, workingDirectory)]),
  );
  const result = Settings.safeParse(values);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const name = SETTING_NAMES.find((one) => one === issue?.path[0]);
  const from = (name === undefined ? undefined : given.get(name)?.from) ?? 'the settings';
  throw wrong(name ?? 'settings', from, issue?.message ?? 'it does not fit');
}

/** A path on the command line is seen from where the person stands. */
function absolute(name: SettingName, value: unknown, workingDirectory: string): unknown {
  const isPath = name === 'data' || name === 'postgresBinaries' || name === 'feedsDir' || name === 'policy';
  return isPath && typeof value === 'string' ? resolve(workingDirectory, value) : value;
}

function wrong(name: string, from: string, problem: string): StartRefusal {
  return new StartRefusal(
    'setting-wrong',
    `The setting ${name} (from ${from}) is wrong: ${problem}.`,
    `Correct ${from}.`,
  );
}
