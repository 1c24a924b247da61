import pc from 'picocolors';
import { formatChange, formatValue } from '../../functions/report/format.ts';
import { readJson } from '../../functions/platform/bucket.ts';
