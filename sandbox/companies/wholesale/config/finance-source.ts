/** Files kept by hand. */
export const financeSource = `  # Kept by hand in the office, in French and in a spreadsheet: targets, budgets, cost beyond media.
  - kind: files
    name: finance
    max_rejected_share: 0.02
    feeds:
      - table: targets
        path: exports/finance/targets.csv
        delimiter: ';'
        decimal: ','
        dates: DD/MM/YYYY
        columns:
          kpi: Indicateur
          dimension: Dimension
          member: Membre
          starts_on: Du
          ends_on: Au
          value: Valeur
      - table: budgets
        path: exports/finance/budgets.csv
        delimiter: ';'
        decimal: ','
        thousands: ' '
        dates: DD/MM/YYYY
        columns:
          budget_id: Budget
          starts_on: Du
          ends_on: Au
          channel: Canal
          category: Poste
          amount: Montant
          currency: Devise
      - table: market_sizes
        path: exports/finance/market_sizes.csv
        delimiter: ';'
        decimal: ','
        thousands: ' '
        dates: DD/MM/YYYY
        columns:
          market_id: Marché
          starts_on: Du
          ends_on: Au
          region: Région
          amount: Montant
          currency: Devise
      # Who agrees to be reminded of articles: the addresses themselves are never stored, only hashes.
      - table: consents
        path: exports/finance/consentements.csv
        delimiter: ';'
        timestamps: DD/MM/YYYY HH:mm
        max_age_days: null
        columns:
          person: { hash_email: Courriel, as: person }
          email_hash: { hash_email: Courriel }
          google_email_hash: { hash_email: Courriel, as: google }
          customer_id: Client
          purpose: { from: Usage, values: { publicité: advertising } }
          said_at: Le
          granted: { from: Accord, values: { oui: true, non: false } }
      - table: marketing_costs
        path: exports/finance/marketing_costs.csv
        delimiter: ';'
        decimal: ','
        thousands: ' '
        dates: DD/MM/YYYY
        # Posted on Mondays.
        max_age_days: 8
        columns:
          cost_id: Pièce
          cost_on: Date
          kind: { from: Nature, values: { Marketing: marketing, Commercial: sales } }
          category: Poste
          channel: Canal
          amount: Montant
          currency: Devise
`;
