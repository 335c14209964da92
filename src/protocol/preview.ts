/** Messages between the extension and the preview of a design. */
export interface PreviewModel {
  readonly spec: string;
  /** `design.md`. */
  readonly fileName: string;
  /** Undefined: the document is not written yet. */
  readonly markdown: string | undefined;
}

export type ToPreview = { readonly type: 'model'; readonly model: PreviewModel };

export type FromPreview = { readonly type: 'ready' } | { readonly type: 'open' };
