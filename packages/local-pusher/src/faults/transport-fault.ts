import type { ConnectionSelector } from './selector.js';

/** Which of the connections to end, and how. */
export interface Cut extends ConnectionSelector {
  /**
   * The close code that clients see: 1005 of a closing handshake without a code, 1006 of none at all. Default 1006.
   */
  code?: number;
  reason?: string;
}

/** What new connections meet. Without a field the TCP connection is reset. */
export interface ConnectionRefusal {
  /** Close code right after the socket opened: 4004 over quota, 4100 over capacity, and so on. */
  code?: number;
  reason?: string;
  /** HTTP status instead of opening the socket. */
  status?: number;
  /** No answer at all. */
  hang?: boolean;
  /** How likely, from 0 to 1. Default 1. */
  probability?: number;
}

/** What requests to the HTTP API meet. Without a field they are never answered. */
export interface HttpFault {
  status?: number;
  /** The connection is reset. */
  reset?: boolean;
  /** The request is carried out, and only its answer goes missing. Default false: it is not even read. */
  afterwards?: boolean;
  /** How likely, from 0 to 1. Default 1. */
  probability?: number;
}
