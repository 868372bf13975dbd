import type Backend from 'pusher';

/** What the server library reports of a request that was refused: its status, and the line of text with it. */
export async function failure(request: Promise<unknown>): Promise<{ status: number; body: string }> {
  return request.then(
    () => {
      throw new Error('the request succeeded');
    },
    (error: Backend.RequestError) => ({ status: Number(error.status), body: String(error.body) }),
  );
}
