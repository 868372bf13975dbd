import { createHmac, randomBytes } from 'node:crypto';
import {
  type AppendAnswer,
  decodeLog,
  type Entry,
  encodeAppend,
  type JoinAnswer,
  type LoggedEntry,
  type LogHeader,
  SEAL_LENGTH,
  type SessionId,
  sealedBytes,
} from '@inkwire/core';
import * as Y from 'yjs';

/** Sends a request to a server: over a socket, or straight into its handler. */
export type Send = (path: string, init?: RequestInit) => Promise<Response>;

/** Straight into a handler, without a socket. */
export const sendTo =
  (server: { fetch(request: Request): Promise<Response> }): Send =>
  (path, init) =>
    server.fetch(new Request(`http://inkwire.test${path}`, init));

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

export const newSession = (): SessionId =>
  [...randomBytes(12)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('') as SessionId;

/** What a read of the log brought. */
export interface Pulled {
  readonly header: LogHeader;
  readonly snapshot?: { readonly seq: number; readonly update: Uint8Array };
  readonly rows: readonly LoggedEntry[];
}

/** What a read of the history brought. */
export interface Past extends Omit<Pulled, 'rows'> {
  readonly dated: readonly { readonly entry: LoggedEntry; readonly at: number }[];
}

export interface Appended {
  readonly status: number;
  readonly answer: AppendAnswer;
}

/**
 * One page load of a person, as far as the server can see: a document, a session and its numbered, sealed entries.
 * It speaks HTTP by hand, so that a test decides what arrives and what does not.
 */
export interface Page {
  readonly user: string;
  readonly doc: Y.Doc;
  readonly session: SessionId;
  /** The session's seal key, once it has joined. */
  readonly key: Buffer;
  join(): Promise<JoinAnswer>;
  /** Changes the document in one transaction and numbers the update; nothing is sent. */
  draw(change: (doc: Y.Doc) => void): Entry;
  /** Numbers and seals any bytes as the session's next entry. */
  seal(update: Uint8Array, n?: number): Entry;
  append(entries: readonly Entry[]): Promise<Appended>;
  /** With `vector`, a state vector in base64url, what a document with it lacks. */
  pull(after?: number, epoch?: string, vector?: string): Promise<Pulled>;
  history(from: number, until: number): Promise<Past>;
  /** Pulls everything and applies it to the document. */
  follow(): Promise<Pulled>;
  send: Send;
}

export const createPage = (send: Send, user: string, channel: string, client?: number): Page => {
  const doc = new Y.Doc();
  if (client !== undefined) doc.clientID = client;
  const session = newSession();
  const path = `/channels/${encodeURIComponent(channel)}`;
  let key = Buffer.alloc(32);
  let n = 0;
  const sendAs: Send = (address, init = {}) =>
    send(address, { ...init, headers: { authorization: `Bearer ${user}`, ...init.headers } });

  const page: Page = {
    user,
    doc,
    session,
    get key() {
      return key;
    },
    async join() {
      const response = await sendAs(`${path}/sessions`, {
        method: 'POST',
        body: JSON.stringify({ session, client: doc.clientID }),
      });
      if (!response.ok) throw new Error(await response.text());
      const answer = (await response.json()) as JoinAnswer;
      key = Buffer.from(answer.sealKey, 'base64');
      return answer;
    },
    draw(change) {
      const updates: Uint8Array[] = [];
      const collect = (update: Uint8Array): number => updates.push(update);
      doc.on('update', collect);
      doc.transact(() => change(doc));
      doc.off('update', collect);
      if (updates.length !== 1) throw new Error(`The change made ${updates.length} updates.`);
      return page.seal(updates[0] as Uint8Array);
    },
    seal(update, number) {
      n = number ?? n + 1;
      const seal = createHmac('sha256', key).update(sealedBytes(n, update)).digest().subarray(0, SEAL_LENGTH);
      return { session, n, update, seal };
    },
    async append(entries) {
      const response = await sendAs(`${path}/entries`, { method: 'POST', body: encodeAppend(entries) });
      return { status: response.status, answer: (await response.json()) as AppendAnswer };
    },
    async pull(after = 0, epoch, vector) {
      const query = new URLSearchParams({ after: String(after) });
      if (epoch !== undefined) query.set('epoch', epoch);
      if (vector !== undefined) query.set('vector', vector);
      return readPulled(await sendAs(`${path}/entries?${query}`));
    },
    async history(from, until) {
      return readPast(await sendAs(`${path}/history?from=${from}&until=${until}`));
    },
    async follow() {
      const pulled = await page.pull();
      if (pulled.snapshot) Y.applyUpdateV2(doc, pulled.snapshot.update);
      for (const row of pulled.rows) Y.applyUpdate(doc, row.update);
      return pulled;
    },
    send: sendAs,
  };
  return page;
};

const readPulled = async (response: Response): Promise<Pulled> => {
  const { dated, ...pulled } = await readPast(response);
  return { ...pulled, rows: dated.map(({ entry }) => entry) };
};

const readPast = async (response: Response): Promise<Past> => {
  if (!response.ok || !response.body) throw new Error(`${response.status}: ${await response.text()}`);
  let header: LogHeader | undefined;
  let snapshot: Past['snapshot'];
  const dated: { entry: LoggedEntry; at: number }[] = [];
  for await (const part of decodeLog(response.body as unknown as AsyncIterable<Uint8Array>)) {
    if (part.type === 'header') header = part.header;
    else if (part.type === 'snapshot') snapshot = part;
    else dated.push({ entry: part.entry, at: part.at ?? 0 });
  }
  if (!header) throw new Error('A read without a header.');
  return snapshot ? { header, snapshot, dated } : { header, dated };
};

/** Writes one value into the document; returns the change for {@link Page.draw}. */
export const put =
  (key: string, value: unknown = key) =>
  (doc: Y.Doc): void => {
    doc.getMap('b').set(key, value);
  };
