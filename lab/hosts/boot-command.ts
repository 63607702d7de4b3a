/** What one boot of a host needs to know. */
export interface BootPlan {
  readonly host: string;
  readonly machine: string;
  readonly root: string;
  readonly machineId: string;
  readonly namespace: string;
}

/** systemd-nspawn leaves with this when the host asked for a reboot and the unit is its starter's. */
const REBOOT_WANTED = 133;

/** Boots the host for as long as it asks for a reboot; ends once it is powered off or killed. */
export const BOOT_LOOP = `ended=${REBOOT_WANTED}
while [ "$ended" = ${REBOOT_WANTED} ]; do
  ended=0
  "$@" || ended=$?
  echo "lab: systemd-nspawn ended with $ended"
done`;

export function bootCommand({ host, machine, root, machineId, namespace }: BootPlan): string[] {
  return [
    'systemd-nspawn',
    '--quiet',
    '--boot',
    `--directory=${root}`,
    `--machine=${machine}`,
    `--hostname=${host}`,
    `--uuid=${machineId}`,
    `--network-namespace-path=${namespace}`,
    // The machine's own systemd, where it has one, must not know of the host: the lab alone keeps and ends it.
    '--register=no',
    '--keep-unit',
    '--capability=CAP_NET_ADMIN',
    '--resolv-conf=off',
    '--timezone=off',
    '--link-journal=no',
    '--console=pipe',
  ];
}
