/** Icons of the host's own set. Words stand beside them, so they are hidden from screen readers. */
import type { JSX } from 'preact';
import type { IconName, Tone } from './iconNames';

export interface IconProps {
  readonly name: IconName;
  readonly tone?: Tone;
  readonly small?: boolean;
}

export function Icon({ name, tone, small }: IconProps): JSX.Element {
  const classes = ['icon', 'codicon', `codicon-${name}`];
  if (tone) classes.push(`tone-${tone}`);
  if (small) classes.push('small-icon');
  return <span class={classes.join(' ')} aria-hidden="true" />;
}

/** Something goes on. The word for it stands beside. */
export function Spinner(): JSX.Element {
  return (
    <>
      <span class="spinner" aria-hidden="true" />
      <span class="still icon codicon codicon-loading" aria-hidden="true" />
    </>
  );
}
