import { RING } from '../story/story.ts';
import type { World } from '../world.ts';
import { offer, Patch } from './patch.ts';
import { scenario } from './scenario.ts';

const ENDED_MS_MAX = 120_000;

/** The post-install script of 1.2 ends with an error: the ring goes back to 1.0, and nobody else ever tries it. */
export function failingScript(world: World): Promise<void> {
  return scenario(world, 'a post-install script fails on the test ring', async () => {
    const [ring = ''] = RING;
    await offer(world, '1.2');
    const patch = await Patch.open(world, '1.2');
    await patch.signTest();
    const job = await patch.job(ring, 'went back', ENDED_MS_MAX, ({ state }) => state === 'rolled-back');
    world.transcript.holds(
      'the host says what failed',
      /acme-web|dpkg|apt|script/i.test(job.trouble ?? ''),
      job.trouble,
    );
    await patch.explains('test-failed');
    const log = await world.lab.host(ring).readFile('/var/log/dpkg.log');
    world.transcript.holds('1.2 was really tried', / upgrade acme-web:\S+ 1\.0 1\.2$/m.test(log), log.slice(-2_000));
    const others = (await patch.jobs()).filter(({ planKind }) => planKind !== 'test');
    world.transcript.equal('no other host has a work order', others, []);
    const answer = await world.lab.host(ring).run(['perl', '-MIO::Socket::INET', '-e', ASK_SERVICE]);
    world.transcript.holds('its service answers as 1.0 again', answer.includes('acme-web 1.0'), answer);
    await patch.withdraw('the post-install script of 1.2 fails');
  });
}

/** The hosts have no curl. */
const ASK_SERVICE =
  '$s = IO::Socket::INET->new("127.0.0.1:8080") or die; print $s "GET / HTTP/1.0\\r\\n\\r\\n"; print <$s>';
