// The mail server of the lab: takes every message and appends it to a file, a line of JSON each. Runs in the hub.
import { appendFileSync } from 'node:fs';
import { SMTPServer } from 'smtp-server';

const [, , address = '127.0.0.1', port = '2525', file = ''] = process.argv;
/** A notice is some kilobytes. */
const MESSAGE_BYTES_MAX = 1024 * 1024;

const server = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  size: MESSAGE_BYTES_MAX,
  onData: (stream, session, done) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('error', done);
    stream.on('end', () => {
      const to = session.envelope.rcptTo.map((one) => one.address);
      appendFileSync(file, `${JSON.stringify({ to, text: Buffer.concat(chunks).toString('utf8') })}\n`);
      done();
    });
  },
});
server.listen(Number(port), address);
