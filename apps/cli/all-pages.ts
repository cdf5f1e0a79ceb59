interface Page<Entry> {
  readonly entries: readonly Entry[]
  readonly next: string | null
}

/** Every entry of a list that is answered page by page; `read` is told where the next one begins. */
export async function allPages<Entry>(
  read: (from: { readonly cursor?: string }) => Promise<Page<Entry>>,
): Promise<Entry[]> {
  const found: Entry[] = []
  let cursor: string | null = null
  do {
    const page: Page<Entry> = await read(cursor === null ? {} : { cursor })
    found.push(...page.entries)
    cursor = page.next
  } while (cursor !== null)
  return found
}
