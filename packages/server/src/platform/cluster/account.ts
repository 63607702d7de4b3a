import { readFile, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { StartRefusal } from '../start-refusal.ts';
import { codeOf } from '../system-error.ts';

/** The account that PostgreSQL runs under; `drop` where we are root and must become it. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly drop: boolean;
}

/** PostgreSQL refuses to run as root. `nobody` shares its files with whatever else runs as nobody, so it comes last. */
const UNPRIVILEGED_ACCOUNTS = ['postgres', 'nobody'];

/**
 * Data that is there already stays with its owner: an account that a package made in the meantime could not open it.
 */
export async function postgresAccount(
  data: string,
  passwdPath = '/etc/passwd',
  own: OwnAccount = ownAccount(),
): Promise<Account> {
  if (own.uid !== 0) return { ...own, drop: false };

  const passwd = await readFile(passwdPath, 'utf8');
  const owner = await ownerOf(data, passwd);
  if (owner !== undefined) return { ...owner, drop: true };
  for (const name of UNPRIVILEGED_ACCOUNTS) {
    const account = accountIn(passwd, (line) => line.login === name);
    if (account !== undefined && account.uid !== 0) return { ...account, drop: true };
  }
  throw new StartRefusal(
    'postgresql-account-missing',
    `PostgreSQL does not run as root, and none of the accounts ${UNPRIVILEGED_ACCOUNTS.join(', ')} exists here.`,
    'Create a system account named postgres, or start the server as an unprivileged user.',
  );
}

async function ownerOf(data: string, passwd: string) {
  try {
    const { uid } = await stat(data);
    return uid === 0 ? undefined : accountIn(passwd, (line) => Number(line.uid) === uid);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

type OwnAccount = Omit<Account, 'drop'>;

/** The name that peer authentication sees for our own connections. */
export function ownAccount(): OwnAccount {
  try {
    const { username, uid, gid } = userInfo();
    return { name: username, uid, gid };
  } catch (error) {
    throw new StartRefusal(
      'postgresql-account-missing',
      `The user id ${process.getuid?.() ?? 'unknown'} of this process has no entry in /etc/passwd; initdb needs one.`,
      'Add the user to /etc/passwd, or start the server as a user that is there.',
      { cause: error },
    );
  }
}

interface PasswdLine {
  readonly login: string;
  readonly uid: string;
  readonly gid: string;
}

function accountIn(passwd: string, fits: (line: PasswdLine) => boolean) {
  for (const text of passwd.split('\n')) {
    const [login, , uid, gid] = text.split(':');
    if (login === undefined || uid === undefined || gid === undefined) continue;
    if (fits({ login, uid, gid })) return { name: login, uid: Number(uid), gid: Number(gid) };
  }
  return undefined;
}
