/** As long as a link may be, in characters. */
const LONGEST = 2_000;
const SAFE = new Set(['http:', 'https:', 'mailto:']);
/** What people leave out: `example.com/page`, `ana@example.com`. */
const BARE_PAGE = /^[\p{L}\d-]+(?:\.[\p{L}\d-]+)+(?:[/?#:]\S*)?$/u;
const BARE_MAIL = /^[^\s@/:]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+$/u;

/** The address that somebody typed, whole; null for anything but the address of a page or of somebody's mail. */
export function readAddress(typed: string): string | null {
  const text = typed.trim();
  if (BARE_MAIL.test(text)) return safeAddress(`mailto:${text}`);
  return safeAddress(BARE_PAGE.test(text) ? `https://${text}` : text);
}

/** `address` itself where a page may open it, null where not: what is on a board may come from anybody. */
export function safeAddress(address: string): string | null {
  if (address.length > LONGEST || /\s/.test(address) || !URL.canParse(address)) return null;
  return SAFE.has(new URL(address).protocol) ? address : null;
}
