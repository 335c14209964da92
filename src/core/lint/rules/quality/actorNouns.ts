/** Nouns of what acts by itself in software, for names such as “the payment service”. */
export const ACTORS: ReadonlySet<string> = new Set(
  'adapter agent algorithm analyzer app application api backend bot broker build cli client collector compiler component controller coordinator crawler daemon database detector device dispatcher driver engine executor extension extractor firmware framework frontend function gateway generator handler hook indexer installer job kernel layer lexer library listener loader logger manager middleware module monitor notifier optimizer orchestrator parser pipeline platform plugin poller portal postprocessor preprocessor process processor program provider proxy queue recorder registry renderer resolver router runner runtime scanner scheduler sdk sender serializer server service simulator site solver store subsystem sync system tokenizer tool tracker transformer translator updater uploader validator watcher webhook website wizard worker workflow writer'.split(
    ' ',
  ),
);
