/*
names:
  en: Units added to carts
  fr: Unités ajoutées au panier
describes:
  en: Units of all items added to carts, ordered afterwards or not, on the day on which they were added.
  fr: Unités de tous les articles ajoutés aux paniers, commandés ensuite ou non, au jour de leur ajout.
advice:
  en: >-
    Compare with sessions: fewer visitors, or less interest of each? Set categories against last year to tell the
    season from a problem.
  fr: >-
    Comparer aux visites : moins de visiteurs, ou moins d’intérêt ? Comparer les catégories à l’an dernier pour
    distinguer la saison d’un problème.
unit: units
numerator: sum quantity
good: up
windows: [day, last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
dimensions: [category, brand]
# A line is filed under the day on which its cart settles, which comes after the day on which the item was added.
reads:
  cart_lines: { ahead: all }
theme: storefront
audience: [ecommerce, marketing]
*/
SELECT added_on AS day, product_id, quantity
FROM cart_lines
