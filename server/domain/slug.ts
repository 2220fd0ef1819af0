/** "Restaurant reviews" → `restaurant-reviews`. Letters and digits of any script are kept, so that a Chinese name has a slug too. */
export function slugOf(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80);
}
