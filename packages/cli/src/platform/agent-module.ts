import type { Hash, InventorySections } from '@patchsteward/core/vocabulary';
import type { Guard } from '@patchsteward/trust/authorize';

interface AgentOptions {
  readonly stateDirectory?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Whom a host believes, and the most that they may do to it. */
export interface PinOptions {
  readonly rootSha256: Hash;
  readonly guard: Guard;
}

/** Who a host is to its server, and how it goes. */
export interface AgentStatus {
  readonly stateDirectory: string;
  readonly running: boolean;
  /** Null: the host is not enrolled. */
  readonly enrolled: {
    readonly assetId: string;
    readonly server: string;
    readonly certificateValidUntil: number;
  } | null;
  readonly lastContact: { readonly at: number; readonly accepted: boolean; readonly problem: string | null } | null;
  /** Null: root's part of the agent is not there, or does not answer whoever asks. */
  readonly runner: RunnerStatus | null;
}

export interface RunnerStatus {
  /** 0: nobody is believed. */
  readonly rootVersion: number;
  /** Null: it cannot be used, or nobody is believed. */
  readonly guard: Guard | null;
  readonly problem: string | null;
  /** The work order that is under way. */
  readonly job: string | null;
}

/** What the commands need of the agent, which only bin/ can load. A test holds the agent's own types against it. */
export interface AgentModule {
  readonly enroll: (
    options: AgentOptions & {
      readonly server: string;
      readonly token: string;
      readonly pin?: PinOptions | undefined;
    },
  ) => Promise<{ readonly assetId: string; readonly stateDirectory: string }>;
  readonly run: (
    options: AgentOptions & { readonly once: boolean },
  ) => Promise<'stopped' | 'done' | 'failed' | 'refused'>;
  readonly inventory: () => Promise<InventorySections>;
  readonly status: (options: AgentOptions) => Promise<AgentStatus>;
  readonly leave: (options: AgentOptions) => Promise<{ readonly stateDirectory: string }>;
}
