import type { AssetsChanged } from '@patchsteward/contract';

/** 200,000 assets in steps of a thousand: a server that never ends is one that is wrong. */
const REQUESTS_MAX = 200;

/** The same request until the server says that it is done; each answer says how far it is. */
export async function sendUntilDone(
  send: () => Promise<AssetsChanged>,
  onProgress: (answer: AssetsChanged) => void,
): Promise<AssetsChanged> {
  let answer = await send();
  for (let request = 1; answer.state === 'running' && request < REQUESTS_MAX; request += 1) {
    onProgress(answer);
    answer = await send();
  }
  return answer;
}
