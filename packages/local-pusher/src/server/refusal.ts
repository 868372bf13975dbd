/** Why a client's message was refused; it is told so by `pusher:error`, and its socket stays open. */
export interface Refusal {
  message: string;
  /** Hosted Pusher numbers only a few reasons; the rest carry null. */
  code: number | null;
}

/** Messages may quote what the client sent; no more of it goes back than helps. */
const MOST_CHARACTERS = 500;

export function refusal(message: string, code: number | null = null): Refusal {
  return { message: message.slice(0, MOST_CHARACTERS), code };
}
