interface ImportMeta {
  /** What the process of the pages writes into them. */
  readonly env: { readonly PUSHER_KEY: string; readonly PUSHER_PORT: number };
}
