// A process of its own in which thousands of agents ask at their own pace: who asks does not take the server's time.
import { createPrivateKey } from 'node:crypto';
import type { AgentTask, CheckInAnswer, GrantAnswer } from '@patchsteward/contract';
import { HostAgent } from '../../demo/hosts/host-agent.ts';
import { pollMs } from '../../packages/agent/src/agentd/intervals.ts';
import { expectOk } from '../../packages/server/src/1-identification/testing/fake-agent.ts';
import { type Asking, type FromPoller, NEXT_POLL_MS, type ToPoller } from './pollers.ts';

/** What went wrong is told once for each kind, and counted. */
const FAILURES_TOLD_MAX = 20;

interface Told {
  readonly latencies: number[];
  readonly failures: Map<string, number>;
}

let told: Told | null = null;
/** When people halted the campaign, and which hosts had not heard of it yet. */
let haltedAt: number | null = null;
const working = new Set<string>();
let slowestMs = 0;

process.on('message', (message: ToPoller) => {
  if (message.kind === 'begin') begin(message.agents, message.port, message.behindMs);
  else if (message.kind === 'measure') told = { latencies: [], failures: new Map() };
  else if (message.kind === 'report') report();
  else {
    haltedAt = Date.now();
    say({ kind: 'working', hosts: working.size });
    tellIfAllHeard();
  }
});

function begin(agents: readonly Asking[], port: number, behindMs: number): void {
  for (const one of agents) void poll(one, port, behindMs);
}

async function poll({ name, keyPem, identity, body }: Asking, port: number, behindMs: number): Promise<never> {
  const agent = new HostAgent(port, name, createPrivateKey(keyPem));
  agent.use(identity);
  // Hosts of a fleet have been asking for long: their moments lie anywhere within a minute.
  let waitMs = Math.random() * NEXT_POLL_MS;
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    const began = performance.now();
    const asked = { ...body, sentAt: new Date(Date.now() - behindMs).toISOString() };
    try {
      const { tasks } = expectOk(await agent.call<CheckInAnswer>({ path: '/agent/v1/check-in', body: asked }));
      told?.latencies.push(performance.now() - began);
      await work(agent, name, tasks, asked);
    } catch (error) {
      failed(String(error));
    }
    // As agents do: a line for each check-in.
    agent.disconnect();
    waitMs = pollMs(NEXT_POLL_MS, Math.random());
  }
}

/** What is ready to go asks for its grant once people have halted: a refusal is how a host hears of it. */
async function work(
  agent: HostAgent,
  name: string,
  tasks: readonly AgentTask[],
  { bootId, sentAt }: { readonly bootId: string; readonly sentAt: string },
): Promise<void> {
  const job = tasks.find((task) => task.kind === 'job');
  if (job === undefined) return;
  if (haltedAt === null) {
    working.add(name);
    return;
  }
  if (!working.has(name)) return;
  const body = { bootId, requestedAt: sentAt };
  const answer = expectOk(await agent.call<GrantAnswer>({ path: `/agent/v1/jobs/${job.job}/grant`, body }));
  if (answer.kind === 'granted') throw new Error('a grant was given after the halt');
  working.delete(name);
  slowestMs = Math.max(slowestMs, Date.now() - haltedAt);
  tellIfAllHeard();
}

function tellIfAllHeard(): void {
  if (working.size === 0) say({ kind: 'all-heard', slowestMs });
}

function failed(what: string): void {
  if (told === null) return;
  if (told.failures.size < FAILURES_TOLD_MAX || told.failures.has(what)) {
    told.failures.set(what, (told.failures.get(what) ?? 0) + 1);
  }
}

function report(): void {
  if (told === null) return;
  say({ kind: 'measured', latencies: told.latencies, failures: Object.fromEntries(told.failures) });
}

function say(message: FromPoller): void {
  process.send?.(message);
}
