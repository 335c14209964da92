/**
 * One end of the wire between the extension and a webview. The other end is the same class with the types
 * flipped. What comes in from a webview is checked by a guard before anybody sees it.
 */
export interface Wire {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): { dispose(): void };
}

export class MessageChannel<Out, In> {
  readonly #wire: Wire;
  readonly #accepts: (message: unknown) => message is In;

  constructor(wire: Wire, accepts: (message: unknown) => message is In) {
    this.#wire = wire;
    this.#accepts = accepts;
  }

  post(message: Out): void {
    this.#wire.post(message);
  }

  /** Messages of the wrong shape are dropped. */
  onMessage(listener: (message: In) => void): { dispose(): void } {
    return this.#wire.onMessage((message) => {
      if (this.#accepts(message)) listener(message);
    });
  }
}
