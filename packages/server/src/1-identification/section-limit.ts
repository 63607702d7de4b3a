import { HOUR_MS, type Instant } from '@patchsteward/core/vocabulary';
import { Refusal } from '../platform/http/refusal.ts';

/** Eight of the largest sections there may be, or an ordinary host that changes every few seconds. */
const BYTES_PER_HOUR_MAX = 256 * 1024 * 1024;
/** A host sends its four sections one after the other; more at once would be held in memory together. */
const AT_ONCE_MAX = 4;

interface Usage {
  since: Instant;
  bytes: number;
  running: number;
}

/**
 * One host must not fill the disk or the memory of the server for all others. In memory, per server: the bound that
 * matters is of this order, not exact.
 */
export function createSectionLimit() {
  const usages = new Map<string, Usage>();
  return async (assetId: string, now: Instant, receive: () => Promise<Uint8Array>): Promise<Uint8Array> => {
    const usage = currentUsage(usages, assetId, now);
    if (usage.running >= AT_ONCE_MAX) throw limited('sends too many sections at once', 1);
    if (usage.bytes >= BYTES_PER_HOUR_MAX) {
      throw limited('sent too many bytes within the hour', Math.ceil((usage.since + HOUR_MS - now) / 1_000));
    }
    usage.running += 1;
    try {
      const bytes = await receive();
      usage.bytes += bytes.length;
      return bytes;
    } finally {
      usage.running -= 1;
    }
  };
}

/** As many entries as there are enrolled hosts. */
function currentUsage(usages: Map<string, Usage>, assetId: string, now: Instant): Usage {
  const usage = usages.get(assetId) ?? { since: now, bytes: 0, running: 0 };
  // A clock that was set back must not make the hour longer.
  if (now < usage.since || now - usage.since >= HOUR_MS) {
    usage.since = now;
    usage.bytes = 0;
  }
  usages.set(assetId, usage);
  return usage;
}

function limited(what: string, seconds: number): Refusal {
  return new Refusal('rate-limited', `This host ${what}; wait ${seconds} seconds.`, { retryAfterSeconds: seconds });
}
