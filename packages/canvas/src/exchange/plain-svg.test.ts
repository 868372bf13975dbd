import { describe, expect, it } from 'vitest';
import { plainSvg } from './plain-svg.js';

const withEntities = (entities: string, content: string) =>
  plainSvg(
    `<?xml version="1.0"?><!-- <!DOCTYPE svg [ --><!DOCTYPE svg [${entities}]><svg>${content}</svg>`,
    1_000,
  );

describe('SVG as parsers of HTML know it', () => {
  it('says what its entities stand for, in attributes and between them', () => {
    expect(
      withEntities(
        `<!ENTITY a 'fill:"b"'><!ENTITY e "'"><!ENTITY c "<g id='&d;'/>">`,
        '<path style="&a;" id="&e;"/>&c;&amp;',
      ),
    ).toBe(`<svg><path style="fill:&quot;b&quot;" id="&#39;"/><g id='&d;'/>&amp;</svg>`);
  });

  it('leaves comments, character data and the entities of every parser alone, and fetches none', () => {
    const content = '<!-- &a; --><![CDATA[ &a; ]]>&lt;&b;&c;';
    const entities =
      '<!ENTITY a "x"><!ENTITY lt "y"><!ENTITY b SYSTEM "file:///etc/passwd"><!ENTITY % c "z">';
    expect(withEntities(entities, content)).toBe(`<svg>${content}</svg>`);
  });

  it('knows the first entity of a name only, and none that holds itself', () => {
    expect(
      withEntities('<!ENTITY a "1"><!ENTITY a "2"><!ENTITY b "&b;&c;"><!ENTITY c "&b;"> ', '&a;&c;'),
    ).toBe('<svg>1&b;&c;</svg>');
  });

  it('S5: says no more than so many characters, wherever they come of', () => {
    expect(() => withEntities('<!ENTITY a "0123456789">', '&a;'.repeat(100))).not.toThrow();
    expect(() => withEntities('<!ENTITY a "0123456789">', '&a;'.repeat(101))).toThrow(/1000 characters/);
    const many = Array.from({ length: 300 }, (_, i) => `<!ENTITY b${i} "&a;">`).join('');
    expect(() => withEntities(`<!ENTITY a "0123456789">${many}`, '')).toThrow(/1000 characters/);
  });

  it('has no prefix but those of other namespaces', () => {
    expect(
      plainSvg(
        '<ns0:svg xmlns:ns0="http://www.w3.org/2000/svg" xmlns:ns1=\'http://www.w3.org/1999/xlink\'><i:g/><ns0:use ns1:href="#a" i:href="b"/></ns0:svg>',
        0,
      ),
    ).toBe(
      '<svg xmlns:ns0="http://www.w3.org/2000/svg" xmlns:ns1=\'http://www.w3.org/1999/xlink\'><i:g/><use xlink:href="#a" i:href="b"/></svg>',
    );
  });

  it('S5: is read in one way, however it is broken', () => {
    const length = 400_000;
    for (const broken of ['<!--', '<![CDATA[', '<!DOCTYPE[', '<a ', '&a', ' xmlns:a', '<a:', ' a:href']) {
      const markup = `<svg xmlns:s="http://www.w3.org/2000/svg" xmlns:l='http://www.w3.org/1999/xlink'>${broken.repeat(length / broken.length)}`;
      expect(plainSvg(`<!DOCTYPE svg [<!ENTITY b "c">]>${markup}`, 10)).toBe(markup);
    }
  });
});
