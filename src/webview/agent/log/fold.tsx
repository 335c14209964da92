/** A line that opens: for calls, commands and checks. */
import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Icon, Spinner } from '../../shared/icon';
import type { IconName, Tone } from '../../shared/iconNames';

export interface FoldProps {
  /** Opens by itself; the person's own choice wins. */
  readonly open: boolean;
  /** Undefined: it turns. */
  readonly icon: IconName | undefined;
  readonly tone?: Tone | undefined;
  readonly label: ComponentChildren;
  /** At the right end, outside of the button. */
  readonly aside: ComponentChildren;
  /** Drawn as a box when open, not as a line with something below it. */
  readonly boxed?: boolean;
  readonly children: () => ComponentChildren;
  readonly below?: ComponentChildren;
}

export function Fold({
  open: byItself,
  icon,
  tone,
  label,
  aside,
  boxed,
  children,
  below,
}: FoldProps): JSX.Element {
  const [chosen, choose] = useState<boolean>();
  const open = chosen ?? byItself;
  return (
    <div class={open && boxed ? 'call boxed' : 'call'}>
      <div class="call-line">
        <button type="button" class="call-head" data-call aria-expanded={open} onClick={() => choose(!open)}>
          <Icon name={open ? 'chevron-down' : 'chevron-right'} />
          {icon ? <Icon name={icon} {...(tone ? { tone } : {})} /> : <Spinner />}
          <span class="call-label">{label}</span>
        </button>
        {aside}
      </div>
      {below}
      {open && <div class="call-body">{children()}</div>}
    </div>
  );
}
