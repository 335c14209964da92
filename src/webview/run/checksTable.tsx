/** Each check as it was before the task and after it. */
import type { JSX } from 'preact';
import type { CheckRow } from '../../protocol/run';
import { Icon } from '../shared/icon';
import { VERDICT_ICONS } from './looks';

export function ChecksTable({ checks }: { readonly checks: readonly CheckRow[] }): JSX.Element {
  return (
    <table class="checks">
      <thead>
        <tr>
          <th scope="col">Check</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
          <th scope="col">Verdict</th>
        </tr>
      </thead>
      <tbody>
        {checks.map(({ name, command, before, after, verdict, tone }) => (
          <tr key={name}>
            <th scope="row" class={command ? 'mono' : undefined}>
              {name}
            </th>
            <td class="dim tabular" data-column="Before">
              {before}
            </td>
            <td class="tabular" data-column="After">
              {after}
            </td>
            <td class={`tone-${tone === 'plain' ? 'dim' : tone}`} data-column="Verdict">
              <Icon name={VERDICT_ICONS[tone]} small /> {verdict}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
