import assert from 'node:assert/strict';
import { createConsents } from '../../../src/core/consents';
import { createHome } from '../../../src/core/home';
import { createAbsentPerson } from '../../support/fakePerson';
import { createTestPorts, type TestPortsOptions } from '../../support/testPorts';
import { HOME } from './coreHarness';

function consentsOf(options: TestPortsOptions = {}) {
  const ports = createTestPorts(options);
  return {
    ports,
    home: createHome(HOME, ports.hasher),
    consents: createConsents(ports, createHome(HOME, ports.hasher)),
  };
}

const QUESTION = { title: 'Run?', detail: 'ls', answers: [{ id: 'yes', label: 'Run' }] };
const EITHER = { ...QUESTION, answers: [...QUESTION.answers, { id: 'no', label: 'Without' }] };

describe('consent', () => {
  it('is remembered for the content, the kind and the folder; a no is not remembered as a yes', async () => {
    const { consents, ports } = consentsOf({ answers: [undefined, 'yes'] });
    assert.equal(await consents.obtain('check', '/a', 'ls', QUESTION), false);
    assert.equal(await consents.obtain('check', '/a', 'ls', QUESTION), true);
    assert.equal(await consents.obtain('check', '/a', 'ls', QUESTION), true);
    assert.equal(ports.person.questions.length, 2);
    for (const [kind, root, content] of [
      ['hook', '/a', 'ls'],
      ['check', '/b', 'ls'],
      ['check', '/a', 'ls '],
    ] as const) {
      assert.equal(await consents.has(kind, root, content), false);
    }
  });

  it('where a no is offered, dismissing the question is neither', async () => {
    const { consents } = consentsOf({ answers: ['no', undefined] });
    assert.equal(await consents.obtain('check', '/a', 'ls', EITHER), false);
    await assert.rejects(consents.obtain('check', '/a', 'ls', EITHER), { name: 'Cancelled' });
  });

  it('is not given where nobody is; what was given before counts', async () => {
    const { consents } = consentsOf({ with: { person: createAbsentPerson() } });
    assert.equal(await consents.obtain('check', '/a', 'ls', QUESTION), false);
    await consents.grant('check', '/a', 'ls');
    assert.equal(await consents.obtain('check', '/a', 'ls', QUESTION), true);
  });

  it('outlasts damaged and foreign lines, and what another window adds is seen', async () => {
    const { consents, ports, home } = consentsOf();
    await ports.files.appendLines(home.consents, 'null\n7\n{"key":7}\n{"torn');
    await consents.grant('check', '/a', 'ls');
    assert.equal(await consents.has('check', '/a', 'ls'), true);
    await createConsents(ports, home).grant('hook', '/a', 'x');
    assert.equal(await consents.has('hook', '/a', 'x'), true);
  });

  it('lies outside the workspace', () => {
    assert.ok(consentsOf().home.consents.startsWith(HOME));
  });
});
