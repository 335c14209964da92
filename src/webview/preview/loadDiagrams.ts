/** Loads the program that draws diagrams, once, beside our own. */
import type { Diagrams } from './diagrams';

const own = document.currentScript instanceof HTMLScriptElement ? document.currentScript : undefined;

let loading: Promise<Diagrams> | undefined;

export function loadDiagrams(): Promise<Diagrams> {
  loading ??= new Promise((resolve, reject) => {
    const failed = (): void => reject(new Error('The program that draws diagrams could not be loaded.'));
    if (!own) return failed();
    const script = document.createElement('script');
    script.nonce = own.nonce;
    script.src = own.src.replace('preview.js', 'diagrams.js');
    script.onload = () => (globalThis.earshotDiagrams ? resolve(globalThis.earshotDiagrams) : failed());
    script.onerror = failed;
    document.head.append(script);
  });
  return loading;
}
