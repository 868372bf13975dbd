import type { Clock } from '../clock.js';
import { TransportError } from '../transport-error.js';
import { createJob } from './job.js';
import type { LogPosition } from './log-position.js';
import type { ServerClient } from './server-client.js';

export interface DigestCheckOptions {
  readonly channel: string;
  readonly server: Pick<ServerClient, 'digest'>;
  readonly position: LogPosition;
  /** Of the document, now. */
  readonly digest: () => string;
  /** Whether the document holds what the log holds, as far as anybody knows: neither less nor more. */
  readonly isSettled: () => boolean;
  /** It does not: the log has to be read from its start. */
  readonly onMismatch: (error: TransportError) => void;
  /** It has been read from its start, and still it does not: there is more in the document than in the log. */
  readonly onSurplus: (error: TransportError) => void;
  readonly clock: Clock;
  readonly random: () => number;
}

/** Compares what this page and the server have made of one log (F6). */
export interface DigestCheck {
  /** Something happened that could have cost something: the next occasion is used. */
  arm(): void;
  /** The document stands where the log does: an occasion, if one is wanted. */
  consider(): void;
  stop(): void;
}

const AT_MOST_EVERY_MS = 10 * 60_000;

/** Others are writing as well, and the server has better things to do first. */
const PATIENCE_MS = 2_000;

export const createDigestCheck = (options: DigestCheckOptions): DigestCheck => {
  const { channel, server, position, digest, isSettled, onMismatch, onSurplus, clock, random } = options;
  let armed = false;
  let checkedAt = Number.NEGATIVE_INFINITY;
  let reread = false;

  const job = createJob({
    clock,
    random,
    work: async () => {
      if (!isSettled()) return;
      const answer = await server.digest(channel);
      // What came meanwhile makes the comparison void; there will be another occasion.
      if (!isSettled() || answer.epoch !== position.epoch || answer.head !== position.synced) return;
      armed = false;
      checkedAt = clock.now();
      if (answer.digest === digest()) {
        reread = false;
        return;
      }
      const text = `This page's copy of ${channel} is not what the server has at ${answer.head}`;
      if (reread) {
        onSurplus(
          new TransportError('surplus', `${text}, though it was read anew: it shows more than that.`),
        );
        return;
      }
      // Reading it anew brings what was missing; whether that was all shows at once.
      reread = true;
      armed = true;
      checkedAt = Number.NEGATIVE_INFINITY;
      onMismatch(new TransportError('diverged', `${text}; it is read anew.`));
    },
    // Not worth a second try before the next occasion.
    onFailure: () => null,
  });

  return {
    arm: () => {
      armed = true;
    },
    consider: () => {
      if (armed && isSettled() && clock.now() - checkedAt >= AT_MOST_EVERY_MS) job.run(PATIENCE_MS);
    },
    stop: job.stop,
  };
};
