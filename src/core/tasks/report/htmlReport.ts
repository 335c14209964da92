/** A report of a run as one page. */
import { escaped, htmlPage } from '../../util/htmlPage';
import type { Evidence } from '../evidence/model';
import {
  type CheckRow,
  checkTable,
  type DoneRow,
  doneTable,
  failingOutput,
  type ReportedTask,
  type ReportTable,
  type RunReport,
} from './runReport';
import { SUSPICION_WORDS } from './taskWords';

const STYLE = `
body { max-width: 960px; }
h2 { font-size: 16px; margin: 28px 0 8px; }
p { margin: 0 0 8px; } .dim { color: var(--dim); }
.next { padding: 8px 12px; border-left: 3px solid var(--warn); background: var(--soft); }
.scroll { overflow-x: auto; }
table { font-variant-numeric: tabular-nums; }
th, td { padding: 5px 12px 5px 0; overflow-wrap: anywhere; }
thead th { border-top: 0; color: var(--dim); font-weight: 400; } tbody th { font-weight: 600; }
code, pre { font: 12px/1.5 ui-monospace, monospace; }
pre { padding: 8px 12px; background: var(--soft); border-radius: 4px; white-space: pre-wrap; overflow-wrap: anywhere; }
details { border-top: 1px solid var(--line); padding: 6px 0; } summary { cursor: pointer; font-weight: 600; }
ul { margin: 6px 0; }
.good { color: var(--good); } .warn { color: var(--warn); } .bad { color: var(--bad); }
`;

export function htmlReport(report: RunReport): string {
  const { title, summary, facts, fewer, reopened, done, left, proved, unproven, files, next } = report;
  const tried = [...left, ...done];
  const body = `<p><strong>${escaped(summary)}</strong></p>
<p class="dim">${escaped(facts.join(' · '))}</p>
${fewer === undefined ? '' : `<p class="dim">${escaped(fewer)}</p>`}
${[next, reopened].map((words) => (words === undefined ? '' : `<p class="next">${escaped(words)}</p>`)).join('\n')}
${section('What is left', list(left.map(({ name, word, why }) => `<strong>${escaped(name)}</strong>: <span class="bad">${word}</span>. ${escaped(why)}`)))}
${section('What was done', table(doneTable(done), doneRow))}
${section('Criteria', criteria(proved, unproven))}
${section('Evidence', tried.map(evidenceOf).join('\n'))}
${section('Files', list(files.map((path) => `<code>${escaped(path)}</code>`)))}`;
  return htmlPage({ title, style: STYLE, body });
}

function section(title: string, body: string): string {
  return body === '' ? '' : `<section><h2>${title}</h2>\n${body}\n</section>`;
}

function list(items: readonly string[]): string {
  return items.length === 0 ? '' : `<ul>${items.map((item) => `<li>${item}</li>`).join('\n')}</ul>`;
}

function table<Row>({ heads, rows }: ReportTable<Row>, row: (of: Row) => string): string {
  const head = heads.map((each) => `<th scope="col">${each}</th>`).join('');
  return rows.length === 0
    ? ''
    : `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>\n${rows.map(row).join('\n')}\n</tbody></table></div>`;
}

function doneRow({ name, proof, files, time, cost }: DoneRow): string {
  return `<tr><th scope="row"><span class="good">✔</span> ${escaped(name)}</th><td>${proof.map(escaped).join('<br>')}</td><td>${files}</td><td>${time}</td><td>${escaped(cost)}</td></tr>`;
}

function checkRow({ command, before, after, verdict, isFine }: CheckRow): string {
  return `<tr><th scope="row"><code>${escaped(command)}</code></th><td>${escaped(before)}</td><td>${escaped(after)}</td><td class="${isFine ? 'good' : 'bad'}">${verdict}</td></tr>`;
}

function criteria(proved: readonly string[], unproven: readonly string[]): string {
  return list([
    ...(proved.length > 0
      ? [`<span class="good">Proved by a test that ran</span>: ${escaped(proved.join(', '))}`]
      : []),
    ...(unproven.length > 0 ? [`<span class="warn">Unproven</span>: ${escaped(unproven.join(', '))}`] : []),
  ]);
}

function evidenceOf({ name, word, state, evidence }: ReportedTask): string {
  if (evidence === undefined) return '';
  const open = state === 'open' ? ' open' : '';
  return `<details${open}><summary>${escaped(name)}: ${word}</summary>\n${evidenceBody(evidence)}\n</details>`;
}

function evidenceBody(evidence: Evidence): string {
  const { reasons, suspicions, review, files, ...said } = evidence;
  const tail = failingOutput(evidence);
  return [
    list([
      ...reasons.map(escaped),
      ...(said.nothingToChange === undefined
        ? []
        : [`The agent says that nothing had to change: ${escaped(said.nothingToChange)}`]),
      ...(said.despite === undefined ? [] : [escaped(said.despite)]),
      ...suspicions.map(
        ({ kind, detail }) => `<span class="warn">${SUSPICION_WORDS[kind]}</span>: ${escaped(detail)}`,
      ),
    ]),
    table(checkTable(evidence), checkRow),
    tail === '' ? '' : `<pre>${escaped(tail)}</pre>`,
    list(
      (review ?? []).map(
        ({ id, met, why, places }) =>
          `<span class="${met ? 'good' : 'bad'}">${escaped(id)} ${met ? 'met' : 'not met'}</span>: ${escaped([why, ...places].join(' '))}`,
      ),
    ),
    list(
      files.map(
        ({ path, added, removed, outside }) =>
          `<code>${escaped(path)}</code> +${added} −${removed}${outside ? ' <span class="warn">outside the boundary</span>' : ''}`,
      ),
    ),
  ].join('\n');
}
