/** What a Lambda function URL hands in (payload 2.0), as far as it is looked at. https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html */
export interface UrlRequest {
  readonly rawPath: string;
  readonly rawQueryString: string;
  /** `name=value` each. */
  readonly cookies?: readonly string[];
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
  readonly requestContext: { readonly http: { readonly method: string } };
}

/** What it is answered with. */
export interface UrlAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: string;
}
