import { z } from 'zod';
import type { Path } from './mistake.ts';

/**
 * The fields a schema allows at a path of the data: for "did you mean". Where several forms are possible, those of
 * the one the data names by its discriminator, else of all.
 */
export function fieldsAt(schema: z.ZodType, data: unknown, path: Path): string[] {
  const [part, ...rest] = path;
  const forms = formsOf(schema, data);
  if (part === undefined)
    return [
      ...new Set(forms.flatMap((form) => (form instanceof z.ZodObject ? Object.keys(form.shape) : []))),
    ];
  const inside =
    typeof data === 'object' && data !== null ? (data as Record<string | number, unknown>)[part] : undefined;
  return [
    ...new Set(forms.flatMap((form) => below(form, part)).flatMap((next) => fieldsAt(next, inside, rest))),
  ];
}

/** A schema without its wrappers; a union as its options. */
function formsOf(schema: z.ZodType, data: unknown): z.ZodType[] {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault
  ) {
    return formsOf(schema.unwrap() as z.ZodType, data);
  }
  if (schema instanceof z.ZodPipe) return formsOf(schema.in as unknown as z.ZodType, data);
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const { discriminator } = schema.def;
    const named = (data as Record<string, unknown> | null | undefined)?.[discriminator];
    const options = schema.options as unknown as z.ZodObject[];
    const chosen = options.filter(
      (option) => (option.shape[discriminator] as z.ZodType).safeParse(named).success,
    );
    return chosen.length > 0 ? chosen : options;
  }
  if (schema instanceof z.ZodUnion)
    return (schema.options as unknown as z.ZodType[]).flatMap((option) => formsOf(option, data));
  return [schema];
}

function below(schema: z.ZodType, part: string | number): z.ZodType[] {
  if (schema instanceof z.ZodObject)
    return Object.hasOwn(schema.shape, part) ? [schema.shape[part] as z.ZodType] : [];
  if (schema instanceof z.ZodArray) return [schema.element as unknown as z.ZodType];
  if (schema instanceof z.ZodRecord) return [schema.valueType as unknown as z.ZodType];
  if (schema instanceof z.ZodTuple)
    return (schema.def.items as unknown as z.ZodType[]).slice(Number(part), Number(part) + 1);
  return [];
}
