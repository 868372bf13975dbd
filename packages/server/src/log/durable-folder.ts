import { fsyncSync } from 'node:fs';
import { NodeFS } from '@electric-sql/pglite/nodefs';

interface NodeStream {
  /** The file descriptor that Node knows the stream by. */
  readonly nfd?: number;
}

/**
 * A folder whose writes are on the disk when the database says so.
 *
 * PGlite's own folder leaves `fsync` out, so a commit would survive a killed process but not a power cut. This hands it
 * through to the operating system; it takes effect with `fsync` on and `wal_sync_method` set to `fsync`, since the
 * engine answers the other methods without doing anything.
 */
export const createDurableFolder = (folder: string): NodeFS => {
  const files = new NodeFS(folder);
  const init = files.init.bind(files);
  files.init = async (engine, options) => {
    const prepared = await init(engine, options);
    prepared.emscriptenOpts.preRun?.push((module) => {
      const { NODEFS } = module as unknown as {
        NODEFS: { stream_ops: { fsync?: (stream: NodeStream) => number } };
      };
      NODEFS.stream_ops.fsync = (stream) => {
        if (stream.nfd !== undefined) fsyncSync(stream.nfd);
        return 0;
      };
    });
    return prepared;
  };
  return files;
};
