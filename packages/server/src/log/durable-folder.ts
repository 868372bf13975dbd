import fs from 'node:fs';
import { join } from 'node:path';
import { NodeFS } from '@electric-sql/pglite/nodefs';

/** The disk refused a read or a write: it is full, or broken. What was committed before is there. */
export class StorageError extends Error {
  readonly code = 'storage';

  constructor(operation: string, cause: unknown) {
    super(`The disk under the database refuses to ${operation}: free some space, or look after it.`, {
      cause,
    });
    this.name = 'StorageError';
  }
}

/** A database folder as the engine sees it. */
export interface DurableFolder {
  readonly files: NodeFS;
  /** Throws what the disk refused, if it ever did: nothing that the engine has said since then can be believed. */
  check(): void;
  /** Closes what an engine that was given up has left open. */
  release(): void;
}

interface NodeStream {
  /** The file descriptor that Node knows the stream by. */
  readonly nfd?: number;
}

type Operation = (...parameters: never[]) => unknown;
type StreamOperation = (stream: NodeStream) => unknown;

/** The part of the engine's file system that hands operations to Node. */
interface NodeOperations {
  readonly node_ops: Record<string, Operation>;
  readonly stream_ops: Record<string, Operation> & { fsync?: (stream: NodeStream) => number };
}

/** The engine's numbers for: quota, file too large, I/O, too many files, no space, read-only. */
const REFUSALS = new Set([19, 22, 29, 33, 41, 51, 69]);

/**
 * A folder whose writes are on the disk when the database says so, and that gives up where the engine could not go on.
 *
 * PGlite's own folder leaves `fsync` out, so a commit would survive a killed process but not a power cut. This hands it
 * through to the operating system; it takes effect with `fsync` on and `wal_sync_method` set to `fsync`, since the
 * engine answers the other methods without doing anything.
 *
 * An engine that cannot write its log panics, and in this build that means: it spins for ever. So a refusal of the disk
 * leaves the engine as an exception before it knows of it. PGlite may swallow that and answer as if all were well, so
 * whoever asks the engine anything has to `check()` before believing the answer. After a refusal the engine is dead; the
 * next one recovers from the files, as after a power cut.
 */
export const createDurableFolder = (folder: string): DurableFolder => {
  const files = new NodeFS(folder);
  const open = new Set<number>();
  let refused: StorageError | null = null;
  const refuse = (operation: string, cause: unknown): StorageError => {
    refused ??= new StorageError(operation, cause);
    return refused;
  };
  const init = files.init.bind(files);
  files.init = async (engine, options) => {
    const prepared = await init(engine, options);
    prepared.emscriptenOpts.preRun?.push((module) => {
      const { NODEFS } = module as unknown as { NODEFS: NodeOperations };
      makeDurable(NODEFS, open, refuse);
    });
    return prepared;
  };
  return {
    files,
    check() {
      if (refused) throw refused;
    },
    release() {
      for (const descriptor of open) fs.closeSync(descriptor);
      open.clear();
    },
  };
};

type Refuse = (operation: string, cause: unknown) => StorageError;

const makeDurable = ({ node_ops, stream_ops }: NodeOperations, open: Set<number>, refuse: Refuse): void => {
  for (const operations of [node_ops, stream_ops])
    for (const [name, operation] of Object.entries(operations))
      operations[name] = refusing(name, operation, refuse);
  stream_ops.fsync = ({ nfd }) => {
    try {
      if (nfd !== undefined) fs.fsyncSync(nfd);
    } catch (error) {
      throw refuse('fsync', error);
    }
    return 0;
  };
  const { open: openStream, close: closeStream } = stream_ops as Record<string, StreamOperation>;
  stream_ops.open = (stream: NodeStream) => {
    const result = openStream?.(stream);
    if (stream.nfd !== undefined) open.add(stream.nfd);
    return result;
  };
  stream_ops.close = (stream: NodeStream) => {
    if (stream.nfd !== undefined) open.delete(stream.nfd);
    return closeStream?.(stream);
  };
};

const refusing =
  (name: string, operation: Operation, refuse: Refuse): Operation =>
  (...parameters) => {
    try {
      return operation(...parameters);
    } catch (error) {
      const { errno } = error as { errno?: unknown };
      throw typeof errno === 'number' && REFUSALS.has(errno) ? refuse(name, error) : error;
    }
  };

/** What a new engine may write before it serves: a segment of its log, and some more. */
const ROOM_BYTES = 20 << 20;

/**
 * Tries whether there is room for a new engine: one that dies while it recovers costs seconds.
 *
 * @throws {StorageError} when there is none
 */
export const probeRoom = (folder: string): void => {
  const path = join(folder, 'room.probe');
  try {
    const file = fs.openSync(path, 'w');
    try {
      const block = new Uint8Array(1 << 20);
      for (let bytes = 0; bytes < ROOM_BYTES; bytes += block.length) fs.writeSync(file, block);
      fs.fsyncSync(file);
    } finally {
      fs.closeSync(file);
    }
  } catch (error) {
    throw new StorageError('write', error);
  } finally {
    fs.rmSync(path, { force: true });
  }
};
