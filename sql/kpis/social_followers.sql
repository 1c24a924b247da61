/*
names:
  en: Followers
  fr: Abonnés sur les réseaux sociaux
describes:
  en: >-
    Followers of the company's accounts on the day, as the networks count them. A day that was not recorded has no figure.
  fr: >-
    Abonnés des comptes de l’entreprise ce jour-là, tels que les réseaux les comptent. Un jour non relevé n’a pas de valeur.
advice:
  en: >-
    A drop overnight: the network removed fake accounts, or an account was closed or renamed. A missing day cannot be read again.
  fr: >-
    Une chute d’un jour à l’autre : le réseau a supprimé de faux comptes, ou un compte a été fermé ou renommé. Un jour manquant ne
    se relit pas.
unit: count
numerator: sum follower_count
good: up
windows: [day]
headline: day
dimensions: [network]
theme: channels
audience: [marketing]
*/
SELECT counted_on AS day, network, follower_count
FROM social_audience
