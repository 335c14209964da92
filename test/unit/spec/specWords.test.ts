/** Documents in other languages: Kiro translates the headings, and at times the keywords. */
import { strict as assert } from 'node:assert';
import { parseRequirements } from '../../../src/core/spec/requirements/parseRequirements';
import { lintText } from '../../support/lintText';

const LANGUAGES: readonly (readonly [
  language: string,
  section: string,
  head: string,
  criteria: string,
  one: string,
])[] = [
  [
    'Spanish',
    'Requisitos',
    'Requisito 1: Puerta',
    'Criterios de Aceptación',
    'WHEN una llave encaja, THE Puerta SHALL abrirse',
  ],
  [
    'Spanish keywords',
    'Requisitos',
    'Requerimiento 1',
    'Criterios de aceptación',
    'CUANDO una llave encaja ENTONCES el sistema DEBERÁ abrir la puerta',
  ],
  [
    'Portuguese',
    'Requisitos',
    'Requisito R1: Porta',
    'Critérios de Aceitação',
    'THE Sistema SHALL abrir a porta',
  ],
  [
    'Portuguese keywords',
    'Requisitos',
    'Requisito 1',
    'Critérios de aceite:',
    'QUANDO a chave serve O SISTEMA DEVE abrir a porta',
  ],
  [
    'Italian',
    'Requisiti',
    'Requisito 1',
    'Criteri di accettazione',
    'WHEN la chiave entra THEN THE Porta SHALL aprirsi',
  ],
  [
    'French',
    'Exigences',
    'Exigence 1 : Porte',
    'Critères d’acceptation',
    'WHEN une clé entre, THE Porte SHALL ouvrir',
  ],
  [
    'German',
    'Anforderungen',
    'Anforderung 1',
    'Akzeptanzkriterien',
    'WENN ein Schlüssel passt DANN SOLL das System die Tür öffnen',
  ],
  [
    'Russian',
    'Требования',
    'Требование 1: Дверь',
    'Критерии приемки',
    'WHEN ключ подходит THEN система SHALL открыть дверь',
  ],
  [
    'Russian keywords',
    'Требования',
    '1. Дверь',
    'Критерии Приемки',
    'КОГДА ключ подходит, ТО система ДОЛЖНА открыть дверь',
  ],
  [
    'Polish',
    'Wymagania',
    'Wymaganie 1',
    'Kryteria akceptacji',
    'WHEN klucz pasuje, THE Drzwi SHALL się otworzyć',
  ],
  ['Vietnamese', 'Yêu cầu', 'Yêu cầu 1: Cửa', 'Tiêu chí chấp nhận', 'WHEN chìa khóa vừa, THE Cửa SHALL mở'],
  ['Chinese', '需求', '需求 1：门', '验收标准', 'WHEN 钥匙合适，THE 门 SHALL 打开'],
  ['Chinese of Taiwan', '需求', '需求 1', '驗收標準', 'WHEN 鑰匙合適，THE 門 SHALL 打開'],
  ['Japanese', '要件', '要件1：ドア', '受入基準（EARS記法）', 'WHEN 鍵が合う THEN THE ドア SHALL 開く'],
  [
    'Korean',
    '요구사항',
    '요구사항 1: 문',
    '수용 기준 (Acceptance Criteria)',
    'WHEN 열쇠가 맞으면, THE 문 SHALL 열린다',
  ],
  [
    'English with a note',
    'Requirements',
    'Requirement 1',
    '✅ **Acceptance Criteria (EARS Format)**:',
    'THE Door SHALL open',
  ],
];

describe('Requirements in other languages', () => {
  for (const [language, section, head, criteria, one] of LANGUAGES) {
    it(`are read: ${language}`, () => {
      for (const mark of [`#### ${criteria}`, `**${criteria.replaceAll('**', '')}**`]) {
        const text = `# X\n\n## ${section}\n\n### ${head}\n\n${mark}\n\n1. ${one}\n2. 1 → 2\n`;
        const { requirements } = parseRequirements(text);
        assert.deepEqual(
          requirements.map(({ id, criteria: all }) => [id, all.map((each) => `${each.id} ${each.text}`)]),
          [['1', [`1.1 ${one}`, '1.2 1 → 2']]],
          mark,
        );
        assert.deepEqual(
          lintText(text).filter(({ severity, code }) => severity === 'error' || /^D0[12]/.test(code)),
          [],
        );
      }
    });
  }

  it('are not read from words that only look alike', () => {
    for (const line of [
      '#### Evaluation criteria',
      '#### Kriterien',
      '**Success Criteria**',
      '#### 标准',
      '#### Scenarios',
    ])
      assert.deepEqual(
        parseRequirements(`### Requirement 1\n\n${line}\n\n1. One\n2. Two\n`).requirements[0]?.criteria,
        [],
        line,
      );
  });
});
