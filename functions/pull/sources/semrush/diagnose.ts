import { alike, diagnosing } from '../../api/kit/errors.ts';
import { errorIn, NOTHING_FOUND } from './client.ts';

const UNITS = {
  kind: 'refused',
  hint: 'The account’s API units or limits are used up, or its plan lacks this report: see Subscription info › API units. What was complete is kept, and the next run reads on.',
} as const;

/** `ERROR 132 :: API UNITS BALANCE IS ZERO`, as plain text and with a good status: https://developer.semrush.com/api/v3/get-started/error-messages */
export const diagnose = diagnosing({
  hides: ({ text }) => {
    const error = errorIn(text);
    return error !== undefined && error.code !== NOTHING_FOUND;
  },
  said: (_, { text }) => errorIn(text),
  meanings: {
    120: {
      kind: 'no-permission',
      hint: 'The API key is wrong: copy it from Subscription info › API units and store it as `{"key": …}`.',
    },
    ...alike([130, 131, 132, 134, 135], UNITS),
    133: {
      kind: 'no-permission',
      hint: 'The plan does not open one of `databases`: name others, or ask SEMrush.',
    },
  },
});
