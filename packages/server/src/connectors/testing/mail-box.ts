import { SMTPServer } from 'smtp-server';

/** A mail server on loopback that keeps what it takes. */
export interface MailBox {
  readonly url: string;
  readonly received: { readonly to: string; readonly mail: string }[];
  /** Who is not taken, and with which answer. */
  refuse: { readonly address: string; readonly responseCode: number } | null;
  readonly close: () => Promise<void>;
}

export async function openMailBox(): Promise<MailBox> {
  const box = { received: [] as { to: string; mail: string }[], refuse: null as MailBox['refuse'] };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _session, done) => {
      const { responseCode } = box.refuse?.address === address ? box.refuse : { responseCode: 0 };
      if (responseCode === 0) done();
      else done(Object.assign(new Error('refused here'), { responseCode }));
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address).join();
        box.received.push({ to, mail: Buffer.concat(chunks).toString() });
        done();
      });
    },
  });
  const listening = server.listen(0, '127.0.0.1');
  await new Promise((resolve) => listening.once('listening', resolve));
  const address = listening.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return Object.assign(box, {
    url: `smtp://127.0.0.1:${port}`,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  });
}
