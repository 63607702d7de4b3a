import { type Command, InvalidArgumentError } from 'commander';
import type { Context } from '../platform/context.ts';
import { perform } from '../platform/perform.ts';
import { examples } from '../platform/program.ts';
import { type ServerOptions, withServerOptions } from '../platform/server-options.ts';
import type { PassphraseOptions } from './passphrase.ts';

export interface TrustSignOptions extends PassphraseOptions {
  readonly key?: readonly string[];
}

interface TrustDraftOptions extends TrustSignOptions {
  readonly person?: readonly string[];
  readonly machine?: readonly string[];
  readonly rootSigner?: readonly string[];
  readonly threshold?: number;
  readonly expiresDays?: number;
  readonly authority?: string;
}

export interface TrustInitOptions extends TrustDraftOptions {
  readonly solo?: true;
  readonly team?: true;
  readonly organization: string;
  readonly out: string;
}

export interface TrustChangeOptions extends TrustDraftOptions, ServerOptions {
  readonly out: string;
  readonly addPerson?: readonly string[];
  readonly personRoles?: readonly string[];
  readonly addPasskey?: readonly string[];
  readonly removeKey?: readonly string[];
  readonly removePerson?: readonly string[];
  readonly removeMachine?: readonly string[];
  readonly organization?: string;
}

const DAYS_MAX = 3_650;

const RULES = `
A trust root says who may sign what. It is made and signed here, away from the server, and every host pins its hash: what it
does not name, no server and no database can add. Keep the secret keys of its signers apart, and make a backup of them.

--person is <login>:<name>:<roles>:<key files>, roles and key files with commas between. Roles: it (asks for changes and
tests), owner (of systems), change (management), security, admin (signs roots), auditor. A key file is one that "patchsteward
key new" made, or an SSH public key. --machine is <name>:<key file> of a host that looks into backups.

Who signs roots: those named with --root-signer, else everybody with the role admin; --threshold of them must sign each root.
--solo is for one person with two keys: the second one confirms what the first one asks, and every report says so.`;

/** `patchsteward trust …`: who may sign what. // decided 27 */
export function registerTrust(program: Command, context: Context): void {
  const trust = program.command('trust').description('the trust root: who may sign what');
  registerInit(trust, context);
  registerChange(trust, context);
  withSigning(trust.command('add-signature').description('sign a trust root').argument('<file>', 'the root'))
    .addHelpText(
      'after',
      examples([['As its second signer', 'patchsteward trust add-signature root.json --key ~/.ssh/id_ed25519.pub']]),
    )
    .action(
      perform<TrustSignOptions>(context, async (call) => (await import('./trust-sign.ts')).addSignature(call, context)),
    );
  withServerOptions(
    trust
      .command('show')
      .description('show a trust root: of a file, or the one that the server has')
      .argument('[file]', 'a root; without one the server is asked'),
  )
    .addHelpText('after', examples([['Before you sign it', 'patchsteward trust show root.json']]))
    .action(
      perform<ServerOptions>(context, async (call) => (await import('./trust-show.ts')).showTrust(call, context)),
    );
  withServerOptions(
    trust.command('publish').description('give a signed trust root to the server').argument('<file>', 'the root'),
  )
    .addHelpText('after', examples([['The first root, on the server itself', 'patchsteward trust publish root.json']]))
    .action(
      perform<ServerOptions>(context, async (call) => (await import('./trust-publish.ts')).publishTrust(call, context)),
    );
}

function registerInit(trust: Command, context: Context): void {
  withDraft(trust.command('init').description('make the first trust root, here and without the server'))
    .option('--team', 'several people, each with keys of their own')
    .option('--solo', 'one person with two keys')
    .requiredOption('--organization <name>', 'whose root it is')
    .option('--out <file>', 'where it goes; never overwritten', 'root.json')
    .addHelpText('after', RULES)
    .addHelpText(
      'after',
      examples([
        [
          'A team, signed by its administrator',
          'patchsteward trust init --team --organization Example \\\n' +
            '        --person "ada:Ada Lang:admin:ada.pub" --person "ivy:Ivy Berg:it:ivy.pub" \\\n' +
            '        --person "otto:Otto Reis:owner:otto.pub" --person "cara:Cara Holm:change:cara.pub" \\\n' +
            '        --person "sam:Sam Voss:security:sam.pub" --key ada.pub',
        ],
        [
          'One person',
          'patchsteward trust init --solo --organization Example \\\n' +
            '        --person "ivy:Ivy Berg:admin,change,it,owner,security:laptop.pub,token.pub" --key laptop.pub',
        ],
      ]),
    )
    .action(
      perform<TrustInitOptions>(context, async (call) => (await import('./trust-init.ts')).initTrust(call, context)),
    );
}

function registerChange(trust: Command, context: Context): void {
  withServerOptions(
    withDraft(
      trust
        .command('change')
        .description('make the next version of a trust root')
        .argument('[file]', 'the present root; without one, the newest of the server'),
    ),
  )
    .option(
      '--add-person <person>',
      'login:name:roles:key files of somebody new; no key files: passkeys alone',
      collect,
    )
    .option('--person-roles <roles>', 'login:roles, in place of those that the person has', collect)
    .option('--add-passkey <passkey>', 'login, or login=key id: passkeys that wait on the server', collect)
    .option('--remove-key <key id>', 'a key that is to count no more', collect)
    .option('--remove-person <login>', 'who is to sign nothing any more', collect)
    .option('--remove-machine <name>', 'a machine that is gone', collect)
    .option('--organization <name>', 'whose root it is')
    .requiredOption('--out <file>', 'where the next version goes; never overwritten')
    .addHelpText(
      'after',
      `\nA person or machine that is there already is replaced by what is given: keys that are not named again are revoked. The next
version needs signatures by the threshold of the present root and by its own.

A passkey is a key in a person's device that signs in the console. It counts as such: where a lane wants a signature by a client
that the server did not serve, and for roots, it counts for nothing. The server tells key and id; compare the id with the one
that its person sees under "Your account".`,
    )
    .addHelpText(
      'after',
      examples([
        [
          'Cara added a passkey in the console',
          'patchsteward trust change --out root-2.json --add-passkey cara --key ada.pub',
        ],
        [
          'Sam has a new key, and Otto left',
          'patchsteward trust change root.json --out root-2.json \\\n' +
            '        --person "sam:Sam Voss:security:sam-2.pub" --remove-person otto --key ada.pub',
        ],
      ]),
    )
    .action(
      perform<TrustChangeOptions>(context, async (call) =>
        (await import('./trust-change.ts')).changeTrust(call, context),
      ),
    );
}

function withDraft(command: Command): Command {
  return withSigning(
    command
      .option('--person <person>', 'login:name:roles:key files', collect)
      .option('--machine <machine>', 'name:key file, of a prober of backups', collect)
      .option('--root-signer <login>', 'who signs roots', collect)
      .option('--threshold <people>', 'how many of them must', wholeUpTo(500))
      .option('--expires-days <days>', 'how long it is good for (default: 1095)', wholeUpTo(DAYS_MAX))
      .option('--authority <hash>', 'sha256:… of the certificate authority that hosts meet'),
  );
}

function withSigning(command: Command): Command {
  return command
    .option(
      '--key <file>',
      'sign with this key: a key file, or an SSH public key whose secret an ssh-agent holds',
      collect,
    )
    .option('--passphrase-file <file>', 'its first line unlocks key files');
}

function collect(value: string, values: readonly string[] | undefined): readonly string[] {
  return [...(values ?? []), value];
}

function wholeUpTo(max: number): (text: string) => number {
  return (text) => {
    const count = Number(text);
    if (/^\d{1,6}$/.test(text) && count >= 1 && count <= max) return count;
    throw new InvalidArgumentError(`It must be a whole number from 1 to ${max}.`);
  };
}
