/** Buttons. At most one filled one in a view: the next right act. */
import type { ComponentChildren, JSX } from 'preact';
import { Icon } from './icon';
import type { IconName } from './iconNames';
import { keyText } from './keyText';

export interface ButtonProps {
  readonly label: ComponentChildren;
  readonly onPress: () => void;
  readonly look?: 'filled' | 'inline' | 'bare' | 'inline bare' | undefined;
  readonly icon?: IconName | undefined;
  /** Shown after the label, `Ctrl+Enter`. */
  readonly shortcut?: string | undefined;
  /** Shown before the label as a key cap, `1`. */
  readonly cap?: string | undefined;
  /** Why it may not be pressed now. It stays reachable, so that the reason can be read. */
  readonly blocked?: string | undefined;
  readonly title?: string | undefined;
  readonly tabIndex?: number | undefined;
  /** One of several, of which this is chosen. */
  readonly pressed?: boolean | undefined;
  /** To tell it from others in styles and tests. */
  readonly act?: string | undefined;
}

export function Button(props: ButtonProps): JSX.Element {
  const { look, icon, shortcut, cap, blocked } = props;
  return (
    <button
      type="button"
      class={look ? `button ${look}` : 'button'}
      aria-disabled={blocked ? 'true' : undefined}
      aria-pressed={props.pressed}
      aria-keyshortcuts={(shortcut ?? cap)?.replace('Ctrl', 'Control').replace('Esc', 'Escape')}
      title={blocked ?? props.title}
      tabIndex={props.tabIndex}
      data-act={props.act}
      onClick={(event) => {
        event.stopPropagation();
        if (!blocked) props.onPress();
      }}
    >
      {cap && (
        <span class="key" aria-hidden="true">
          {cap}
        </span>
      )}
      {icon && <Icon name={icon} />}
      <span class="label">{props.label}</span>
      {shortcut && (
        <span class="shortcut" aria-hidden="true">
          {keyText(shortcut)}
        </span>
      )}
    </button>
  );
}

export interface IconButtonProps {
  readonly icon: IconName;
  /** What it does, with its key: the only words there are. */
  readonly label: string;
  readonly onPress: () => void;
  readonly tabIndex?: number | undefined;
  readonly expanded?: boolean | undefined;
  readonly act?: string | undefined;
}

export function IconButton({ icon, label, onPress, tabIndex, expanded, act }: IconButtonProps): JSX.Element {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={label}
      title={label}
      aria-expanded={expanded}
      tabIndex={tabIndex}
      data-act={act}
      onClick={(event) => {
        event.stopPropagation();
        onPress();
      }}
    >
      <Icon name={icon} />
    </button>
  );
}
