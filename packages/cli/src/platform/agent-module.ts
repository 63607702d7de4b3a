import type { InventorySections } from '@patchsteward/core/vocabulary';

interface AgentOptions {
  readonly stateDirectory?: string | undefined;
  readonly signal?: AbortSignal | undefined;
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
}

/** What the commands need of the agent, which only bin/ can load. A test holds the agent's own types against it. */
export interface AgentModule {
  readonly enroll: (
    options: AgentOptions & { readonly server: string; readonly token: string },
  ) => Promise<{ readonly assetId: string; readonly stateDirectory: string }>;
  readonly run: (
    options: AgentOptions & { readonly once: boolean },
  ) => Promise<'stopped' | 'done' | 'failed' | 'refused'>;
  readonly inventory: () => Promise<InventorySections>;
  readonly status: (options: AgentOptions) => Promise<AgentStatus>;
  readonly leave: (options: AgentOptions) => Promise<{ readonly stateDirectory: string }>;
}
