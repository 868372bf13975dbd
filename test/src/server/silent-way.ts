import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to a server on this machine that can fall silent, as one does when the machine at its end vanishes. */
export interface SilentWay {
  readonly port: number;
  /** From now on the connections that are there carry nothing, and nobody is told; new ones work. */
  fallSilent(): void;
  close(): Promise<void>;
}

export const openSilentWay = async (to: number): Promise<SilentWay> => {
  const sockets: Socket[] = [];
  let open: [near: Socket, far: Socket][] = [];
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1');
    for (const socket of [near, far]) socket.on('error', () => {});
    sockets.push(near, far);
    open.push([near, far]);
    near.pipe(far);
    far.pipe(near);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    fallSilent() {
      for (const [near, far] of open) {
        near.unpipe(far).pause();
        far.unpipe(near).pause();
      }
      open = [];
    },
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
};
