import type { App } from '../protocol/app.js';
import { CLOSE, type CloseReason } from '../protocol/close-code.js';

/** What the address of a socket asks for. */
export interface HandshakeRequest {
  /** The key in `/app/<key>`; `undefined` for any other path. */
  key: string | undefined;
  protocol: string | undefined;
}

export function parseHandshake(address: string): HandshakeRequest {
  const [path = '', search = ''] = address.split('?', 2);
  const protocol = new URLSearchParams(search).get('protocol') ?? undefined;
  return { key: /^\/app\/([^/]+)\/?$/.exec(path)?.[1], protocol };
}

/** Protocol versions that are still supported, 1 to 3 no longer being. */
const OLDEST_PROTOCOL = 4;
const NEWEST_PROTOCOL = 7;

/** Why a socket is closed right after it opened, or `undefined` when it may stay. */
export function refuseHandshake(request: HandshakeRequest, app: App | undefined): CloseReason | undefined {
  if (request.key === undefined) return CLOSE.pathNotFound;
  if (request.protocol === undefined) return CLOSE.noProtocol;
  if (!/^\d{1,9}$/.test(request.protocol)) return CLOSE.invalidVersion;
  const protocol = Number(request.protocol);
  if (protocol < OLDEST_PROTOCOL || protocol > NEWEST_PROTOCOL) return CLOSE.unsupportedProtocol;
  if (app === undefined) return CLOSE.unknownApp;
  if (app.disabled) return CLOSE.disabled;
  if (app.tlsOnly) return CLOSE.tlsOnly;
  return undefined;
}
