/**
 * Why a host does not begin a signed work order. Part of the one list of reasons, in a file of its own because a host
 * finds them by itself. docs/reasons.md explains each.
 */
export const HOST_REASONS = {
  'runner-not-installed': ['it'],
  'plan-not-authorized': ['it', 'security'],
  'guard-unusable': ['it', 'owner'],
  'host-busy': ['system'],
  drift: ['it'],
  'artifact-missing': ['it', 'system'],
  'disk-space-low': ['it', 'owner'],
  'package-manager-busy': ['it', 'system'],
  'clock-wrong': ['it'],
  'service-not-running': ['it', 'owner'],
} as const;
