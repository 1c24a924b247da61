/** What people read who are not let in, in each language. */
export const words = {
  en: {
    needed: 'This report is for your company. Please sign in.',
    signIn: 'Sign in',
    circle:
      'You have signed in, and the site still does not let you in. Tell whoever looks after Vigie: the key of the site and the secret site-key do not belong together, or this machine’s clock is wrong.',
    refused: 'You have signed in, and this report is not for your account. Ask whoever looks after Vigie.',
    stale: 'This sign-in was begun too long ago, or in another browser. Begin again.',
    failed: 'Signing in did not work. Try again; if it does not help, tell whoever looks after Vigie.',
    out: 'You are signed out of the report. Your sign-in with your company may still be there.',
    missing: 'There is no such page. A day’s pages are there once its run has ended.',
    toAllDays: 'All days',
  },
  fr: {
    needed: 'Ce rapport est réservé à votre entreprise. Identifiez-vous.',
    signIn: 'S’identifier',
    circle:
      'Vous êtes identifié, et le site ne vous laisse toujours pas entrer. Dites-le à qui s’occupe de Vigie : la clé du site et le secret site-key ne vont pas ensemble, ou l’horloge de cette machine est fausse.',
    refused:
      'Vous êtes identifié, mais ce rapport n’est pas pour votre compte. Demandez à qui s’occupe de Vigie.',
    stale: 'Cette identification a commencé il y a trop longtemps, ou dans un autre navigateur. Recommencez.',
    failed:
      'L’identification n’a pas réussi. Réessayez ; si rien n’y fait, dites-le à qui s’occupe de Vigie.',
    out: 'Vous avez quitté le rapport. Votre identification auprès de votre entreprise peut durer encore.',
    missing: 'Cette page n’existe pas. Les pages d’un jour sont là une fois son calcul terminé.',
    toAllDays: 'Tous les jours',
  },
} as const;

export type Saying = 'needed' | 'circle' | 'refused' | 'stale' | 'failed' | 'out' | 'missing';
