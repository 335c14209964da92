// The conformance suite is written for a newer Node, of which it uses `globSync` for files that we do not have.
import { register } from 'node:module';

const shim = "export * from 'node:fs'; export { default } from 'node:fs'; export const globSync = () => [];";
const hooks = `export async function resolve(name, context, next) {
  if (name !== 'fs' || !context.parentURL?.includes('/conformance/dist/')) return next(name, context);
  return { url: ${JSON.stringify(`data:text/javascript,${encodeURIComponent(shim)}`)}, shortCircuit: true };
}`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
