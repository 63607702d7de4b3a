import type { ActingManager } from '../acting.ts';
import { auditFault, auditFilesFault, queryInstalled, signatureFault } from './installed-state.ts';
import { findLockHolder } from './lock-holder.ts';
import { writeConfiguration } from './own-configuration.ts';
import { resolveTargets } from './resolve.ts';
import { filesOf, installCommands, repairCommands, simulate } from './transaction.ts';

/** dnf and rpm under a signed work order. // decided 32 */
export const actingRpm: ActingManager = {
  ecosystem: 'rpm',
  // Its database lies below /var/lib or below /usr, which is looked at anyway.
  growingFolders: ['/var/lib'],
  knowsHalfStates: false,
  writeConfiguration,
  filesOf,
  installCommands,
  repairCommands,
  // What somebody else's transaction left in two versions is theirs to decide.
  mendCommand: null,
  simulate,
  signatureFault,
  installed: queryInstalled,
  audit: auditFault,
  auditFiles: auditFilesFault,
  findLockHolder,
  resolveTargets,
};
