/** Pages in order of visit, a page that follows itself (a reload) counted once. */
export function collapseRepeats(pages: readonly string[]): readonly string[] {
  return pages.filter((page, index) => index === 0 || page !== pages[index - 1]);
}
