import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { applyDelta } from '../change/text-delta.js';
import type { TextDelta, TextRun } from '../element/text.js';
import { lengthBefore, runsOf, textEffect } from './text-effect.js';

const edit = fc.record({
  who: fc.nat(1),
  what: fc.constantFrom('insert', 'delete', 'bold', 'plain', 'exchange'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 1, max: 6 }),
});

describe('the effect of a transaction on a text', () => {
  it('C3: leads from what the text held to what it holds, formatting included, whoever wrote', () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 4, maxLength: 30 }), (edits) => {
        const docs = [1, 2].map((clientID) => Object.assign(new Y.Doc(), { clientID }));
        const effects = docs.map((doc) => {
          const state = { runs: [] as readonly TextRun[], delta: [] as TextDelta };
          doc.on('afterTransaction', (transaction: Y.Transaction) => {
            state.delta = textEffect(doc.getText(), transaction);
            state.runs = applyDelta(state.runs, state.delta);
            expect(state.runs).toEqual(runsOf(doc.getText()));
          });
          return state;
        });
        for (const { who, what, at, length } of edits) {
          const text = docs[who]!.getText();
          const index = Math.floor(at * text.length);
          const count = Math.min(length, text.length - index);
          if (what === 'insert') text.insert(index, 'x'.repeat(length), length > 3 ? { bold: true } : {});
          else if (what === 'exchange') Y.applyUpdate(docs[1 - who]!, Y.encodeStateAsUpdate(docs[who]!));
          else if (count > 0 && what === 'delete') text.delete(index, count);
          else if (count > 0) text.format(index, count, { bold: what === 'bold' ? true : null });
        }
        for (const [index, state] of effects.entries())
          expect(state.runs).toEqual(runsOf(docs[index]!.getText()));
      }),
      { numRuns: 1_000 },
    );
  });

  it('says no more than what happened', () => {
    const doc = new Y.Doc();
    const text = doc.getText();
    const deltas: TextDelta[] = [];
    doc.on('afterTransaction', (transaction: Y.Transaction) => deltas.push(textEffect(text, transaction)));
    text.insert(0, 'plain bold', {});
    text.format(6, 4, { bold: true });
    text.format(0, 10, { bold: true });
    text.format(6, 4, { bold: null });
    text.delete(2, 6);
    expect(deltas).toEqual([
      [{ insert: 'plain bold' }],
      [{ retain: 6 }, { retain: 4, attributes: { bold: true } }],
      [{ retain: 6, attributes: { bold: true } }],
      [{ retain: 6 }, { retain: 4, attributes: { bold: null } }],
      [{ retain: 2 }, { delete: 6 }],
    ]);
  });

  it('counts objects of other programs as one character, and knows how long a text was that went as a whole', () => {
    const doc = new Y.Doc();
    const map = doc.getMap<Y.Text>('texts');
    map.set('id', new Y.Text('abc'));
    const text = map.get('id')!;
    text.insertEmbed(1, { image: 'x' });
    text.delete(0, 1);
    expect(runsOf(text)).toEqual([{ insert: '\uFFFCbc' }]);
    let length = 0;
    doc.on('afterTransaction', (transaction: Y.Transaction) => {
      length = lengthBefore(text, transaction);
    });
    map.delete('id');
    expect(length).toBe(3);
  });
});
