/** `memo` without the compatibility layer. */
import { Component, type ComponentChild, createElement, type FunctionComponent } from 'preact';

function shallowEqual(a: object, b: object): boolean {
  const left = Object.entries(a);
  const right = b as Readonly<Record<string, unknown>>;
  return left.length === Object.keys(b).length && left.every(([key, value]) => Object.is(value, right[key]));
}

/** The component, drawn again only when one of its properties is another object than before. */
export function memo<P extends object>(inner: FunctionComponent<P>): FunctionComponent<P> {
  class Memo extends Component<P> {
    override shouldComponentUpdate(next: Readonly<P>): boolean {
      return !shallowEqual(this.props, next);
    }

    override render(): ComponentChild {
      return createElement(inner, this.props as P);
    }
  }
  // Preact draws classes and functions alike; its types tell them apart.
  return Memo as unknown as FunctionComponent<P>;
}
