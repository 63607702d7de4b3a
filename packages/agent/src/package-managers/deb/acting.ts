import type { ActingManager } from '../acting.ts';
import { auditFault, queryInstalled } from './installed-state.ts';
import { findLockHolder } from './lock-holder.ts';
import { writeConfiguration } from './own-configuration.ts';
import { resolveTargets } from './resolve.ts';
import { CONFIGURE, filesOf, installCommands, repairCommands, simulate } from './transaction.ts';

/** apt and dpkg under a signed work order. // decided 32 */
export const actingDeb: ActingManager = {
  ecosystem: 'deb',
  growingFolders: ['/var/lib/dpkg'],
  knowsHalfStates: true,
  writeConfiguration,
  filesOf,
  installCommands,
  repairCommands,
  mendCommand: CONFIGURE,
  simulate,
  // Packages of Debian bear no signatures: their index does, and the plan names each of them by its hash.
  signatureFault: () => Promise.resolve(null),
  installed: queryInstalled,
  audit: auditFault,
  // dpkg's own states say whether every file was unpacked and configured.
  auditFiles: auditFault,
  findLockHolder,
  resolveTargets,
};
