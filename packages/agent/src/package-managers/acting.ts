import type { ManagedEcosystem, PackageChange, Target, TransactionProposal } from '@patchsteward/core/plan';
import type { Host } from '../host/host.ts';
import type { Workplace } from './contract.ts';

/** One call of a package manager: a tool of the system and its arguments, never a shell. */
export interface PackageCommand {
  readonly tool: 'apt-get' | 'dpkg' | 'dnf' | 'rpm';
  readonly argv: readonly string[];
  /** It may find nothing to do and call that a failure: whether all is as signed is seen afterwards. */
  readonly mayFail?: true;
}

/** Where root keeps the files of work orders, and its own configuration of the package manager. */
export interface ActingPlaces {
  readonly packagesDirectory: string;
  readonly configurationDirectory: string;
}

/** What a transaction is made of: the kept files, and the packages that only a rollback removes again. */
export interface TransactionFiles {
  readonly configurationDirectory: string;
  /** Absolute paths that end in the suffix of the family. */
  readonly files: readonly string[];
  /** Those of them that come beside what is there and replace nothing. */
  readonly beside: readonly string[];
  /** Each as the tools of the family name it. */
  readonly removed: readonly string[];
}

/** What a package manager says it would do to one package. */
export interface SimulatedChange {
  readonly name: string;
  /** Of the version that comes; null where the manager leaves out the host's own. */
  readonly architecture: string | null;
  readonly from: string | null;
  readonly to: string | null;
}

/** A package that the manager has files of. */
export interface PackageState {
  readonly name: string;
  readonly architecture: string;
  readonly version: string;
  /** Nothing of a broken transaction hangs on it. */
  readonly whole: boolean;
  readonly hold: boolean;
  /** Several versions of it stand beside each other: kernels of rpm. */
  readonly coexists: boolean;
}

/** The process that holds a lock of the package manager. */
export interface LockHolder {
  readonly pid: number;
  readonly name: string;
}

export type Environment = Readonly<Record<string, string>>;

/**
 * The acting half of a family: what root lets it do under a signed work order. Each member has the same files as the
 * others: `own-configuration`, `transaction`, `simulation`, `installed-state`, `lock-holder`, `resolve`.
 */
export interface ActingManager {
  readonly ecosystem: ManagedEcosystem;
  /** Folders that grow while it works, beside those of the files themselves. */
  readonly growingFolders: readonly string[];
  /**
   * Whether its own states say that a transaction was left half-way. Where they do not, only the end of its process
   * says that everything was done.
   */
  readonly knowsHalfStates: boolean;
  /** Writes root's own configuration into its folder; gives what the tools must find in their environment. */
  writeConfiguration(folder: string): Promise<Environment>;
  /** The kept files of these changes, and what else there is to do for them. */
  filesOf(changes: readonly PackageChange[], places: ActingPlaces): TransactionFiles;
  /** The first try: nothing is broken yet. */
  installCommands(transaction: TransactionFiles): readonly PackageCommand[];
  /** From whatever an interruption left to the exact set; where one repair has failed, the next leaves opinions aside. */
  repairCommands(transaction: TransactionFiles, again: boolean): readonly PackageCommand[];
  /** Finishes what somebody else's interrupted transaction left; null: there is no such thing. */
  readonly mendCommand: PackageCommand | null;
  /** What it would do with exactly these files. Its refusal is an answer too. */
  simulate(
    transaction: TransactionFiles,
    environment: Environment,
    host: Host,
  ): Promise<readonly SimulatedChange[] | { readonly impossible: string }>;
  /** Whose own word on each file it trusts, where its files bear signatures; what is wrong with them, or null. */
  signatureFault(files: readonly string[], environment: Environment): Promise<string | null>;
  /** All that it has installed. */
  installed(host: Host): Promise<readonly PackageState[]>;
  /** What it finds wrong with these packages as they are now; null: nothing. */
  audit(host: Host, changes: readonly PackageChange[]): Promise<string | null>;
  /** The same after they were changed, their files included. */
  auditFiles(host: Host, changes: readonly PackageChange[]): Promise<string | null>;
  /** Who works with it right now; null: nobody. */
  findLockHolder(host: Host): Promise<LockHolder | null>;
  /** What it would do to reach targets, asked by a user without rights. */
  resolveTargets(host: Host, place: Workplace, targets: readonly Target[]): Promise<TransactionProposal['answer']>;
}
