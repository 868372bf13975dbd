import { describe, expect, it } from 'vitest';
import { fetchImage } from './image-source.js';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>';
const base = 'http://localhost:3000/board/';

/** A network that answers with an SVG, and remembers where it was asked. */
function network(
  answer: () => Response = () => new Response(SVG, { headers: { 'content-type': 'text/plain' } }),
) {
  const asked: string[] = [];
  const fetch = async (address: string | URL | Request) => {
    asked.push(String(address));
    return answer();
  };
  return { asked, options: { fetch: fetch as typeof globalThis.fetch, base } };
}

describe('the source of a picture', () => {
  it('is fetched from https: and the page’s own origin, and has the type that its bytes have', async () => {
    const { asked, options } = network();
    const file = await fetchImage('https://example.com/a.png', options);
    expect([file.type, file.blob.type]).toEqual(['image/svg+xml', 'image/svg+xml']);
    await fetchImage('../uploads/a.png', options);
    expect(asked).toEqual(['https://example.com/a.png', 'http://localhost:3000/uploads/a.png']);
  });

  it('S5: is never opened with any other scheme', async () => {
    const { asked, options } = network();
    for (const source of [
      'javascript:alert(1)',
      ' JavaScript:alert(1)',
      'file:///etc/passwd',
      'http://example.com/a.png',
      'ftp://example.com/a.png',
      'data:text/html,<script>alert(1)</script>',
      'data:image/svg+xml',
      '//[',
    ]) {
      await expect(fetchImage(source, options), source).rejects.toMatchObject({ code: 'refused' });
    }
    expect(asked).toEqual([]);
  });

  it('may hold the picture itself, in base64 or as text, without asking anybody', async () => {
    const { asked, options } = network();
    const plain = await fetchImage(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(SVG)}`, options);
    expect(await plain.blob.text()).toBe(SVG);
    const packed = await fetchImage(`data:image/svg+xml;base64,${btoa(SVG)}`, options);
    expect(await packed.blob.text()).toBe(SVG);
    expect(asked).toEqual([]);
    await expect(fetchImage('data:image/png;base64,%%%', options)).rejects.toMatchObject({
      code: 'undecodable',
    });
  });

  it('is found by the app, whose answers are checked as well', async () => {
    const { asked, options } = network();
    await fetchImage('file-7', { ...options, resolveImage: async (id) => `https://example.com/${id}` });
    expect(asked).toEqual(['https://example.com/file-7']);
    const file = await fetchImage('file-7', { ...options, resolveImage: () => new Blob([SVG]) });
    expect(file.type).toBe('image/svg+xml');
    await expect(
      fetchImage('x', { ...options, resolveImage: () => 'javascript:alert(1)' }),
    ).rejects.toMatchObject({ code: 'refused' });
    const fail = () => {
      throw new Error('no such file');
    };
    await expect(fetchImage('x', { ...options, resolveImage: fail })).rejects.toThrow(/no such file/);
    const never = () => new Promise<never>(() => {});
    const waiting = fetchImage('x', { ...options, timeoutMs: 5, resolveImage: never });
    await expect(waiting).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('no answer in 5 ms'),
    });
  });

  it('that cannot be shown says why', async () => {
    const missing = network(() => new Response('', { status: 404 })).options;
    await expect(fetchImage('/a.png', missing)).rejects.toMatchObject({ code: 'unreachable' });
    const page = network(() => new Response('<html></html>')).options;
    await expect(fetchImage('/a.png', page)).rejects.toMatchObject({ code: 'undecodable' });
    const bomb = Uint8Array.from([
      ...[...'\x89PNG\r\n\x1a\n\0\0\0\rIHDR'].map((sign) => sign.charCodeAt(0)),
      ...[0, 1, 0, 0, 0, 1, 0, 0],
    ]);
    const large = network(() => new Response(bomb)).options;
    await expect(fetchImage('/a.png', large)).rejects.toMatchObject({ code: 'too-large' });
    const offline = network(() => {
      throw new TypeError('Failed to fetch');
    }).options;
    await expect(fetchImage('/a.png', offline)).rejects.toMatchObject({ code: 'unreachable' });
  });
});
