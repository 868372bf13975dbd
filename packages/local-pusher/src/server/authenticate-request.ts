import { md5, requestText, verify } from '../protocol/signature.js';
import { type Answer, refuse } from './answer.js';
import { type ApiRequest, queryValue } from './api-request.js';
import type { AppState } from './app-state.js';

/** Refuses a request that its app did not sign, within the last minutes, for exactly this body. */
export function authenticateRequest(state: AppState, request: ApiRequest): Answer | undefined {
  const { app, clock, limits } = state;
  if (queryValue(request, 'auth_key') !== app.key) {
    return refuse(401, `Unknown auth_key: it must be the key of app ${app.appId}.`);
  }
  if (queryValue(request, 'auth_version') !== '1.0') {
    return refuse(401, 'Unknown auth_version: it must be 1.0.');
  }
  const timestamp = queryValue(request, 'auth_timestamp') ?? '';
  const ageSeconds = Math.abs(clock.now() / 1_000 - Number(timestamp));
  if (!/^\d+$/.test(timestamp) || ageSeconds > limits.requestAgeSeconds) {
    return refuse(
      401,
      `auth_timestamp must be in seconds and within ${limits.requestAgeSeconds} s of ${Math.floor(clock.now() / 1_000)}.`,
    );
  }
  if (request.body.length > 0 && queryValue(request, 'body_md5') !== md5(request.body)) {
    return refuse(401, 'body_md5 is missing or not the MD5 of the body in hex.');
  }
  const signature = queryValue(request, 'auth_signature') ?? '';
  // Libraries disagree whether the path is signed before or after it is escaped.
  const paths = [request.path, `/${request.segments.join('/')}`];
  const texts = paths.map((path) => requestText(request.method, path, request.query));
  if (!texts.some((text) => verify(app.secret, text, signature))) {
    return refuse(
      401,
      `Invalid signature: it must be the HMAC-SHA256 in hex of ${JSON.stringify(texts[0])}.`,
    );
  }
  if (app.disabled) return refuse(403, `App ${app.appId} is disabled.`);
  return undefined;
}
