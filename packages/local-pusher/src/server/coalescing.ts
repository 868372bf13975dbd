import type { Writable } from 'node:stream';

/**
 * Turns everything that is written to a socket in one turn of the event loop into one system call, which costs more
 * than all else that is done for a message. Returns what to call before writing.
 */
export function createCoalescing(): (socket: Writable) => void {
  let corked = new Set<Writable>();

  function flush(): void {
    const sockets = corked;
    corked = new Set();
    for (const socket of sockets) socket.uncork();
  }

  return (socket) => {
    if (corked.has(socket)) return;
    if (corked.size === 0) process.nextTick(flush);
    corked.add(socket);
    socket.cork();
  };
}
