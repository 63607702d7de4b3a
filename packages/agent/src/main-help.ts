export const HELP = `patchsteward-agent: reports this machine to a Patchsteward server, and installs what enough people signed

  enroll     make this machine known to a server (see enroll --help)
  run        report now and whenever the server asks for it; needs no root
  runner     root's part: verifies signed work orders and installs them (systemd starts it)
  status     who this machine is to its server, whom it believes, and how it goes [--json]
  inventory  what this machine would report, without any server
  leave      forget the server and the key of this machine

  --version, --help

Examples
  patchsteward-agent enroll --server patches.example.org:8421 --token - --root-sha256 sha256:... --environment production
  patchsteward-agent run --once
  patchsteward-agent status --json`;

export const ENROLL_HELP = `patchsteward-agent enroll --server HOST:PORT --token TOKEN|- [what this host lets people do]

  --state-dir DIR          where the agent keeps its key (default /var/lib/patchsteward-agent)
  --root-sha256 HASH       the trust root to believe, from the administrator's side and never from the server;
                           without it this host only reports
  --environment WORD       production (default) or non-production: test plans run on the latter only
  --criticality WORD       low, normal, high or critical (default): decides how many people must sign
  --allow-reboot           a signed work order may reboot this host
  --allow-kernel           ... may change its kernel
  --lanes A,B              which lanes may act here (default routine,critical)
  --deny-package NAME      never touch this package; may be given again

With --root-sha256 it needs root; the rest is done as the user whom the state directory belongs to. Repeat it on an
enrolled host to pin anew.`;
