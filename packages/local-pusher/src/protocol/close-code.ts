/** What a closing handshake carries. */
export interface CloseReason {
  code: number;
  reason: string;
}

/** Why the server closes a socket. Source: "Error codes" of the Channels protocol documentation. */
export const CLOSE = {
  goingAway: { code: 1001, reason: 'Server is shutting down' },
  unsupportedData: { code: 1003, reason: 'Binary messages are not supported: send UTF-8 JSON text' },
  tlsOnly: { code: 4000, reason: 'Application only accepts SSL connections, reconnect using wss://' },
  unknownApp: { code: 4001, reason: 'Application does not exist: no app has this key' },
  disabled: { code: 4003, reason: 'Application disabled' },
  overConnectionQuota: { code: 4004, reason: 'Application is over connection quota' },
  pathNotFound: { code: 4005, reason: 'Path not found: connect to /app/<key>' },
  invalidVersion: { code: 4006, reason: 'Invalid version string format: protocol must be an integer' },
  unsupportedProtocol: { code: 4007, reason: 'Unsupported protocol version: use 4 to 7' },
  noProtocol: { code: 4008, reason: 'No protocol version supplied: add ?protocol=7' },
  unauthorized: { code: 4009, reason: 'Connection is unauthorized' },
  overCapacity: { code: 4100, reason: 'Over capacity' },
  reconnect: { code: 4200, reason: 'Generic reconnect immediately' },
  pongLost: { code: 4201, reason: 'Pong reply not received' },
  inactive: { code: 4202, reason: 'Closed after inactivity' },
} as const satisfies Record<string, CloseReason>;

/** Codes of `pusher:error` messages, which leave the socket open. Other errors in a session carry the code `null`. */
export const ERROR = { rateLimit: 4301, watchlistTooLong: 4302 } as const;
