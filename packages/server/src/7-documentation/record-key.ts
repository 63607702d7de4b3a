import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { keepOnce } from '../platform/kept-file.ts';
import { StartRefusal } from '../platform/start-refusal.ts';

const KEY_FILE = 'record.pem';

/** The key that signs checkpoints and exports of the record: read where it is, made once where it is not. */
export async function openRecordKey(keysDirectory: string): Promise<KeyObject> {
  const path = join(keysDirectory, KEY_FILE);
  const pem = await keepOnce(path, () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    return Promise.resolve(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  });
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch (error) {
    throw broken(path, error);
  }
  throw broken(path, undefined);
}

/** Never replaced by a new one: whoever pinned the old key would take the record for a forgery. */
function broken(path: string, cause: unknown): StartRefusal {
  return new StartRefusal(
    'record-key-broken',
    `${path} does not hold an Ed25519 key.`,
    'Restore it from a backup. Without it a record exported from now on is signed by another key: move it away, and the next start makes one.',
    { cause },
  );
}
