import { spawn } from 'node:child_process';
import { dearmorSshSignature, SSH_NAMESPACE } from '@patchsteward/trust/keys';
import { Failure } from '../platform/failure.ts';
import type { Environment } from '../platform/streams.ts';
import { systemCode } from '../platform/system-error.ts';

/** An armored RSA signature has some 3,000 characters. */
const OUTPUT_BYTES_MAX = 64 * 1024;
/** Somebody may first have to find and touch a token. */
const SIGN_MS_MAX = 120_000;

/** Has the agent of the person sign: the secret never comes here, and may live in a token. // PROTOCOL.sshsig */
export async function signWithAgent(path: string, message: Uint8Array, environment: Environment): Promise<string> {
  const { code, stdout, stderr } = await run(['-Y', 'sign', '-n', SSH_NAMESPACE, '-f', path], message, environment);
  const signature = code === 0 ? dearmorSshSignature(stdout) : null;
  if (signature === null) {
    const said = stderr.trim().split('\n').at(-1) ?? '';
    throw new Failure(
      `ssh-keygen did not sign with ${path}${said === '' ? '' : `: ${said}`}`,
      'check with "ssh-add -L" that your ssh-agent holds this key, and that SSH_AUTH_SOCK is set',
    );
  }
  return Buffer.from(signature).toString('base64');
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Without a file to sign, ssh-keygen reads the message from standard input and answers on standard output. */
function run(args: readonly string[], input: Uint8Array, environment: Environment): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn('ssh-keygen', args, { env: { ...environment }, timeout: SIGN_MS_MAX });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => {
      if (stdout.length < OUTPUT_BYTES_MAX) stdout += chunk.toString('latin1');
    });
    child.stderr.on('data', (chunk: Buffer) => {
      if (stderr.length < OUTPUT_BYTES_MAX) stderr += chunk.toString('utf8');
    });
    child.on('error', (error) => reject(cannotStart(error)));
    child.on('close', (code) => resolve({ code, stdout, stderr }));
    // A child that ended early has said why; that it no longer reads is not the news.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

function cannotStart(error: Error): Error {
  if (systemCode(error) !== 'ENOENT') return error;
  return new Failure(
    'ssh-keygen is not installed',
    'install OpenSSH 8.2 or newer, or use a key of "patchsteward key new"',
    {
      cause: error,
    },
  );
}
