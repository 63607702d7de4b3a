import { ACME_PORT, type AcmeVersion } from './versions.ts';

export interface PackageFile {
  readonly path: string;
  readonly content: string | Uint8Array;
  readonly mode: number;
}

const ANSWER_DELAY_MS = 20;
const CONFIGURATION = '/etc/acme-web/acme.conf';
const PROGRAM = '/usr/lib/acme-web/serve';

/** The folder from which dpkg-deb makes the package. */
export function packageFiles(one: AcmeVersion): PackageFile[] {
  const file = (path: string, content: PackageFile['content'], mode = 0o644): PackageFile => ({ path, content, mode });
  const files = [
    file('DEBIAN/control', control(one)),
    file('DEBIAN/conffiles', `${CONFIGURATION}\n`),
    file('DEBIAN/postinst', postinst(one), 0o755),
    file('DEBIAN/prerm', PRERM, 0o755),
    file(CONFIGURATION, `color=${one.color ?? 'blue'}\n`),
    file(PROGRAM, program(one), 0o755),
    file('/lib/systemd/system/acme-web.service', unit(one)),
    file('/usr/share/doc/acme-web/changelog.Debian', changelog(one)),
  ];
  return one.fillBytes === undefined ? files : [...files, file('/usr/lib/acme-web/pictures', noise(one.fillBytes))];
}

function control({ version, depends }: AcmeVersion): string {
  const wanted = depends === undefined ? '' : `Depends: ${depends}\n`;
  return `Package: acme-web
Version: ${version}
Architecture: all
Maintainer: Acme <packages@acme.test>
Section: net
Priority: optional
${wanted}Description: small web service of a vendor
 It answers every request with its name and version.
`;
}

/** perl-base is on every Debian and Ubuntu, so the service needs no other package. */
function program({ version, livesMs, answerDelayMs = ANSWER_DELAY_MS }: AcmeVersion): string {
  const ending =
    livesMs === undefined
      ? ''
      : `$SIG{ALRM} = sub { die "acme-web ${version}: out of order\\n" };
alarm ${livesMs / 1_000};
`;
  return `#!/usr/bin/perl
use strict;
use warnings;
use IO::Socket::INET;

${ending}my $listening = IO::Socket::INET->new(LocalPort => ${ACME_PORT}, Listen => 64, ReuseAddr => 1)
  or die "listen: $!";
while (my $caller = $listening->accept) {
  while (my $line = <$caller>) { last if $line =~ /^\\r?$/ }
  select undef, undef, undef, ${answerDelayMs / 1_000};
  my $body = "acme-web ${version}\\n";
  print $caller "HTTP/1.0 200 OK\\r\\nContent-Type: text/plain\\r\\nContent-Length: " . length($body) . "\\r\\n\\r\\n$body";
  close $caller;
}
`;
}

function unit({ version }: AcmeVersion): string {
  return `[Unit]
Description=Web service of Acme, version ${version}
StartLimitIntervalSec=30
StartLimitBurst=3

[Service]
ExecStart=${PROGRAM}
Restart=on-failure
RestartSec=1

[Install]
WantedBy=multi-user.target
`;
}

function postinst({ postinst: own = ':' }: AcmeVersion): string {
  return `#!/bin/sh
set -e
[ "$1" = configure ] || exit 0
${own}
systemctl enable --quiet acme-web
if [ -d /run/systemd/system ]; then
  systemctl daemon-reload
  systemctl restart acme-web
fi
`;
}

const PRERM = `#!/bin/sh
set -e
if [ "$1" = remove ] && [ -d /run/systemd/system ]; then systemctl disable --quiet --now acme-web; fi
`;

function changelog({ version, change }: AcmeVersion): string {
  return `acme-web (${version}) stable; urgency=high

  * ${change}

 -- Acme <packages@acme.test>  Thu, 01 Jan 2026 00:00:00 +0000
`;
}

/** The same for the same length, and nothing that a packer could make smaller by much. */
function noise(bytes: number): Uint8Array {
  let state = 1;
  return new Uint8Array(bytes).map(() => {
    // A linear congruential generator, the constants of Numerical Recipes.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
}
