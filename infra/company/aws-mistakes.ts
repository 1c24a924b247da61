import { resolve } from 'node:path';
import type { Company } from '../../functions/lake/company/company.ts';
import type { Mistake } from '../../functions/lake/yaml/mistake.ts';
import { addressIn, isPublicAddress } from '../../functions/platform/address.ts';
import { readAuthorities } from '../../functions/platform/authorities.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import { skipped } from './summer-time.ts';

/**
 * What a company’s file may say for a run on one machine, and not for AWS. `folder`: where vigie.yaml stands; `today`
 * (YYYY-MM-DD): from when on summer time is looked at.
 */
export function awsMistakes(company: Company, folder: string, today: string): Mistake[] {
  return [
    ...senderMistakes(company),
    ...timeMistakes(company, today),
    ...pathMistakes(company),
    ...authorityMistakes(company, folder, today),
    ...placeMistakes(company),
  ];
}

/** What lies beside the bundle of `pull` has to be there, and be what it says, before anything is deployed. */
function authorityMistakes({ network }: Company, folder: string, today: string): Mistake[] {
  if (network.ca_file === undefined) return [];
  try {
    readAuthorities(resolve(folder, network.ca_file), new Date(today));
    return [];
  } catch (error) {
    if (!(error instanceof VigieError)) throw error;
    return [{ path: ['network', 'ca_file'], message: `${error.message}. ${error.hint ?? ''}` }];
  }
}

/** A key of KMS works in its own region only. */
function placeMistakes({ aws }: Company): Mistake[] {
  const region = aws.key?.split(':')[3];
  if (region === undefined || aws.region === undefined || region === aws.region) return [];
  return [
    {
      path: ['aws', 'key'],
      message: `the key is in ${region}, and aws.region is ${aws.region}; take a key of ${aws.region}`,
    },
  ];
}

/** SES sends from an address whose domain it has verified; and by nothing but SES do mails leave there. */
function senderMistakes({ delivery }: Company): Mistake[] {
  const address = addressIn(delivery.from);
  const found: Mistake[] = [];
  if (!isPublicAddress(address))
    found.push({
      path: ['delivery', 'from'],
      message: `${address} cannot send mails; on AWS it takes an address at a domain that Amazon SES has verified, such as Vigie <vigie@your-company.com>`,
    });
  if (/@localhost\b/.test(delivery.unsubscribe))
    found.push({
      path: ['delivery', 'unsubscribe'],
      message:
        'on AWS it takes an address that somebody reads, such as mailto:data@your-company.com?subject=unsubscribe, or an https address',
    });
  if (delivery.mailer.kind === 'smtp')
    found.push({
      path: ['delivery', 'mailer'],
      message: 'on AWS mails leave through Amazon SES; remove the mailer, or keep a file for each world',
    });
  return found;
}

function timeMistakes({ company, aws }: Company, today: string): Mistake[] {
  const found: Mistake[] = (['schedule', 'digest_by'] as const).flatMap((field) => {
    const gap = skipped(aws[field], company.time_zone, today);
    if (!gap) return [];
    return [
      {
        path: ['aws', field],
        message: `on ${gap.date} there is no ${aws[field]} in ${company.time_zone}, as summer time begins; take ${gap.until} or later`,
      },
    ];
  });
  if (aws.digest_by <= aws.schedule)
    found.push({
      path: ['aws', 'digest_by'],
      message: `${aws.digest_by} is not after aws.schedule, ${aws.schedule}; leave the run an hour or more`,
    });
  return found;
}

/** The drop folder is a prefix of the bucket: it has no parent, and there are no variables. */
function pathMistakes({ sources }: Company): Mistake[] {
  return sources.flatMap((source, sourceIndex) =>
    'feeds' in source
      ? source.feeds.flatMap(({ path }, feedIndex): Mistake[] => {
          const outside = path.startsWith('/') || path.split('/').includes('..') || path.includes('${');
          if (!outside) return [];
          return [
            {
              path: ['sources', sourceIndex, 'feeds', feedIndex, 'path'],
              message: `${path} does not exist on AWS; give it relative to the bucket’s folder inbox/, without variables, such as exports/sap/orders_*.csv`,
            },
          ];
        })
      : [],
  );
}
