/** The source of vigie.yaml that reads what `writeOutreach` writes; `more`: feeds beside. */
export const outreachSource = (
  domain: string,
  more = '',
): string => `  # What the mail tool, the networks, a search service and the survey tool export, and what somebody notes of competitors.
  - kind: files
    name: outreach
    title: { en: Outreach, fr: Communication }
    feeds:
      - table: email_sends
        path: exports/outreach/mails.csv
        max_age_days: 9
        columns:
          campaign_id: Campaign
          campaign_name: Name
          sent_on: Sent
          sent_count: Recipients
          bounce_count: Bounced
          unique_open_count: Opened
          proxy_open_count: Machine
          unique_click_count: Clicked
          unsubscribe_count: Left
          mobile_open_count: Phone
          desktop_open_count: Computer
          webmail_open_count: Browser
      - table: social_audience
        path: exports/outreach/followers.csv
        columns:
          network: { from: Network, values: { LinkedIn: linkedin, Facebook: facebook } }
          account_id: Account
          counted_on: Day
          follower_count: Followers
      - table: social_activity
        path: exports/outreach/posts.csv
        columns:
          network: { from: Network, values: { LinkedIn: linkedin, Facebook: facebook } }
          account_id: Account
          active_on: Day
          impression_count: Shown
          engagement_count: Engagements
      - table: search_visibility
        path: exports/outreach/search.csv
        columns:
          domain: Domain
          country: Database
          month_on: { from: Month, format: YYYY-MM }
          own: { cases: [{ when: { column: Domain, equals: ${domain} }, then: "true" }], else: "false" }
          organic_traffic: Organic Traffic
          paid_traffic: Adwords Traffic
      - table: competitor_events
        path: exports/outreach/moves.csv
        max_age_days: 60
        columns: { event_id: Number, event_on: Day, competitor: Competitor, kind: Kind, title: Title }
      - table: survey_answers
        path: exports/outreach/answers.csv
        columns:
          answer_id: Number
          answered_at: Answered
          kind: { constant: recommendation }
          score: Recommend
          region: Region
      - table: survey_answers
        path: exports/outreach/answers.csv
        columns:
          answer_id: Number
          answered_at: Answered
          kind: { constant: satisfaction }
          score: Satisfied
          best_score: { constant: "5" }
          region: Region
${more}`;

/** The feed that reads what `writeClicks` writes. */
export const clicksFeed = (
  domain: string,
): string => `      # What Google itself counted of the company's own site: beside the service's estimates, in another table.
      - table: search_clicks
        path: exports/outreach/google.csv
        max_age_days: 3
        columns:
          searched_on: Date
          site: { constant: 'sc-domain:${domain}' }
          device: { from: Device, values: { DESKTOP: desktop, MOBILE: mobile, TABLET: tablet } }
          country: { from: Country, values: { fra: FR, deu: DE, che: CH, bel: BE, zzz: ZZ } }
          click_count: Clicks
          impression_count: Impressions
`;
