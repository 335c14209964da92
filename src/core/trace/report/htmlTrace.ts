/** The trace as one page. */
import { escaped, htmlPage } from '../../util/htmlPage';
import type { CriterionTrace, Level, Status, TraceGraph } from '../model';
import { orphanWords, shownLevels, summaryWords } from './traceWords';

const WORDS: Readonly<Record<Status, string>> = { covered: 'covered', suspect: 'suspect', uncovered: 'none' };

const STYLE = `
body { max-width: 1200px; }
h2 { font-size: 16px; margin: 32px 0 4px; }
p { margin: 0 0 12px; color: var(--dim); }
form { display: flex; flex-wrap: wrap; gap: 8px 16px; margin: 16px 0; align-items: center; }
input[type=search] { flex: 1 1 200px; padding: 6px 10px; font: inherit; color: inherit; background: var(--soft); border: 1px solid var(--line); border-radius: 6px; }
label { display: inline-flex; gap: 6px; align-items: center; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 8px; }
th, td { padding: 6px 12px; }
thead th { border-top: 0; background: var(--soft); color: var(--dim); font-weight: 600; white-space: nowrap; }
tbody th { font-weight: 600; white-space: nowrap; font-variant-numeric: tabular-nums; }
td.text { min-width: 260px; }
td small { display: block; color: var(--dim); overflow-wrap: anywhere; }
.covered { color: var(--good); } .suspect { color: var(--warn); } .uncovered { color: var(--bad); }
.state { white-space: nowrap; font-weight: 600; }
li { color: var(--warn); }
[hidden] { display: none; }
@media print { form { display: none; } }
`;

/** Filters rows; without it, everything is shown. */
const SCRIPT = `
const form = document.querySelector('form'), rows = [...document.querySelectorAll('tbody tr')];
form.hidden = false;
const apply = () => {
  const words = form.words.value.toLowerCase(), gaps = form.gaps.checked;
  for (const row of rows) row.hidden = (gaps && row.dataset.deep === 'covered') || !row.textContent.toLowerCase().includes(words);
};
form.addEventListener('input', apply);
form.addEventListener('submit', (event) => event.preventDefault());
document.addEventListener('keydown', (event) => {
  if (event.key === '/' && document.activeElement !== form.words) { event.preventDefault(); form.words.focus(); }
});
`;

export function htmlTrace(graphs: readonly TraceGraph[]): string {
  const title = graphs.length === 1 ? `Trace of ${graphs[0]?.spec}` : 'Trace';
  const body = `<p>Each criterion, and what covers it. Deep is the least of the levels that count.</p>
<form hidden role="search"><input type="search" name="words" aria-label="Find" placeholder="Find ( / )"><label><input type="checkbox" name="gaps"> gaps only</label></form>
${graphs.map(section).join('\n')}`;
  return htmlPage({ title, style: STYLE, body, script: SCRIPT });
}

function section(graph: TraceGraph): string {
  const columns = shownLevels(graph);
  const orphans = graph.orphans.map((orphan) => `<li>${escaped(orphanWords(orphan))}</li>`);
  const duplicates = graph.duplicates.map((id) => `<li>${escaped(id)} is defined more than once</li>`);
  return `<section>
<h2>${escaped(graph.spec)}</h2>
<p>${escaped(summaryWords(graph))}</p>
${orphans.length + duplicates.length > 0 ? `<ul>${[...orphans, ...duplicates].join('')}</ul>` : ''}
<div class="scroll" tabindex="0" role="region" aria-label="${escaped(graph.spec)}"><table>
<thead><tr><th scope="col">id</th><th scope="col">criterion</th>${columns.map((level) => `<th scope="col">${level}</th>`).join('')}<th scope="col">deep</th></tr></thead>
<tbody>
${graph.criteria.map((trace) => row(trace, columns)).join('\n')}
</tbody>
</table></div>
</section>`;
}

function row({ id, text, levels, deep }: CriterionTrace, columns: readonly Level[]): string {
  const cells = columns.map((level) => {
    const { status, links } = levels[level];
    const labels = links.map(
      ({ label, reason }) =>
        `<small>${escaped(label)}${reason === undefined ? '' : `: ${escaped(reason)}`}</small>`,
    );
    return `<td><span class="state ${status}">${WORDS[status]}</span>${labels.join('')}</td>`;
  });
  return `<tr data-deep="${deep}"><th scope="row">${escaped(id)}</th><td class="text">${escaped(text)}</td>${cells.join('')}<td><span class="state ${deep}">${WORDS[deep]}</span></td></tr>`;
}
