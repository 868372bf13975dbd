/** Something about the playground's processes: `start` (one did not start), `running` (it runs already). */
export class PlaygroundError extends Error {
  readonly code: 'start' | 'running';

  constructor(code: PlaygroundError['code'], message: string) {
    super(message);
    this.name = 'PlaygroundError';
    this.code = code;
  }
}
