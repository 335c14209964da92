/** What the parts of requirements.md are called: Kiro writes documents in the language that it is spoken to in. */

const REQUIREMENT_WORDS = [
  'requirement',
  'req\\.?',
  'requisito',
  'requerimiento',
  'exigence',
  'anforderung',
  'требование',
  'вимога',
  'wymaganie',
  'vereiste',
  'gereksinim',
  'yêu cầu',
  'persyaratan',
  '需求',
  '要件',
  '要求',
  '요구 ?사항',
];

const CRITERIA_WORDS = [
  'acceptance (?:criteria|scenarios)',
  'criteria',
  'criterios de aceptación',
  'critérios de aceita?[çc][ãa]o',
  'critérios de aceite',
  'criteri di accettazione',
  "crit[èe]res d[’']acceptation",
  'akzeptanzkriterien',
  'abnahmekriterien',
  'критерии при[её]мки',
  'критерии принятия',
  'критерії (?:прийняття|приймання)',
  'kryteria akceptacji',
  'acceptatiecriteria',
  'kabul kriterleri',
  'tiêu chí chấp nhận',
  'kriteria penerimaan',
  '(?:验收|接受)(?:标准|准则|条件)',
  '驗收(?:標準|準則|條件)',
  '受け?入れ?(?:基準|条件)',
  '(?:수용|인수|승인|수락) ?(?:기준|조건)',
];

/** A requirement's heading begins with one of them, and a number. */
export const REQUIREMENT = `(?:${REQUIREMENT_WORDS.join('|')})`;

/** What stands before the ids of requirements: `_Requirements: 1.2_`, `_Requisitos: 1.2_`, `_需求: 1.2_`. */
export const REQUIREMENTS = `(?:${REQUIREMENT}(?:e?s|en|n|ler)?|требования|вимоги|wymagania)`;

/** `Acceptance Criteria (EARS):` alone in a line, a number and a sign before it. Letters are small. */
const CRITERIA = new RegExp(
  String.raw`^(?:\d+(?:\.\d+)*\.? )?[^\p{L}\p{N}]*(?:${CRITERIA_WORDS.join('|')}) ?(?:[(（][^()（）]*[)）] ?)?[:：]?$`,
  'u',
);
/** What every such line has in it. */
const MAY_BE_CRITERIA = /[ck]r[iy]t|крит|scenarios|tiêu chí|标准|准则|条件|標準|準則|條件|基準|기준|조건/i;
const LONGEST_CRITERIA = 70;

/** May a text have a line that says that criteria follow? Quickly told. */
export function mayNameCriteria(text: string): boolean {
  return MAY_BE_CRITERIA.test(text);
}

/** Does a line say that criteria follow? */
export function namesCriteria(line: string): boolean {
  if (line.length > LONGEST_CRITERIA || !MAY_BE_CRITERIA.test(line)) return false;
  return CRITERIA.test(line.replace(/[*_]+/g, '').replace(/\s+/g, ' ').trim().toLowerCase());
}
