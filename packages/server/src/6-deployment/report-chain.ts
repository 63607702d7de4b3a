/** Where the chain of a host's reports stands. // rollout §2.6 protocol */
export interface ReportChain {
  /** Of the agent's state; null before the first report. */
  readonly instance: string | null;
  readonly lastSequence: number;
  readonly lastHash: string | null;
  readonly forked: boolean;
}

export interface ChainedReport {
  readonly instance: string;
  readonly sequence: number;
  readonly previous: string | null;
  readonly hash: string;
}

export type ReportPlace = 'next' | 'known' | 'gap' | 'fork';

/**
 * Next: taken. Known: acknowledged without an effect. Gap: the ones before it are asked for. Fork: two hosts speak with
 * one key, or one was set back to an earlier state; nothing is granted until people have looked. // rollout S20
 */
export function placeOf(chain: ReportChain, report: ChainedReport, knownHash: string | undefined): ReportPlace {
  if (chain.forked) return 'fork';
  if (chain.instance !== null && chain.instance !== report.instance) return 'fork';
  if (report.sequence <= chain.lastSequence) return knownHash === report.hash ? 'known' : 'fork';
  if (report.sequence > chain.lastSequence + 1) return 'gap';
  return report.previous === chain.lastHash ? 'next' : 'fork';
}
