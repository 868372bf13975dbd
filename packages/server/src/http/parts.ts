import { InkwireRefusal } from '../refusal.js';
import { NO_STORE } from './refuse.js';
import type { Services } from './services.js';

type Parts = AsyncGenerator<Uint8Array<ArrayBuffer>, void, void>;

/**
 * A response that streams what `parts` yields, as fast as the client takes it, and breaks off when it takes nothing.
 *
 * The first part is made before the answer begins, so that a database that is down is a 503 and no broken stream.
 */
export const streamParts = async (
  parts: Parts,
  { readers, onReadBroken }: Pick<Services, 'readers' | 'onReadBroken'>,
): Promise<Response> => {
  const first = await parts.next();
  let breakOff = (_error: Error): void => {};
  const watched = readers.watch(() => {
    breakOff(new InkwireRefusal('unavailable', 'This answer was not taken: read on from where you are.'));
    void parts.return();
  });
  const offer = (
    controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>,
    { done, value }: Awaited<ReturnType<Parts['next']>>,
  ): void => {
    if (done) controller.close();
    else {
      controller.enqueue(value);
      watched.offered();
    }
  };
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      breakOff = (error) => controller.error(error);
      offer(controller, first);
    },
    async pull(controller) {
      watched.taken();
      const next = await parts.next().catch((error) => {
        onReadBroken(error);
        throw new InkwireRefusal('unavailable', 'The rest cannot be read now: read on from where you are.');
      });
      offer(controller, next);
    },
    async cancel() {
      watched.taken();
      await parts.return();
    },
  });
  return new Response(stream, {
    headers: { 'content-type': 'application/octet-stream', ...NO_STORE },
  });
};
