/** What an HTTP request is answered with. Hosted Pusher answers JSON on success and a line of text on failure. */
export interface Answer {
  status: number;
  type: 'application/json' | 'text/plain';
  body: string;
}

export function answerJson(value: unknown): Answer {
  return { status: 200, type: 'application/json', body: JSON.stringify(value) };
}

/** `sentence` says what was wrong with the request and what to do. */
export function refuse(status: number, sentence: string): Answer {
  return { status, type: 'text/plain', body: `${sentence}\n` };
}
