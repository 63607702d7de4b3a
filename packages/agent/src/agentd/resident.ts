import type { AgentTask } from '@patchsteward/contract';
import type { Target, TransactionProposal } from '@patchsteward/core/plan';
import type { Host } from '../host/host.ts';
import { loadMemory, saveMemory } from '../inventory/memory-file.ts';
import { addressed, type InventoryMemory, readInventoryAfter } from '../inventory/reader.ts';
import { actingManagerIfAny } from '../package-managers/acting-managers.ts';
import type { Workplace } from '../package-managers/contract.ts';
import { managerOf } from '../package-managers/index.ts';
import { problemOf } from '../platform/explained.ts';
import type { Problem } from '../platform/problem.ts';
import type { Surroundings } from '../platform/surroundings.ts';
import { assertStored } from './answers.ts';
import { type CheckInResult, checkIn } from './check-in.ts';
import { isFinal, logFields } from './failure.ts';
import type { JobAgent, Next } from './job-agent.ts';
import { isRenewalDue, renew } from './renewal.ts';
import { ServerClient } from './server-client.ts';
import { ServerRefusal } from './server-errors.ts';
import type { Identity, StateDirectory } from './state.ts';

/** An enrolled agent at work: what it is, what it remembers, and one check-in at a time. */
export class Resident {
  private identity: Identity;
  private memory: InventoryMemory | null = null;
  private accepted = false;
  private clockAheadMs: number | null = null;
  private readonly keyPem: string;
  private readonly host: Host;
  private readonly state: StateDirectory;
  private readonly surroundings: Surroundings;
  private readonly jobs: JobAgent;
  private readonly signal: AbortSignal | undefined;

  constructor(
    identity: Identity,
    keyPem: string,
    work: {
      host: Host;
      state: StateDirectory;
      jobs: JobAgent;
      surroundings: Surroundings;
      signal?: AbortSignal | undefined;
    },
  ) {
    this.identity = identity;
    this.keyPem = keyPem;
    this.host = work.host;
    this.state = work.state;
    this.jobs = work.jobs;
    this.surroundings = work.surroundings;
    this.signal = work.signal;
  }

  /** Reads the host, renews what is due, and tells the server. Gives the time that the server wants until the next. */
  async checkIn(): Promise<number> {
    const memory = await this.readHost();
    await this.renewIfDue();
    const { sent, nextPollMs, tasks } = await this.tellServer(memory);
    this.sayAccepted(sent, nextPollMs);
    await this.remember(null);
    await this.withClient(async (client) => {
      await this.jobs.take(tasks, client);
      await this.answerProposals(tasks, memory, client);
    });
    return nextPollMs;
  }

  /** Goes on with a signed work order, where there is one. */
  work(): Promise<Next> {
    return this.withClient((client) => this.jobs.work(client, this.clockAheadMs));
  }

  private async answerProposals(
    tasks: readonly AgentTask[],
    memory: InventoryMemory,
    client: ServerClient,
  ): Promise<void> {
    if (this.jobs.changing) return;
    const { hash } = addressed(memory).sections.packages;
    const place = { scratchDirectory: this.state.scratchDirectory, signal: this.signal };
    for (const task of tasks) {
      if (task.kind !== 'propose') continue;
      const answer = await this.resolve(task.targets, place);
      const body = Buffer.from(JSON.stringify({ packagesHash: hash, targets: task.targets, answer }));
      assertStored(await client.ask({ method: 'POST', path: `/agent/v1/proposals/${task.id}`, body }));
      this.surroundings.log('info', 'proposal-answered', { id: task.id, answer: answer.kind });
    }
  }

  private async resolve(targets: readonly Target[], place: Workplace): Promise<TransactionProposal['answer']> {
    const { ecosystem } = await managerOf(this.host);
    const manager = actingManagerIfAny(ecosystem);
    if (manager === null) return { kind: 'impossible', why: `nothing on this host acts on packages of ${ecosystem}` };
    return manager.resolveTargets(this.host, place, targets);
  }

  /** The first acceptance, each after a failure, and each that sent something; a line a minute would drown them. */
  private sayAccepted(sent: readonly string[], nextPollMs: number): void {
    if (this.accepted && sent.length === 0) return;
    this.surroundings.log('info', 'check-in-accepted', { sent: sent.join(','), nextPollMs });
  }

  /** Notes how the last check-in went, for a person who asks. */
  async remember(problem: Problem | null): Promise<void> {
    this.accepted = problem === null;
    const words = problem === null ? null : `${problem.message}; ${problem.whatToDo}`;
    await this.keep(
      'contact',
      this.state.saveContact({ at: this.surroundings.now(), accepted: problem === null, problem: words }),
    );
  }

  /** What is only convenient must not stop the work, be the disk full or broken. */
  private async keep(what: string, saving: Promise<void>): Promise<void> {
    try {
      await saving;
    } catch (error) {
      const problem = problemOf(error);
      if (problem === null) throw error;
      this.surroundings.log('warning', 'not-kept', { what, ...logFields(problem) });
    }
  }

  private async readHost(): Promise<InventoryMemory> {
    this.memory ??= await loadMemory(this.state.inventoryPath);
    if (this.memory !== null && this.jobs.changing) return this.memory;
    const place = { scratchDirectory: this.state.scratchDirectory, signal: this.signal };
    const { memory, fresh } = await readInventoryAfter(this.memory, this.host, place);
    this.memory = memory;
    if (fresh) {
      await this.keep('inventory', saveMemory(this.state.inventoryPath, memory));
      this.sayUnanswered(memory);
    }
    return memory;
  }

  private sayUnanswered({ packages }: InventoryMemory): void {
    const { unanswered } = packages.updates;
    if (unanswered === null) return;
    this.surroundings.log('warning', 'package-manager-silent', {
      problem: unanswered,
      whatToDo:
        'Until it is repaired, nothing is known of updates on this host. Run apt-get update and see what it says.',
    });
  }

  /** A renewal that fails is tried at every check-in; the old certificate serves as long as it lasts. */
  private async renewIfDue(): Promise<void> {
    if (!isRenewalDue(this.identity, this.surroundings.now())) return;
    try {
      await this.renewNow();
    } catch (error) {
      const problem = problemOf(error);
      if (problem === null || isFinal(problem) || this.signal?.aborted === true) throw error;
      this.surroundings.log('warning', 'renewal-failed', logFields(problem));
    }
  }

  private async renewNow(): Promise<void> {
    this.identity = await renew(this.identity, this.keyPem, this.state, this.signal);
    this.surroundings.log('info', 'certificate-renewed');
  }

  private async tellServer(memory: InventoryMemory): Promise<CheckInResult> {
    try {
      return await this.tellOnce(memory);
    } catch (error) {
      // Our clock may be behind the server's, so that what looks valid here is not there.
      if (!(error instanceof ServerRefusal && error.has('certificate-expired'))) throw error;
      await this.renewNow();
      return this.tellOnce(memory);
    }
  }

  private tellOnce(memory: InventoryMemory): Promise<CheckInResult> {
    return this.withClient(async (client) =>
      checkIn(client, addressed(memory), await this.jobs.runnerFacts(), this.surroundings.now),
    );
  }

  private async withClient<T>(work: (client: ServerClient) => Promise<T>): Promise<T> {
    const { server, caPem, certificatePem } = this.identity;
    const client = new ServerClient(
      server,
      { kind: 'mutual', caPem, certificatePem, keyPem: this.keyPem },
      this.signal,
    );
    try {
      return await work(client);
    } finally {
      this.clockAheadMs = client.clockAheadMs ?? this.clockAheadMs;
      client.close();
    }
  }
}
