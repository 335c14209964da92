import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SessionItem } from '../../../src/core/agent/session/sessionState';
import type { AgentModel } from '../../../src/protocol/agent';
import { type ModelMessage, modelMessage, modelOf } from '../../../src/protocol/conversation';
import { agentModel, session } from '../../support/gallery/agentFixtures';
import { runs } from '../../support/soak';

const item = (text: string): SessionItem => ({ type: 'text', text, at: 0 });

/** As it goes over the wire: nothing of it is the same object any more. */
const sent = (message: ModelMessage): ModelMessage => structuredClone(message);

function shown(items: readonly SessionItem[], id = 's'): AgentModel {
  return agentModel({ ...session(items), id });
}

describe('A conversation on its way to the view', () => {
  it('arrives whole, whatever was added, changed or taken back', () => {
    const change = fc.oneof(
      fc.record({ at: fc.nat(12), put: fc.array(fc.string({ maxLength: 3 }), { maxLength: 3 }) }),
      fc.constant('other' as const),
      fc.constant('reloaded' as const),
      fc.constant('none' as const),
    );
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
        let items: readonly SessionItem[] = [];
        let id = 's';
        let before: AgentModel | undefined;
        let view: AgentModel | undefined;
        for (const each of changes) {
          if (each === 'other') id += 's';
          else if (each === 'reloaded') [before, view] = [undefined, undefined];
          else if (each !== 'none')
            items = [...items.slice(0, each.at), ...each.put.map(item), ...items.slice(each.at + 1)];
          const model = each === 'none' ? agentModel(undefined) : shown(items, id);
          view = modelOf(sent(modelMessage(model, before)), view);
          before = model;
          assert.deepEqual(view, model);
        }
      }),
      runs(200),
    );
  });

  it('takes only what is new with it', () => {
    const items = Array.from({ length: 500 }, (_, nth) => item(`message ${nth}`));
    const before = shown(items);
    const { model, known } = modelMessage(shown([...items, item('the last')]), before);
    assert.equal(known, 500);
    assert.deepEqual(model.session?.items, [item('the last')]);
  });
});
