import { setTimeout as sleep } from 'node:timers/promises';
import type { Dice } from '../../../../../lab/e2e/kills/dice.ts';
import { begin, conclude, type Outcome } from './strike.ts';
import type { Target } from './target.ts';

/** More than a host must have free before it begins. */
const ROOMY = '2g';
/** From not a block to enough for some of the packages. */
const ROOM_KIBIBYTES = [0, 4, 16, 64, 256, 1_024] as const;
const INTO_WORK_MS_MAX = 1_500;
/** From a moment to longer than all tries of a package manager take. */
const FULL_MS_MAX = 12_000;
/** The whole /var: the package database, the runner's journal, its logs, and what scripts write. */
const GIVE_OWN_DISK = `mount -t tmpfs -o size=${ROOMY},mode=755 own-disk /mnt && cp -a /var/. /mnt/ && mount --move /mnt /var`;
/**
 * A file system that is made as small as what is on it is full, and no byte has to be written for that. Between the look
 * and that, more may have come onto it.
 */
const FILL = `for look in 1 2 3 4 5 6 7 8 9; do
  used=$(df --output=used -k /var | tail -n 1)
  mount -o remount,size=$((used + $1))k /var 2>/dev/null && exit
done; exit 1`;
const EMPTY = `mount -o remount,size=${ROOMY} /var`;

/** The host, with its /var on a disk that can be filled. */
export async function giveOwnDisk(target: Target): Promise<Target> {
  await target.host.killRunner();
  await target.host.run('sh', '-c', GIVE_OWN_DISK);
  await target.host.startRunner();
  return target;
}

/** Its disk is full for a while. Where that outlasts its tries it goes back, once there is room for that. */
export async function fillDisk(target: Target, dice: Dice): Promise<Outcome> {
  const { host } = target;
  const job = await begin(target);
  await sleep(dice.between(0, INTO_WORK_MS_MAX));
  const { standing } = await host.status(job);
  await host.run('sh', '-c', FILL, 'fill', String(dice.of(ROOM_KIBIBYTES) ?? 0));
  await sleep(dice.between(0, FULL_MS_MAX));
  await host.run('sh', '-c', EMPTY);
  const inTime = standing !== 'finished';
  return conclude(target, job, { struck: inTime ? ['full disk'] : [], late: inTime ? 0 : 1, mayGoBack: true });
}
