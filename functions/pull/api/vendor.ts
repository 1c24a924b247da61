/** How a client reaches its vendor: every request of a source goes through here. */
export interface Vendor {
  /**
   * One answer, read whole. Waits for the vendor's limits, adds the credentials, refreshes an expired token, retries
   * what is transient (429 with Retry-After, 5xx, time-outs, dropped streams; bounded, with jitter) and throws a
   * `VigieError` for the rest: `VENDOR_REFUSED`, `VENDOR_NO_PERMISSION`, `VENDOR_VERSION_ENDED`, `VENDOR_UNAVAILABLE`
   * (`retryable`), `VENDOR_FOREIGN_ORIGIN`, `PAGE_TOO_LARGE`.
   */
  ask(request: VendorRequest): Promise<VendorAnswer>;
  /** Waits, for polling an asynchronous job: gives the moments to poll at, with back-off, until `timeoutSeconds`. Then throws `VENDOR_JOB_TIMEOUT`. */
  polls(options: {
    readonly firstSeconds: number;
    readonly mostSeconds: number;
    readonly timeoutSeconds: number;
  }): AsyncIterable<number>;
  /** This moment, for vendors that refuse to be asked for what is yet to come. */
  now(): Date;
  /** Facts for people that are no failure: unknown values, a limit nearly reached. Shown by `try` and logged. */
  note(message: string): void;
}

export interface VendorRequest {
  readonly method?: 'GET' | 'POST';
  /** Relative to the base URL, or an absolute address such as a vendor's next link. */
  readonly url: string;
  /** Added to the address, encoded; values that must stay as they are belong into `url`. */
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON when an object, form when URLSearchParams. */
  readonly body?: object | URLSearchParams | string;
  /** A signed download address on another host (listed in `ApiFacts`' page): it is asked without credentials. */
  readonly withoutCredentials?: boolean;
  /** What the answer costs at most, of the units that the company allows a month (`Limits.units`). Default 0: it is free. */
  readonly units?: number;
  /** Unpack a ZIP or gzip answer; never beyond the limit of bytes. */
  readonly unpack?: 'zip' | 'gzip' | 'none';
}

export interface VendorAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The text parsed as JSON, once. Throws `VENDOR_SHAPE` with a sample where it is none. */
  json(): unknown;
  /** What was asked, for people: no secret. */
  readonly request: string;
}

/** How requests are authorised. Secrets are named as vigie.yaml does: `${secret:google-ads}`; each holds one JSON object. */
export type Authorization =
  /** Everybody may ask. */
  | { readonly kind: 'none' }
  /** `{ "user": …, "password": … }` */
  | { readonly kind: 'basic'; readonly secret: string }
  /** `{ "token": … }`, as `Authorization: Bearer …`, or in another header. */
  | { readonly kind: 'token'; readonly secret: string; readonly header?: string; readonly prefix?: string }
  /** `{ "key": … }` in the query under this name. */
  | { readonly kind: 'query'; readonly secret: string; readonly name: string }
  /** `{ "client_id": …, "client_secret": … }` */
  | OAuthAuthorization<'client_credentials'>
  /** `{ "client_id": …, "client_secret": …, "refresh_token": … }`; a refresh token that the vendor replaces is stored at once. */
  | OAuthAuthorization<'refresh_token'>
  /**
   * A key: `{ "private_key": …, "private_key_id"?: … }` and whom it is of. The token is asked for with a JWT signed RS256
   * (RFC 7523). As it stands that is Google's key file of a service account: issuer `client_email`, audience `tokenUrl`,
   * an hour at most; `claims` says what other vendors want. `clientAuth` has no meaning here.
   */
  | OAuthAuthorization<'jwt_bearer'>;

export interface OAuthAuthorization<Grant extends 'client_credentials' | 'refresh_token' | 'jwt_bearer'> {
  readonly kind: 'oauth2';
  readonly grant: Grant;
  readonly secret: string;
  /** Absolute; the only other address that ever gets a credential. */
  readonly tokenUrl: string;
  readonly scope?: string;
  /** What a signed JWT says, where it is not Google's. */
  readonly claims?: JwtClaims;
  /** Where the vendor says with the token where it answers: Salesforce's `instance_url`. */
  readonly baseUrlFrom?: BaseUrlFrom;
  /** How the client proves itself to the token address. */
  readonly clientAuth: 'body' | 'basic';
  /** Fixed headers beside the token whose values stand in the secret: `{ 'developer-token': 'developer_token' }`. */
  readonly headersFromSecret?: Readonly<Record<string, string>>;
}

/** Salesforce wants the consumer's key as issuer, the user as subject, its login host as audience, and a few minutes. */
export interface JwtClaims {
  /** Fields of the secret. */
  readonly issuer: string;
  readonly subject?: string;
  /** Default: the token address. */
  readonly audience?: string;
  readonly lifeSeconds?: number;
}

export interface BaseUrlFrom {
  /** Field of the token's answer. */
  readonly field: string;
  /** Ends of the hosts that get credentials: `.my.salesforce.com`. Any other is refused (`VENDOR_FOREIGN_ORIGIN`). */
  readonly hosts: readonly string[];
}
