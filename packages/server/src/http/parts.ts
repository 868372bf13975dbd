/**
 * A response that streams what `parts` yields, as fast as the client takes it.
 *
 * The first part is made before the answer begins, so that a database that is down is a 503 and no broken stream.
 */
export const streamParts = async (
  parts: AsyncGenerator<Uint8Array<ArrayBuffer>, void, void>,
): Promise<Response> => {
  const first = await parts.next();
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      if (first.done) controller.close();
      else controller.enqueue(first.value);
    },
    async pull(controller) {
      const next = await parts.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
    async cancel() {
      await parts.return();
    },
  });
  return new Response(stream, {
    headers: { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' },
  });
};
