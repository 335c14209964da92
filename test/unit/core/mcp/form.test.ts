import { strict as assert } from 'node:assert';
import { fieldsOf, readForm } from '../../../../src/core/mcp/forms/form';

const SCHEMA = {
  type: 'object',
  required: ['city', 'days', 'units'],
  properties: {
    city: { type: 'string', description: 'Where' },
    days: { type: 'integer', minimum: 1, maximum: 7 },
    units: { enum: ['metric', 'imperial'] },
    alerts: { type: 'boolean', default: true },
    tags: { type: 'array', items: { enum: ['rain', 'wind'] } },
    mail: { anyOf: [{ type: 'string', format: 'email' }, { type: 'null' }] },
    area: { type: 'object', properties: { lat: { type: 'number' } } },
  },
};

describe('the form of a tool', () => {
  const fields = fieldsOf(SCHEMA);

  it('has a field for each argument, of the kind that its schema asks for', () => {
    assert.deepEqual(
      fields.map(({ name, type, required }) => `${name} ${type}${required ? ' required' : ''}`),
      [
        'city text required',
        'days integer required',
        'units choice required',
        'alerts boolean',
        'tags choices',
        'mail text',
        'area json',
      ],
    );
  });

  it('sends what was filled in as the schema wants it, and leaves out what was left empty', () => {
    const values = {
      city: 'Oslo',
      days: '3',
      units: 'metric',
      tags: ['wind'],
      mail: '',
      area: '{"lat": 1.5}',
    };
    assert.deepEqual(readForm(fields, values), {
      input: { city: 'Oslo', days: 3, units: 'metric', alerts: true, tags: ['wind'], area: { lat: 1.5 } },
      problems: {},
    });
  });

  it('counts characters, and what is chosen, as the schema does', () => {
    const counted = fieldsOf({
      properties: {
        code: { type: 'string', minLength: 2, maxLength: 3 },
        tags: { type: 'array', minItems: 2, maxItems: 3, items: { enum: ['a', 'b', 'c', 'd'] } },
      },
    });
    const problems = (code: string, tags: readonly string[]) => readForm(counted, { code, tags }).problems;
    assert.deepEqual(problems('x', ['a']), {
      code: 'Write at least 2 characters.',
      tags: 'Choose at least 2.',
    });
    assert.deepEqual(problems('four', ['a', 'b', 'c', 'd']), {
      code: 'Write at most 3 characters.',
      tags: 'Choose at most 3.',
    });
    assert.deepEqual(problems('😀😀😀', ['a', 'b']), {});
  });

  it('says at each field what is wrong with it', () => {
    const { problems } = readForm(fields, { days: '2.5', units: 'kelvin', mail: 'nobody', area: '{' });
    assert.deepEqual(problems, {
      city: 'Fill this in.',
      days: 'Write a whole number.',
      units: 'Choose one.',
      mail: 'Write an e-mail address, name@example.com.',
      area: 'This is not valid JSON. Texts stand in double quotes.',
    });
    assert.match(readForm(fields, { days: '9' }).problems.days ?? '', /at most 7/);
  });

  it('takes a field by any name as data', () => {
    const odd = fieldsOf(JSON.parse('{"properties": {"__proto__": {"type": "string"}}}'));
    const { input } = readForm(odd, JSON.parse('{"__proto__": "x"}'));
    assert.deepEqual(Object.entries(input), [['__proto__', 'x']]);
  });
});
