import type { RoleWord } from '../people/role-boxes.tsx';
import { strings } from '../platform/strings.ts';

const words = strings.trust.wizard;

export interface DraftKey {
  /** `ssh`: a public key that is pasted or lies there already; `made`: `patchsteward key new` makes it. */
  readonly kind: 'ssh' | 'made';
  /** Its file in the folder of the commands. */
  readonly file: string;
  /** The pasted line; empty where the file is there already. */
  readonly line: string;
}

export interface DraftPerson {
  readonly id: number;
  readonly login: string;
  readonly name: string;
  readonly roles: readonly RoleWord[];
  readonly key: DraftKey;
}

/** What the wizard asks for. It stays in the browser: the server has no part in making a root. // decided 27 */
export interface RootDraft {
  readonly profile: 'team' | 'solo';
  readonly organization: string;
  readonly people: readonly DraftPerson[];
  /** The second key of a solo root. */
  readonly second: DraftKey;
}

interface WizardStep {
  readonly title: string;
  readonly commands: readonly string[];
}

const LOGIN_FORM = /^[a-z0-9][a-z0-9._@-]*$/;
/** Type, base64, and maybe a comment: one line of a .pub file. // sshd(8), AUTHORIZED_KEYS FILE FORMAT */
const SSH_LINE =
  /^(?:ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(?:256|384)|sk-ssh-ed25519@openssh\.com|sk-ecdsa-sha2-nistp256@openssh\.com) [A-Za-z0-9+/]+={0,2}(?: [^\r\n]*)?$/;

type SshLine = 'empty' | 'right' | 'wrong' | 'secret';

export function judgeSshLine(text: string): SshLine {
  const line = text.trim();
  if (line === '') return 'empty';
  if (line.includes('PRIVATE KEY')) return 'secret';
  return SSH_LINE.test(line) ? 'right' : 'wrong';
}

/** What is missing before the commands can be written; none: they can. */
export function todosOf({ profile, organization, people, second }: RootDraft): readonly string[] {
  const keys = [...people.map(({ key }) => key), ...(profile === 'solo' ? [second] : [])];
  const logins = people.map(({ login }) => login.trim());
  const rolesThere = new Set(people.flatMap(({ roles }) => roles));
  return [
    ...(organization.trim() === '' ? [words.todo.organization] : []),
    ...people.flatMap((person, index) => todosOfPerson(person, index)),
    ...(profile === 'solo' && !isNamed(second) ? [words.todo.secondKey] : []),
    ...(new Set(logins).size === logins.length ? [] : [words.todo.sameLogin]),
    ...(new Set(keys.map(({ file }) => file.trim())).size === keys.length ? [] : [words.todo.sameKey]),
    ...(rolesThere.has('admin') ? [] : [words.todo.admin]),
  ];
}

function todosOfPerson({ login, name, roles, key }: DraftPerson, index: number): string[] {
  const called = name.trim() === '' ? words.person(index + 1) : name.trim();
  return [
    ...(LOGIN_FORM.test(login.trim()) ? [] : [words.todo.login(called)]),
    ...(name.trim() === '' || name.includes(':') ? [words.todo.name(called)] : []),
    ...(roles.length === 0 ? [words.todo.roles(called)] : []),
    ...(isNamed(key) ? [] : [words.todo.key(called)]),
  ];
}

/** A comma or a colon would end the file's name on the command line. */
function isNamed({ kind, file, line }: DraftKey): boolean {
  const judged = judgeSshLine(line);
  return /^[^,:\r\n]+$/.test(file.trim()) && (kind === 'made' || judged === 'right' || judged === 'empty');
}

/** What is worth a second thought, though the root can be made. */
export function warningsOf({ profile, people }: RootDraft): readonly string[] {
  if (profile === 'solo') return [];
  const admins = people.filter(({ roles }) => roles.includes('admin')).length;
  const approvers = (['change', 'owner'] as const).every((role) => people.some(({ roles }) => roles.includes(role)));
  return [
    ...(admins === 1 ? [words.oneSigner] : []),
    ...(approvers && people.length > 1 ? [] : [words.todo.approvers]),
  ];
}

/** What to run on the machine of whoever makes the root, in this order. */
export function stepsOf(draft: RootDraft, server: string): readonly WizardStep[] {
  const { profile, people, second } = draft;
  const keys = [...people.map(({ key }) => key), ...(profile === 'solo' ? [second] : [])];
  const pasted = keys.filter(({ kind, line }) => kind === 'ssh' && judgeSshLine(line) === 'right');
  const made = keys.filter(({ kind }) => kind === 'made');
  const [first, ...others] = people.filter(({ roles }) => roles.includes('admin'));
  // Two must sign where two administer: `trust init` makes the threshold so.
  const cosigner = others[0];
  return [
    step(
      words.step.files,
      pasted.map(({ file, line }) => `printf '%s\\n' ${quoted(line.trim())} > ${quoted(file.trim())}`),
    ),
    step(
      words.step.keys,
      made.map(({ file }) => `patchsteward key new ${quoted(file.trim())}`),
    ),
    step(words.step.init, [initCommand(draft, first)]),
    step(
      words.step.second,
      cosigner === undefined
        ? []
        : [`patchsteward trust add-signature root.json --key ${quoted(cosigner.key.file.trim())}`],
    ),
    // The page shows the root, and these steps no more, as soon as the server has it.
    step(words.step.pin, ['patchsteward trust show root.json']),
    step(words.step.publish, [`patchsteward trust publish root.json --server ${quoted(server)}`]),
  ].filter(({ commands }) => commands.length > 0);
}

function step(title: string, commands: readonly string[]): WizardStep {
  return { title, commands };
}

function initCommand({ profile, organization, people, second }: RootDraft, signer: DraftPerson | undefined): string {
  const described = people.map(({ login, name, roles, key }) => {
    const files = profile === 'solo' ? `${key.file.trim()},${second.file.trim()}` : key.file.trim();
    return `--person ${quoted(`${login.trim()}:${name.trim()}:${roles.join(',')}:${files}`)}`;
  });
  const parts = [
    `patchsteward trust init --${profile} --organization ${quoted(organization.trim())}`,
    ...described,
    ...(signer === undefined ? [] : [`--key ${quoted(signer.key.file.trim())}`]),
  ];
  return parts.join(' \\\n  ');
}

/** As a shell takes it literally. // POSIX.1-2024, XCU 2.2.2 */
export function quoted(text: string): string {
  return /^[\w./@:,+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
