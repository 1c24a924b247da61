import { readFileSync } from 'node:fs';

/** The context that the `cdk` command would hand to the app: for what synthesises without it. */
export function cdkContext(): Record<string, unknown> {
  const file = new URL('../cdk.json', import.meta.url);
  const { context } = JSON.parse(readFileSync(file, 'utf8')) as { readonly context: Record<string, unknown> };
  return context;
}
