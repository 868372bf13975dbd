import { once } from 'node:events';
import { type AddressInfo, createServer, connect as dial, type Socket } from 'node:net';

/** A wire to a server that may go and come back elsewhere, which counts what is sent to it. */
export interface Wire {
  /** Where clients connect to. */
  readonly port: number;
  /** Bytes that clients sent. */
  readonly sent: number;
  /** Leads to another port from now on. */
  leadTo(port: number): void;
  close(): void;
}

export const openWire = async (target: number): Promise<Wire> => {
  let to = target;
  let sent = 0;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = dial(to, '127.0.0.1');
    near.on('data', (chunk) => {
      sent += chunk.length;
    });
    near.pipe(far).pipe(near);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    get sent() {
      return sent;
    },
    leadTo: (port) => {
      to = port;
    },
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
};
