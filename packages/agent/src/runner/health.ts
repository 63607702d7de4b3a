import type { ErrorSignature } from '@patchsteward/core/job';
import type { HealthChecks, HealthProfile } from '@patchsteward/core/plan';
import type { ServiceState } from './service-state.ts';

/** Services may take this long to come up before it counts against them. */
const SETTLE_MS = 60_000;
const LOOK_EVERY_MS = 1_000;
/** The network is looked at less often: each look is a process of its own. */
const LOOKS_PER_PROBE = 5;
/** One slow answer of a service under load is no failure. */
const PROBE_FAILURES_MAX = 3;
/** A profile may not hold a host in judgment for longer. */
const WATCH_MS_MAX = 60 * 60_000;

export interface HealthTools {
  readonly services: (units: readonly string[]) => Promise<readonly ServiceState[]>;
  /** What of these ports and addresses does not answer. */
  readonly probe: (checks: HealthChecks) => Promise<readonly string[]>;
  /** Which of these files are not there. */
  readonly absent: (files: readonly string[]) => Promise<readonly string[]>;
  /** Errors in the host's journal since then, counted up to a limit; null: it cannot be read. */
  readonly errorLines: (sinceMs: number, most: number) => Promise<number | null>;
  readonly now: () => number;
  readonly boottimeMs: () => number;
  readonly wait: (ms: number) => Promise<void>;
}

/** Waits until all holds at once, then watches that it stays so. Null: healthy. */
export async function judgeHealth(profile: HealthProfile, tools: HealthTools): Promise<ErrorSignature | null> {
  const begun = tools.now();
  const settled = await settle(profile, tools);
  if (settled.missing.length > 0) return unhealthy(settled.missing);
  const lost = await watch(profile, settled.services, tools);
  if (lost.length > 0) return unhealthy(lost);
  const noise = await noiseSince(begun, profile, tools);
  return noise === null ? null : unhealthy([noise]);
}

/** What these checks do not find at this moment. */
export async function missingNow(
  checks: HealthChecks & { readonly files?: readonly string[] },
  tools: Pick<HealthTools, 'services' | 'probe' | 'absent'>,
): Promise<readonly string[]> {
  const down = inactive(await tools.services(checks.units));
  return [...down, ...(await tools.probe(checks)), ...(await tools.absent(checks.files ?? []))];
}

/** Errors that nobody counts on a quiet host are a sign that something else broke. */
async function noiseSince(sinceMs: number, { further }: HealthProfile, tools: HealthTools): Promise<string | null> {
  const most = further?.errorLinesMax ?? null;
  if (most === null) return null;
  const lines = await tools.errorLines(sinceMs, most);
  if (lines === null) return 'journal-unreadable';
  // The number differs from host to host, and the trouble is the same.
  return lines > most ? `error-lines-above:${most}` : null;
}

interface Look {
  readonly services: readonly ServiceState[];
  readonly missing: readonly string[];
}

async function settle(profile: HealthProfile, tools: HealthTools): Promise<Look> {
  const until = tools.boottimeMs() + SETTLE_MS;
  for (;;) {
    const services = await tools.services(profile.units);
    const down = inactive(services);
    const missing = down.length > 0 ? down : await unreachable(profile, tools);
    if (missing.length === 0 || tools.boottimeMs() >= until) return { services, missing };
    await tools.wait(LOOK_EVERY_MS);
  }
}

async function watch(
  profile: HealthProfile,
  first: readonly ServiceState[],
  tools: HealthTools,
): Promise<readonly string[]> {
  const until = tools.boottimeMs() + Math.min(profile.watchMs, WATCH_MS_MAX);
  let failures = 0;
  for (let look = 1; tools.boottimeMs() < until; look += 1) {
    await tools.wait(LOOK_EVERY_MS);
    const services = await tools.services(profile.units);
    const lost = [...inactive(services), ...restarted(first, services)];
    if (lost.length > 0) return lost;
    if (look % LOOKS_PER_PROBE !== 0 && failures === 0) continue;
    const missing = await unreachable(profile, tools);
    failures = missing.length === 0 ? 0 : failures + 1;
    if (failures >= PROBE_FAILURES_MAX) return missing;
  }
  return failures === 0 ? [] : unreachable(profile, tools);
}

async function unreachable(profile: HealthProfile, tools: HealthTools): Promise<readonly string[]> {
  return [...(await tools.probe(profile)), ...(await tools.absent(profile.further?.files ?? []))];
}

function inactive(services: readonly ServiceState[]): string[] {
  return services.filter((service) => !service.active).map((service) => `unit-not-active:${service.unit}`);
}

/** systemd brought it back, so that it looks well: it did not stay up. */
function restarted(first: readonly ServiceState[], now: readonly ServiceState[]): string[] {
  const before = new Map(first.map((service) => [service.unit, service.restarts]));
  return now
    .filter((service) => service.restarts > (before.get(service.unit) ?? 0))
    .map((service) => `unit-died:${service.unit}`);
}

function unhealthy(missing: readonly string[]): ErrorSignature {
  return { stage: 'health', package: null, cause: missing.join(' ').slice(0, CAUSE_CHARACTERS_MAX) };
}

const CAUSE_CHARACTERS_MAX = 500;
