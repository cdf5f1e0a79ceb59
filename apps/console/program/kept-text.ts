import { useLocalStorage } from '@mantine/hooks'

/** What was typed and not saved, with the revision on which it was typed. */
export interface Kept {
  readonly revision: number
  readonly text: string
}

/** Kept in this browser until it is saved: a session that ends, a tab that closes or a line that breaks takes nothing of it. */
export function useKeptText(program: string, draft: string) {
  return useLocalStorage<Kept | null>({
    key: `laurel-draft/${program}/${draft}`,
    defaultValue: null,
    getInitialValueInEffect: false,
  })
}
