/** An act that cannot be done, told so that a person can mend it. Never matched by its message. */
export type ActReason =
  | 'untrusted'
  | 'noModel'
  | 'notFound'
  | 'notApproved'
  | 'busy'
  | 'invalid'
  | 'refused'
  | 'modelFailed'
  | 'limit'
  | 'changed'
  /** The model says that the change needs no spec. */
  | 'tooSmall';

export class ActError extends Error {
  readonly reason: ActReason;
  constructor(reason: ActReason, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'ActError';
    this.reason = reason;
  }
}
