import { WebSocket } from 'ws';

/** WebSockets for a provider, and how many messages it sent through them. */
export interface CountedSockets {
  readonly CountingSocket: new (...address: ConstructorParameters<typeof WebSocket>) => WebSocket;
  readonly messages: number;
}

export const createCountingSocket = (): CountedSockets => {
  let messages = 0;
  class CountingSocket extends WebSocket {
    constructor(...address: ConstructorParameters<typeof WebSocket>) {
      super(...address);
      const send = this.send.bind(this);
      this.send = ((...content: Parameters<typeof send>) => {
        messages += 1;
        send(...content);
      }) as typeof send;
    }
  }
  return {
    CountingSocket,
    get messages() {
      return messages;
    },
  };
};
