/** The trace as one page that needs nothing else: readable without script, in the dark, on paper. */
import type { CriterionTrace, Level, Status, TraceGraph } from '../model';
import { orphanWords, shownLevels, summaryWords } from './traceWords';

const WORDS: Readonly<Record<Status, string>> = { covered: 'covered', suspect: 'suspect', uncovered: 'none' };

const STYLE = `
:root { color-scheme: light dark; --ink: #1f2328; --dim: #59636e; --paper: #ffffff; --line: #d1d9e0; --soft: #f6f8fa; --good: #1a7f37; --warn: #9a6700; --bad: #d1242f; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --dim: #9198a1; --paper: #0d1117; --line: #30363d; --soft: #151b23; --good: #3fb950; --warn: #d29922; --bad: #f85149; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1200px; padding: 24px 20px 64px; font: 14px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
h1 { font-size: 20px; margin: 0 0 4px; } h2 { font-size: 16px; margin: 32px 0 4px; }
p { margin: 0 0 12px; color: var(--dim); }
form { display: flex; flex-wrap: wrap; gap: 8px 16px; margin: 16px 0; align-items: center; }
input[type=search] { flex: 1 1 200px; padding: 6px 10px; font: inherit; color: inherit; background: var(--soft); border: 1px solid var(--line); border-radius: 6px; }
label { display: inline-flex; gap: 6px; align-items: center; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 8px; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 6px 12px; border-top: 1px solid var(--line); }
thead th { border-top: 0; background: var(--soft); color: var(--dim); font-weight: 600; white-space: nowrap; }
tbody th { font-weight: 600; white-space: nowrap; font-variant-numeric: tabular-nums; }
td.text { min-width: 260px; }
td small { display: block; color: var(--dim); overflow-wrap: anywhere; }
.covered { color: var(--good); } .suspect { color: var(--warn); } .uncovered { color: var(--bad); }
.state { white-space: nowrap; font-weight: 600; }
ul { padding-left: 20px; } li { color: var(--warn); }
:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
[hidden] { display: none; }
@media print { form { display: none; } body { max-width: none; } }
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
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
<p>Each criterion, and what covers it. Deep is the least of the levels that count.</p>
<form hidden role="search"><input type="search" name="words" aria-label="Find" placeholder="Find ( / )"><label><input type="checkbox" name="gaps"> gaps only</label></form>
${graphs.map(section).join('\n')}
<script>${SCRIPT}</script>
</body>
</html>
`;
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

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
