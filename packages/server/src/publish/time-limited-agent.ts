import http from 'node:http';
import https from 'node:https';

/**
 * An agent whose connections serve one request and end after `limitMs`, whatever is under way on them: so an answer that
 * stalls, in its body too, becomes an error.
 */
export const createTimeLimitedAgent = (useTLS: boolean, limitMs: number): http.Agent => {
  const agent = useTLS ? new https.Agent() : new http.Agent();
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (...parameters) => {
    const socket = connect(...parameters);
    const timer = setTimeout(() => socket?.destroy(new Error('The answer took too long.')), limitMs);
    timer.unref();
    socket?.once('close', () => clearTimeout(timer));
    return socket;
  };
  return agent;
};
