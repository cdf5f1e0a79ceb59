import { useQuery } from '@tanstack/react-query'
import { client } from './client.ts'

export const catalogueKey = ['catalogue']

/** What the program has for its members, part by part as tables want it. `everyMs`: how often it is asked anew while somebody looks. */
export function useCatalogue(everyMs: number | false = false) {
  return useQuery({
    queryKey: catalogueKey,
    queryFn: () => client.call('readCatalogue', {}),
    refetchInterval: everyMs,
  })
}

/** One part of an answer, as a table with a single page. */
export const partOf = <Whole, Row>(
  answer: {
    readonly data: Whole | undefined
    readonly error: Error | null
    readonly isPlaceholderData: boolean
    readonly refetch: () => Promise<unknown>
  },
  rowsOf: (whole: Whole) => readonly Row[],
) => ({
  ...{ error: answer.error, isPlaceholderData: answer.isPlaceholderData, refetch: answer.refetch },
  data: answer.data === undefined ? undefined : { rows: rowsOf(answer.data), next: null },
})
